import Crypto
package import Domain

/// Lists of files that are never to be opened or shown, by SHA-256, SHA-1 or MD5.
///
/// A list is text: a line begins with one hash in hexadecimal digits; what follows behind a blank, a comma or a semicolon
/// is not read. So the output of `sha256sum` and a table whose first column is a hash are lists. Only sixteen bytes of each
/// hash are kept: enough that no other file meets one by chance.
package struct HashLists: Sendable {
    /// The most bytes of one list, and the most hashes of all.
    static let longestList: UInt64 = 512 << 20
    static let mostHashes = 8_000_000

    private struct Key: Hashable {
        var first: UInt64
        var second: UInt64

        init(_ bytes: some Sequence<UInt8>) {
            var words: [UInt64] = [0, 0]
            for (index, byte) in bytes.prefix(16).enumerated() {
                words[index / 8] = words[index / 8] << 8 | UInt64(byte)
            }
            (first, second) = (words[0], words[1])
        }

        // A hash is as good as random.
        func hash(into hasher: inout Hasher) { hasher.combine(first) }
    }

    /// The names of the lists, in the order in which they were read.
    package private(set) var names: [String] = []
    /// The SHA-256 of each list's file.
    package private(set) var digests: [Domain.Digest] = []
    /// From hash to list, by the length of the hash in bytes: 32, 20 or 16.
    private var hashes: [Int: [Key: UInt16]] = [:]

    package init() {}

    /// How many hashes there are.
    package var count: Int { hashes.values.reduce(0) { $0 + $1.count } }

    /// How many of them are no SHA-256: a file must be read before it can be held against them.
    package var shortCount: Int { hashes.reduce(0) { $0 + ($1.key == 32 ? 0 : $1.value.count) } }

    package var isEmpty: Bool { hashes.isEmpty }

    /// Reads every file of a folder; none when there is no folder. Throws for a file that holds no hash at all.
    package init(folder path: String) throws(VaultError) {
        let folder = Folder(path)
        for name in try folder.names() where !name.hasPrefix(".") { try add(folder.path(name), named: name) }
    }

    /// Reads one list.
    package mutating func add(_ path: String, named name: String) throws(VaultError) {
        let file = try OpenFile(path, for: .reading)
        guard try file.size() <= Self.longestList, names.count < Int(UInt16.max) else {
            throw VaultError(.tooLong, "read a list of hashes of \(try file.size()) bytes", path: path)
        }
        let (list, before) = (UInt16(names.count), count)
        var (position, rest, digest): (UInt64, [UInt8], SHA256) = (0, [], SHA256())
        while true {
            let bytes = try file.read(at: position, upTo: 1 << 20)
            position += UInt64(bytes.count)
            digest.update(data: bytes)
            let lines = (rest + bytes).split(separator: 0x0a, omittingEmptySubsequences: false)
            for line in bytes.isEmpty ? lines[...] : lines.dropLast() { add(line, list) }
            guard !bytes.isEmpty, count <= Self.mostHashes else { break }
            // No hash stands behind so many bytes without an end of the line.
            rest = Array((lines.last ?? []).prefix(256))
        }
        guard count <= Self.mostHashes else { throw VaultError(.tooLong, "keep \(count) hashes in memory", path: path) }
        guard count > before else { throw VaultError(.unknown, "find a hash in the list", path: path) }
        names.append(name)
        digests.append(Domain.Digest(digest.finalize()))
    }

    private mutating func add(_ line: ArraySlice<UInt8>, _ list: UInt16) {
        let quoted = line.first == UInt8(ascii: "\"") ? line.dropFirst() : line
        let digits = quoted.prefix(65).prefix { Self.value($0) != nil }
        let after = quoted.dropFirst(digits.count).first
        guard [64, 40, 32].contains(digits.count), after.map({ Array("\r \t,;\"*".utf8).contains($0) }) ?? true else {
            return
        }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            let value = Self.value(digit) ?? 0
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        let key = Key(bytes)
        if hashes[bytes.count]?[key] == nil { hashes[bytes.count, default: [:]][key] = list }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension HashLists {
    /// Why a payload is never to be opened, by its SHA-256 alone; nil where no list has it.
    package func reason(_ payload: Domain.Digest) -> String? { reason(payload.bytes) }

    /// Why a payload is never to be opened, by any of its hashes. Reads the bytes only where a list has other hashes than
    /// SHA-256, and takes nothing of them but hashes.
    package func reason(_ payload: Domain.Digest, in vault: Vault) throws(VaultError) -> String? {
        if let reason = reason(payload) { return reason }
        guard needsBytes else { return nil }
        var (sha1, md5) = (Insecure.SHA1(), Insecure.MD5())
        let reader = try vault.open(payload: payload)
        while let bytes = try reader.next(upTo: 1 << 20) {
            sha1.update(data: bytes)
            md5.update(data: bytes)
        }
        return reason(Array(sha1.finalize())) ?? reason(Array(md5.finalize()))
    }

    /// Whether a list has other hashes than SHA-256, which are known of bytes that can be read alone.
    package var needsBytes: Bool { hashes[20] != nil || hashes[16] != nil }

    private func reason(_ hash: [UInt8]) -> String? {
        hashes[hash.count]?[Key(hash)].map { "on the list \(names[Int($0)])" }
    }
}
