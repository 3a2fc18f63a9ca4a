/// The numbers and cut numbers in a note, which its translation must repeat.
package enum Figures {
    /// Cut numbers and names such as `SC088`, `EP305_SC012_KA_T3`, `C125`, and bare numbers; leading zeros kept.
    package static func all(in text: String) -> Set<String> {
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map(narrowed)))
        return Set(plain.matches(of: /[A-Za-z]*[0-9][A-Za-z0-9_]*/).map { $0.output.uppercased() })
    }

    /// Full-width letters and digits as plain ones.
    private static func narrowed(_ scalar: UnicodeScalar) -> UnicodeScalar {
        guard (0xff01...0xff5e).contains(scalar.value) else { return scalar }
        return UnicodeScalar(scalar.value - 0xfee0) ?? scalar
    }

    /// What one side has and the other lacks, such as `18 against 8`; empty where they agree.
    package static func disagreements(_ note: String, _ translation: String) -> [String] {
        let (left, right) = (all(in: note), all(in: translation))
        let missing = left.subtracting(right).sorted()
        let added = right.subtracting(left).sorted()
        let pairs = zip(missing, added).map { "\($0) against \($1)" }
        return pairs + missing.dropFirst(pairs.count).map { "\($0) only in the note" }
            + added.dropFirst(pairs.count).map { "\($0) only in the translation" }
    }
}
