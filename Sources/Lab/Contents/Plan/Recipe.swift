/// How the bytes of one version of a file are made. Equal recipes make equal bytes.
enum Recipe: Sendable {
    enum PictureFormat: String, Hashable, Sendable {
        case png
        case jpeg
        case psd
        case tga
        /// TGA without run lengths: two pictures of one size are files of one length.
        case plainTGA
    }

    enum Container: String, Sendable {
        case mov
        case mp4
    }

    case drawing(Scene, PictureFormat, width: Int)
    case noteSheet(NoteSheet, PictureFormat)
    case slate(Slate)
    case bookPage(BookPage)
    case clip(Scene, Container)
    case workflow(WorkflowSheet)
    case text([UInt8], notes: [NotePhrase])

    /// The true type of the bytes.
    var mime: String {
        switch self {
        case .drawing(_, let format, _), .noteSheet(_, let format): format.mime
        case .slate, .bookPage: PictureFormat.jpeg.mime
        case .clip(_, .mov): "video/quicktime"
        case .clip(_, .mp4): "video/mp4"
        case .workflow: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .text: "text/plain"
        }
    }

    /// The note pairs that a reader would find.
    var notes: [StorageTruth.Note] {
        switch self {
        case .noteSheet(let sheet, _): sheet.notes.map { $0.truth(at: "picture") }
        case .workflow(let sheet): sheet.notes
        case .text(_, let notes): notes.map { $0.truth(at: "text") }
        case .drawing, .slate, .bookPage, .clip: []
        }
    }

    var hasDrawnText: Bool {
        switch self {
        case .noteSheet, .slate, .bookPage: true
        case .drawing, .clip, .workflow, .text: false
        }
    }
}

extension Recipe.PictureFormat {
    var mime: String {
        switch self {
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        case .psd: "image/vnd.adobe.photoshop"
        case .tga, .plainTGA: "image/x-tga"
        }
    }

    /// As it stands at the end of a name.
    var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        case .psd: "psd"
        case .tga, .plainTGA: "tga"
        }
    }
}
