package import Domain

/// zmap's CSV, with a line of column names, or the bare list of addresses that it writes when asked for nothing else.
///
/// Which port was asked stands in it only where the column `sport` does; else the user says so.
package struct ZmapCSV: ScanFormat {
    package static let name = "zmap CSV"

    private let hints: ImportHints
    private var columns: [String: Int]?
    private var times = AnswerTimes()
    private var ports: Set<UInt16> = []

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let line = String(decoding: opening.prefix { $0 != 0x0a && $0 != 0x0d }, as: UTF8.self)
        if line.utf8.split(separator: UInt8(ascii: ",")).contains(where: { $0.elementsEqual("saddr".utf8) }) {
            return true
        }
        return IPAddress(line) != nil
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        if line.isBlank { return draft.passOver(line) }
        let fields = line.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard let columns else {
            let names = fields.map { String(decoding: $0, as: UTF8.self) }
            if names.contains("saddr") {
                columns = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
                return draft.passOver(line)
            }
            columns = ["saddr": 0]
            return row(fields, line, &draft)
        }
        guard line.isWhole || fields.count == columns.count else { return draft.notUnderstood(line) }
        row(fields, line, &draft)
    }

    private mutating func row(_ fields: [ArraySlice<UInt8>], _ line: ScanLine, _ draft: inout ScanDraft) {
        func field(_ name: String) -> ArraySlice<UInt8>? {
            guard let index = columns?[name], index < fields.count else { return nil }
            return fields[index]
        }
        // Half a line may hold half an address.
        guard line.isWhole, let address = field("saddr")?.address else { return draft.notUnderstood(line) }
        if let second = field("timestamp_ts")?.number {
            times.note(second)
        } else if let at = field("timestamp_str").flatMap({
            Timestamp(String(decoding: $0.prefix(19), as: UTF8.self) + "Z")
        }) {
            times.note(at)
        }
        let kind = field("classification").map { String(decoding: $0, as: UTF8.self) } ?? ""
        if kind.hasPrefix("echo") {
            return draft.sheet(address, .tcp) { $0.presence = .answered }
        }
        let only = hints.ports.flatMap { $0.count == 1 ? $0.ranges.first?.lowerBound : nil }
        guard let port = field("sport")?.number.flatMap({ UInt16(exactly: $0) }) ?? only, port > 0 else {
            return draft.fault(line, "does not say which port was asked; name it with --ports")
        }
        ports.insert(port)
        let success = field("success")?.number ?? 1
        if kind == "rst" {
            draft.sheet(address, .tcp) {
                $0.presence = .answered
                $0.closed = $0.closed.union(PortSet(CollectionOfOne(port)))
            }
        } else if success == 1, kind.isEmpty || kind == "synack" || kind == "udp" {
            draft.see(address, port, kind == "udp" ? .udp : .tcp, at: line)
        } else {
            draft.passOver(line)
        }
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        times.report(tool: "zmap", isFinished: true, hints, ports: ports.isEmpty ? .unknown : .list(PortSet(ports)))
    }
}
