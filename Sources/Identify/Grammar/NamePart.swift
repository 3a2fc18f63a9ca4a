import Foundation

/// One part of a path, prepared for the grammar: composed (NFC), full-width letters and digits made plain.
package struct NamePart: Hashable, Sendable {
    /// The part in lower case, without the file's extension.
    package let scalars: [UnicodeScalar]
    /// The same in the case it was written in; of the same length as ``scalars``.
    package let written: [UnicodeScalar]
    /// Lower case, without the dot; nil for folders and for files without one.
    package let fileExtension: String?
    package let isFile: Bool

    package init(_ text: some StringProtocol, isFile: Bool) {
        let folded = String(text).precomposedStringWithCanonicalMapping.unicodeScalars.map(\.narrowed)
        let stem = isFile ? Self.stemLength(of: folded) : folded.count
        written = Array(folded[..<stem])
        scalars = written.map(\.lowered)
        fileExtension = stem < folded.count ? Self.text(folded[(stem + 1)...].map(\.lowered)[...]) : nil
        self.isFile = isFile
    }

    /// The parts of a path, the file last. Deeper paths than ``depthLimit`` keep their last parts.
    package static func parts(of path: String) -> [NamePart] {
        let pieces = path.unicodeScalars.split(separator: "/").suffix(depthLimit)
        return pieces.enumerated().map { NamePart(String($1), isFile: $0 == pieces.count - 1) }
    }

    package static let depthLimit = 64

    /// What was written in `range`.
    package func text(_ range: Range<Int>) -> String { Self.text(written[range]) }

    /// The scalar at `index`, or a space beyond either end.
    func scalar(_ index: Int) -> UnicodeScalar { scalars.indices.contains(index) ? scalars[index] : " " }

    private static func text(_ scalars: ArraySlice<UnicodeScalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    /// An extension is one to eight Latin letters and digits, a letter among them, so that `.0012` is none.
    private static func stemLength(of scalars: [UnicodeScalar]) -> Int {
        guard let dot = scalars.lastIndex(of: "."), dot > 0 else { return scalars.count }
        let rest = scalars[(dot + 1)...]
        let isExtension =
            (1...8).contains(rest.count) && rest.allSatisfy(\.isLatinWord) && rest.contains(where: \.isLatinLetter)
        return isExtension ? dot : scalars.count
    }
}

extension UnicodeScalar {
    /// Full-width forms of ASCII (U+FF01 to U+FF5E) and the ideographic space as the characters they stand for.
    var narrowed: UnicodeScalar {
        switch value {
        case 0xff01...0xff5e: UnicodeScalar(value - 0xfee0) ?? self
        case 0x3000: " "
        default: self
        }
    }

    var lowered: UnicodeScalar {
        let mapped = properties.lowercaseMapping.unicodeScalars
        return mapped.count == 1 ? mapped.first ?? self : self
    }

    var isDigit: Bool { (0x30...0x39).contains(value) }
    var isLatinLetter: Bool { (0x41...0x5a).contains(value) || (0x61...0x7a).contains(value) }
    var isLatinWord: Bool { isDigit || isLatinLetter }

    /// What people put between the parts of a name.
    var isSeparator: Bool { " _-.,+&()[]{}【】「」『』（）·・~".unicodeScalars.contains(self) }
}
