import Domain

/// How alike two answers are by what they say, whatever their status.
///
/// Pages that a server makes for every name differ in the name they repeat, in numbers, in times and identifiers; so these
/// are taken out, and what is left is compared as pairs of neighbouring words (w-shingling, Broder 1997).
struct Likeness {
    /// Shared pairs among all pairs, from which on two texts are one page.
    private static let alike = 0.6
    /// A text of at least so many pairs that lies wholly within the other is the same page with something added.
    private static let longEnough = 20
    private static let contained = 0.9
    /// Bytes of a body that are compared.
    private static let longest = 128 * 1_024

    /// Whether two answers are the same page.
    static func isSamePage(_ left: Page, _ right: Page) -> Bool {
        if left.seal.payload == right.seal.payload, left.isWhole == right.isWhole { return true }
        if left.body.isEmpty || right.body.isEmpty { return left.body.isEmpty && right.body.isEmpty }
        // What is no text has no words to compare: other bytes are another file.
        if isBinary(left.body) || isBinary(right.body) { return false }
        let echoed = words(of: left.address.target).union(words(of: right.address.target))
        let (first, second) = (pairs(left.body, without: echoed), pairs(right.body, without: echoed))
        if first.isEmpty || second.isEmpty { return first.isEmpty && second.isEmpty }
        let shared = Double(first.intersection(second).count)
        if shared / Double(first.union(second).count) >= alike { return true }
        let shorter = min(first.count, second.count)
        return shorter >= longEnough && shared / Double(shorter) >= contained
    }

    static func isBinary(_ body: [UInt8]) -> Bool { body.prefix(4_096).contains(0) }

    private static func words(of target: String) -> Set<[UInt8]> { Set(Self.words(Array(target.utf8))) }

    private static func words(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split { !isLetter($0) && !(0x30...0x39).contains($0) }
            .filter { $0.allSatisfy(isLetter) }
            .map { word in word.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } }
    }

    /// Bytes above ASCII belong to words in whatever encoding.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte >= 0x80
    }

    private static func pairs(_ body: [UInt8], without echoed: Set<[UInt8]>) -> Set<[UInt8]> {
        let words = Self.words(Array(body.prefix(longest))).filter { !echoed.contains($0) }
        guard words.count > 1 else { return Set(words) }
        return Set(zip(words, words.dropFirst()).map { $0 + [0x20] + $1 })
    }
}
