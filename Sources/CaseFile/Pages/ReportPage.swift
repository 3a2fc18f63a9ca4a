import Domain
import Foundation

/// A report as its template shows it: every value is text, ready to be escaped.
struct ReportPage {
    var title: String
    var period: String
    var composed: String
    var isSimulated: Bool
    var summary: [ClaimLine]
    var map: MapPicture
    var websites: [WebsiteLine]
    var doors: [DoorBlock]
    var hasRejections: Bool
    var rejections: [RejectionLine]
    var hasTemplateFindings: Bool
    var templateFindings: [TemplateLine]
    var sources: [SourceBlock]
    var productions: [ProductionBlock]
    var remainder: RemainderBlock
    var hasNotes: Bool
    var noteCount: Int
    var notes: [NoteBlock]
    var logs: [LogBlock]
    var method: MethodBlock
    var exhibits: [ExhibitLine]

    /// `thumbnail` gives the bytes of a thumbnail, where they still exist.
    init(_ report: Report, thumbnail: (Digest) -> [UInt8]?) {
        title = report.title
        period = [report.period.notBefore, report.period.notAfter].compactMap { $0?.day.inWords }.joined(
            separator: " to "
        )
        composed = report.composed.inWords
        isSimulated = report.clockWasSimulated
        summary = report.summary.map(ClaimLine.init)
        map = MapPicture(report.map)
        websites = report.websites.map(WebsiteLine.init)
        doors = report.doors.map(DoorBlock.init)
        hasRejections = !report.rejections.isEmpty
        rejections = RejectionLine.lines(report.rejections)
        hasTemplateFindings = !report.templateFindings.isEmpty
        templateFindings = report.templateFindings.map(TemplateLine.init)
        sources = report.sources.map(SourceBlock.init)
        productions = report.productions.map { ProductionBlock($0, thumbnail: thumbnail) }
        remainder = RemainderBlock(report.remainder, thumbnail: thumbnail)
        hasNotes = !report.notes.isEmpty
        noteCount = report.notes.count
        notes = report.notes.spread(over: NoteBlock.shown).map { NoteBlock($0, thumbnail: thumbnail) }
        logs = report.logs.map(LogBlock.init)
        method = MethodBlock(report.method)
        exhibits = report.exhibits.map(ExhibitLine.init)
    }
}

/// A reference to an exhibit; nothing where there is none.
struct ExhibitReference {
    var number: Int

    init?(_ number: Int?) {
        guard let number else { return nil }
        self.number = number
    }
}

struct ClaimLine {
    var text: String
    var likelihood: String?
    var confidence: String
    var exhibits: [ExhibitReference]

    init(_ claim: Claim) {
        text = claim.text.shown
        likelihood = claim.likelihood.map { "\($0.rawValue) (\($0.range.lowerBound)–\($0.range.upperBound) %)" }
        confidence = claim.confidence.rawValue
        exhibits = claim.exhibits.compactMap(ExhibitReference.init)
    }
}

struct ExhibitLine {
    var number: Int
    var what: String
    var address: String
    var at: String
    var digest: String
    var record: String
    var leaf: String
    var length: String

    init(_ exhibit: Exhibit) {
        number = exhibit.number
        what = exhibit.what.shown
        address = (exhibit.address ?? "").shown
        at = exhibit.at?.description ?? ""
        digest = exhibit.seal.payload?.description ?? "none"
        record = exhibit.seal.record
        leaf = "\(exhibit.seal.leaf)"
        length = exhibit.seal.length.grouped
    }
}

extension Array {
    /// At most so many elements, spread evenly over the whole.
    func spread(over count: Int) -> [Element] {
        guard self.count > count, count > 0 else { return self }
        return (0..<count).map { self[$0 * self.count / count] }
    }
}

extension BinaryInteger {
    /// Decimal digits in groups of three.
    var grouped: String {
        var text = ""
        for (index, digit) in String(self).reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3), digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}

extension Day {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    var monthName: String { Self.months[parts.month - 1] }

    /// Such as `15 January 2024`.
    var inWords: String { "\(parts.day) \(monthName) \(parts.year)" }
}

extension Timestamp {
    /// To the minute, such as `15 January 2024, 20:00 UTC`.
    var inWords: String { "\(day.inWords), \(description.dropFirst(11).prefix(5)) UTC" }
}
