import Catalogue
import Domain

struct NoteBlock {
    /// Pairs shown in full; the rest is counted.
    static let shown = 24

    var note: String
    var noteLanguage: String
    var translation: String
    var translationLanguage: String
    var file: String
    var picture: String?
    var disagreements: String?
    var confidence: String?
    var exhibit: ExhibitReference?

    init(_ row: NoteRow, thumbnail: (Digest) -> [UInt8]?) {
        let pair = row.recorded.pair
        note = pair.note.text.shown
        noteLanguage = pair.note.language.shown
        translation = pair.translation.text.shown
        translationLanguage = pair.translation.language.shown
        file = row.recorded.path.display
        picture = row.recorded.thumbnail.flatMap { Picture.dataAddress($0, thumbnail: thumbnail) }
        disagreements = pair.disagreements.isEmpty ? nil : pair.disagreements.joined(separator: "; ")
        let lowest = [pair.note.confidence, pair.translation.confidence].compactMap(\.self).min()
        confidence = lowest.map { "read by machine, confidence \(Int(($0 * 100).rounded())) of 100" }
        exhibit = ExhibitReference(row.exhibit)
    }
}
