import Domain

/// PDF: pages, dates, the text of each page, and the first page as a picture.
struct PaperReader: FileReader {
    let name = "paper"
    /// Pages and lines beyond these numbers are not read; a reading says so.
    static let pageLimit = 200
    static let lineLimit = 2000
    /// A line is cut here, in characters; all lines together there.
    static let lineLength = 2000
    static let charactersLimit = 1 << 20
    /// The longer side of the first page's picture, in pixels: letters of 10 points on A4 are then 20 pixels high.
    static let edge = 1700

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool { type.mime == "application/pdf" }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        try file.withBytes { bytes in
            let papers = try Papers(bytes)
            var readings = [Reading(predicate: "pdf.pages", value: String(papers.pageCount), tool: Papers.tool)]
            readings += papers.texts.map {
                Reading(predicate: "metadata", value: $0.value, place: $0.key, tool: Papers.tool)
            }
            readings += papers.dates.map {
                Reading(predicate: "date", value: $0.value, place: $0.key, tool: Papers.tool)
            }
            let lines = Self.lines(of: papers)
            let picture = try papers.picture(page: 0, edge: Self.edge)
            return Findings(readings: readings + lines, picture: picture, isWritingKnown: !lines.isEmpty)
        }
    }

    private static func lines(of papers: Papers) -> [Reading] {
        var readings: [Reading] = []
        var characters = 0
        func cut(_ what: String) -> Reading { Reading(predicate: "text.cut", value: what, tool: Papers.tool) }
        for page in 0..<min(papers.pageCount, pageLimit) {
            let lines = papers.text(page: page)?.split(whereSeparator: \.isNewline) ?? []
            for (number, line) in lines.enumerated() {
                let text = line.trimmed
                guard !text.isEmpty else { continue }
                guard readings.count < lineLimit, characters < charactersLimit else {
                    return readings + [cut("text from page \(page + 1), line \(number + 1) on was not kept")]
                }
                let kept = String(text.prefix(lineLength))
                characters += kept.count
                readings.append(
                    Reading(
                        predicate: "text",
                        value: kept,
                        language: ScriptCount(kept).language,
                        place: "page \(page + 1), line \(number + 1)",
                        tool: Papers.tool
                    )
                )
            }
        }
        if papers.pageCount > pageLimit { readings.append(cut("pages from \(pageLimit + 1) on were not read")) }
        return readings
    }
}
