import Domain

/// Reads files of some types into readings, and into a picture where they show one. Stateless: a file at a time.
///
/// Whatever the bytes are, `read` ends: it throws ``ReadError`` on content its format does not allow, keeps the limits
/// that stand beside its parser, and says in a reading what a limit cut off.
protocol FileReader: Sendable {
    /// What it is called in documents and tests.
    var name: String { get }

    /// Whether files of this type are its own.
    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings
}

/// What a reader made of a file.
struct Findings {
    var readings: [Reading] = []
    /// What the file shows, if anything, upright and on white; not larger than ``Bitmap/workingEdge``.
    var picture: Bitmap?
    /// Whether the texts in the picture are among the readings already, so that nothing has to be recognised.
    var isWritingKnown = false
}

/// Every reader, asked in this order; the first that takes the type reads the file.
let readers: [any FileReader] = [
    PhotoshopReader(), PictureReader(), ClipReader(), PaperReader(), SheetReader(), ArchiveReader(),
    TextReader(),
]
