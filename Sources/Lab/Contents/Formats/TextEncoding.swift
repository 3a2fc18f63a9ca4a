import Foundation

/// How a text or a name was written down.
enum TextEncoding: String, Sendable {
    case utf8 = "utf-8"
    case gbk
    case cp949

    /// Nil where the encoding has no bytes for some letter.
    func bytes(of text: String) -> [UInt8]? {
        switch self {
        case .utf8: Array(text.utf8)
        // The numbers are those of GB 18030 and of code page 949 in CFStringEncodingExt.h.
        case .gbk: text.data(using: String.Encoding(rawValue: 0x8000_0632)).map { Array($0) }
        case .cp949: text.data(using: String.Encoding(rawValue: 0x8000_0422)).map { Array($0) }
        }
    }

    /// The text with its letters taken apart, as macOS writes names (Unicode NFD).
    static func decomposed(_ text: String) -> String { text.decomposedStringWithCanonicalMapping }
}
