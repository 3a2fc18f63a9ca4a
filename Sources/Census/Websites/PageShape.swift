import Domain

/// What a page looks like with its own host name left out, so that two names' pages can be compared.
struct PageShape: Hashable, Sendable {
    /// Words beyond this are counted, not compared.
    private static let maximumWords = 4_000

    let status: Int
    /// A hash of all the words, compared or not; it tells most pages apart at once.
    let fingerprint: UInt64
    /// A hash of each word, in order; a word is a run of letters, digits and bytes above ASCII.
    let words: [UInt64]
    let count: Int

    /// `host` is left out wherever it stands; nil leaves nothing out.
    init(_ page: Page, without host: String?) {
        status = page.status
        let location = page.location.map { Array("\($0)".utf8) } ?? []
        let bytes = page.content + [0x0a] + location
        let name = host.map { Array($0.utf8) } ?? []
        (words, count, fingerprint) = Self.words(of: bytes, without: name, limit: Self.maximumWords)
    }

    private static func words(of bytes: [UInt8], without name: [UInt8], limit: Int) -> ([UInt64], Int, UInt64) {
        var words: [UInt64] = []
        var fingerprint = seed
        var count = 0
        var hash = seed
        var index = 0
        func finish() {
            guard hash != seed else { return }
            if count < limit { words.append(hash) }
            count += 1
            fingerprint = (fingerprint ^ hash) &* prime
            hash = seed
        }
        while index < bytes.count {
            if !name.isEmpty, matches(bytes, at: index, name) {
                finish()
                index += name.count
                continue
            }
            let byte = bytes[index]
            index += 1
            if isWord(byte) { hash = (hash ^ UInt64(byte)) &* prime } else { finish() }
        }
        finish()
        return (words, count, fingerprint)
    }

    /// The start and the prime of an FNV-1a hash.
    private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x0000_0100_0000_01b3

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte >= 0x80
    }

    private static func matches(_ bytes: [UInt8], at index: Int, _ name: [UInt8]) -> Bool {
        guard index + name.count <= bytes.count else { return false }
        for offset in 0..<name.count where lower(bytes[index + offset]) != name[offset] { return false }
        return true
    }

    private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte + 0x20 : byte }
}
