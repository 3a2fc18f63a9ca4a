package import Catalogue
import Domain

/// A note pair, with the file it stands in.
package struct NoteRow: Sendable, Encodable {
    package var recorded: RecordedNotePair
    package var exhibit: Int?
}
