import Catalogue
import Domain

/// One file: where it was found, what was read from it, and its bytes.
struct FilePage: Page {
    static let template = "file"

    struct Fact: Sendable {
        var predicate: String
        var value: String
        var language: String
        var place: String
        var confidence: String
        var tool: String
    }

    struct Pair: Sendable {
        var note: String
        var translation: String
        var disagreements: String?
    }

    var digest: String
    var paths: [String]
    var type: String
    var status: String
    /// Why the bytes are not shown; nil where they are.
    var concealed: String?
    var thumbnail: String?
    var facts: [Fact]
    var pairs: [Pair]
    var leaf: String?
    var record: String?
    var length: String?

    /// Nil where no entry has these bytes.
    init?(catalogue: Catalogue, payload: Digest) throws {
        let entries = try catalogue.entries().filter { $0.version?.payload == payload }
        let reading = try catalogue.reading(of: payload)
        guard !entries.isEmpty || reading != nil else { return nil }
        digest = "\(payload)"
        concealed = try catalogue.concealed(payload)?.shown
        paths = entries.map { "\($0.source)\($0.path.display)" }
        type = reading?.type.map { "\($0.mime): \($0.label)".shown } ?? "not read yet"
        switch reading?.status {
        case .read: status = "read"
        case .unsupported: status = "nothing here can read this type"
        case .failed where concealed != nil: status = "not read"
        case .failed(let reason): status = "reading failed: \(reason.shown)"
        case nil: status = "not read yet"
        }
        thumbnail = reading?.thumbnail?.description
        facts = reading?.readings.map(Fact.init) ?? []
        pairs =
            reading?.notePairs.map { pair in
                Pair(
                    note: pair.note.text.shown,
                    translation: pair.translation.text.shown,
                    disagreements: pair.disagreements.isEmpty ? nil : pair.disagreements.joined(separator: "; ")
                )
            } ?? []
        let seal = entries.compactMap(\.version?.seal).first
        leaf = seal.map { "\($0.leaf)" }
        record = seal?.record
        length = seal.map { "\($0.length)" }
    }
}

extension FilePage.Fact {
    fileprivate init(_ reading: Reading) {
        predicate = reading.predicate.shown
        value = reading.value.shown
        language = (reading.language ?? "").shown
        let region = reading.region.map { "\($0.width) × \($0.height) at \($0.x), \($0.y)" }
        place = [reading.place?.shown, region].compactMap(\.self).joined(separator: "; ")
        confidence = reading.confidence.map { "\(Int(($0 * 100).rounded()))" } ?? ""
        tool = "\(reading.tool.name) \(reading.tool.version)"
    }
}
