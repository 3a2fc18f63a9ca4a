import Domain

/// ZIP: the names and sizes of what it holds. Nothing is unpacked.
struct ArchiveReader: FileReader {
    let name = "archive"
    /// Entries beyond this number are counted, not named.
    static let entryLimit = 2000
    /// Entries beyond this number are not even counted.
    static let countLimit = 1_000_000

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool {
        type.mime == "application/zip" || type.mime.hasPrefix("application/vnd.openxmlformats")
    }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        let archive = try Archives(file)
        var readings: [Reading] = []
        var count = 0
        do {
            while count < Self.countLimit, let entry = try archive.next() {
                count += 1
                if count <= Self.entryLimit { readings.append(reading(entry)) }
            }
        } catch let error as ReadError {
            guard count > 0 else { throw error }
            readings.append(Reading(predicate: "archive.damaged", value: error.reason, tool: Archives.tool))
        }
        readings.append(Reading(predicate: "archive.entries", value: String(count), tool: Archives.tool))
        return Findings(readings: readings)
    }

    private func reading(_ entry: Archives.Entry) -> Reading {
        Reading(
            predicate: "archive.entry",
            value: entry.name.display,
            place: entry.size.map { "\($0) bytes" },
            tool: Archives.tool
        )
    }
}
