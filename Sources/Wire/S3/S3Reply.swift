/// What an S3-compatible store says in the body of an answer: an error with its code, or the name of an upload.
///
/// The documents are small and flat, so single elements are looked for by their names, wherever they stand; of an element
/// that comes twice, the first counts.
package struct S3Reply: Hashable, Sendable {
    /// The most bytes of a document that are read; what lies behind them is left out.
    package static let longest = 1 << 16
    /// The most bytes of one element's text.
    package static let longestText = 1_024

    /// Whether the document is an error. A store may say so after a status of 200, when it had begun to answer.
    package let isError: Bool
    /// S3's word for an error, such as `NoSuchKey`.
    package let code: String?
    /// What the store adds for people.
    package let message: String?
    /// The name of an upload in parts.
    package let uploadID: String?

    package init(parsing bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes.prefix(Self.longest))
        isError = Self.holds("<Error", bytes)
        code = Self.text(of: "Code", in: bytes)
        message = Self.text(of: "Message", in: bytes)
        uploadID = Self.text(of: "UploadId", in: bytes)
    }

    private static func holds(_ mark: String, _ bytes: [UInt8]) -> Bool { start(of: mark, in: bytes) != nil }

    private static func start(of mark: String, in bytes: [UInt8]) -> Int? {
        let mark = Array(mark.utf8)
        guard let first = mark.first, bytes.count >= mark.count else { return nil }
        return (0...bytes.count - mark.count).first { start in
            bytes[start] == first && bytes[start..<start + mark.count].elementsEqual(mark)
        }
    }

    /// The text between an element's tags; nil when it is not there, has elements of its own, or is too long.
    private static func text(of name: String, in bytes: [UInt8]) -> String? {
        let opening = "<\(name)>"
        guard let start = start(of: opening, in: bytes) else { return nil }
        let rest = bytes[(start + opening.utf8.count)...]
        let raw = rest.prefix { $0 != UInt8(ascii: "<") }
        guard raw.count <= longestText, rest.dropFirst(raw.count).starts(with: "</\(name)>".utf8) else { return nil }
        return unescaped(String(decoding: raw, as: UTF8.self))
    }

    /// The five names that XML has for characters that mean something in it.
    private static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        let names = [
            ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("#34", "\""), ("#39", "'"), ("amp", "&"),
        ]
        var parts = text.split(separator: "&", omittingEmptySubsequences: false).map(String.init)
        for index in parts.indices.dropFirst() {
            let known = names.first { parts[index].hasPrefix($0.0 + ";") }
            parts[index] = known.map { $0.1 + parts[index].dropFirst($0.0.count + 1) } ?? "&" + parts[index]
        }
        return parts.joined()
    }
}
