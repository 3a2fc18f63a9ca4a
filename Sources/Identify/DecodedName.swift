package import Domain
import Foundation

/// A path's bytes read as text, with the encoding that was guessed.
///
/// UTF-8 is believed where it is valid, unless it shows what happens to GBK names on a machine that takes them for a
/// Western code page. Other bytes are tried in each ``NameEncoding``, and the most plausible strict reading wins.
/// A name that reads well in none keeps its bytes as visible escapes. The guess is always recorded.
package struct DecodedName: Hashable, Sendable {
    /// The grammar reads no more of a name than this many bytes; the rest is kept and not interpreted.
    package static let lengthLimit = 4096

    /// What the name says, as it stands in its encoding; cut at ``lengthLimit``.
    package var text: String
    /// `UTF-8`, `GB18030`, `CP949`, `CP932`, `windows-1251`, one of these with `, percent-encoded` or
    /// `, shown as windows-1252` or `, shown as CP437`; `UTF-8 and` one of the others, by parts; or `unknown`.
    package var encoding: String

    package init(_ name: PathName) {
        let bytes = Array(name.bytes.prefix(Self.lengthLimit))
        let isCut = bytes.count < name.bytes.count
        if let text = Self.utf8(bytes, isCut: isCut) {
            self = Self.repaired(text) ?? DecodedName(text: text, encoding: "UTF-8")
        } else if let mixed = Self.mixed(bytes) {
            self = mixed
        } else if let (text, encoding) = Self.guess(bytes) {
            self.init(text: text, encoding: encoding.rawValue)
        } else {
            self.init(text: PathName(bytes: bytes).display, encoding: "unknown")
        }
    }

    private init(text: String, encoding: String) {
        self.text = text
        self.encoding = encoding
    }

    private static func utf8(_ bytes: [UInt8], isCut: Bool) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        guard isCut else { return nil }
        // The cut may have fallen inside a character.
        return (1...3).lazy.compactMap { String(validating: bytes.dropLast($0), as: UTF8.self) }.first
    }

    /// A path whose folders are UTF-8 and whose files are not: made on one machine, filled from another.
    ///
    /// Two-byte sequences alone do not show UTF-8: pairs of GBK letters may look so.
    private static func mixed(_ bytes: [UInt8]) -> DecodedName? {
        let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let read = parts.map { String(validating: $0, as: UTF8.self) }
        guard read.contains(where: { $0?.unicodeScalars.contains { $0.value >= 0x800 } == true }) else { return nil }
        let others = zip(parts, read).filter { $1 == nil }.map(\.0).joined(separator: [UInt8(ascii: "/")])
        guard let (text, encoding) = guess(Array(others)) else { return nil }
        var guessed = text.split(separator: "/", omittingEmptySubsequences: false).makeIterator()
        let whole = read.map { $0 ?? guessed.next().map(String.init) ?? "" }.joined(separator: "/")
        return DecodedName(text: whole, encoding: "UTF-8 and \(encoding.rawValue)")
    }

    /// The most plausible reading of bytes that are no UTF-8, if one is plausible at all.
    static func guess(_ bytes: [UInt8]) -> (text: String, encoding: NameEncoding)? {
        var best: (text: String, encoding: NameEncoding, score: Double)?
        for encoding in NameEncoding.allCases {
            guard let text = encoding.decode(bytes) else { continue }
            let score = Plausibility.score(text, as: encoding)
            if score >= Plausibility.threshold, score > best?.score ?? 0 { best = (text, encoding, score) }
        }
        return best.map { ($0.text, $0.encoding) }
    }

    /// Undoes a second percent-encoding, or a code page taken for another, where what comes out is clearly better.
    private static func repaired(_ text: String) -> DecodedName? {
        if let bytes = percentDecoded(text) {
            if let inner = String(validating: bytes, as: UTF8.self) {
                return inner.utf8.contains { $0 > 127 }
                    ? DecodedName(text: inner, encoding: "UTF-8, percent-encoded") : nil
            }
            return guess(bytes).map { DecodedName(text: $0.text, encoding: "\($0.encoding.rawValue), percent-encoded") }
        }
        for page in CodePage.allCases {
            guard let bytes = page.bytes(of: text) else { continue }
            if let inner = String(validating: bytes, as: UTF8.self) {
                return DecodedName(text: inner, encoding: "UTF-8, shown as \(page.rawValue)")
            }
            // A few accented letters are a European name; runs of them are another encoding.
            guard page.looksForeign(text), let (inner, encoding) = guess(bytes), encoding != .windows1251 else {
                continue
            }
            return DecodedName(text: inner, encoding: "\(encoding.rawValue), shown as \(page.rawValue)")
        }
        return nil
    }

    /// The bytes behind `%XX` escapes, where there are two or more of them and all are well formed.
    private static func percentDecoded(_ text: String) -> [UInt8]? {
        guard text.utf8.count(where: { $0 == UInt8(ascii: "%") }) >= 2 else { return nil }
        let bytes = PathName(percentEncoded: text).bytes
        return bytes.contains(UInt8(ascii: "%")) || bytes.allSatisfy { $0 < 128 } ? nil : bytes
    }
}
