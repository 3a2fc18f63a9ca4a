import Domain
import Foundation
import Glibc
import SystemPackage

import struct Crypto.SHA256

/// Which bytes each recipe made: one line a recipe in a file of the pool.
struct Manifest: Sendable {
    struct Blob: Hashable, Sendable {
        var digest: Digest
        var length: UInt64
    }

    var blobs: [Blob]

    init(blobs: [Blob]) {
        self.blobs = blobs
    }

    /// Reads a manifest; nil where there is none, or where it or a blob it names is not whole.
    ///
    /// Works on bytes: it is read by every command that asks for a day.
    init?(at path: FilePath, in pool: FilePath, count: Int) throws(LabError) {
        guard access(path.string, R_OK) == 0 else { return nil }
        let bytes = try PoolFile.read(path)
        guard bytes.count == count * Self.lineLength else { return nil }
        blobs = []
        blobs.reserveCapacity(count)
        for start in stride(from: 0, to: bytes.count, by: Self.lineLength) {
            let name = String(decoding: bytes[start..<start + 64], as: UTF8.self)
            let length = bytes[start + 65..<start + Self.lineLength - 1].reduce(UInt64(0)) { $0 * 10 + UInt64($1 & 15) }
            guard let digest = Digest(name), Self.holds(pool, name, length) else { return nil }
            blobs.append(Blob(digest: digest, length: length))
        }
    }

    /// 64 digits of the digest, a space, 12 digits of the length, a line feed.
    private static let lineLength = 78

    func write(to path: FilePath) throws(LabError) {
        let text = blobs.map { "\($0.digest) \(Int($0.length).digits(12))\n" }.joined()
        try PoolFile.write(Array(text.utf8), to: path)
    }

    /// Whether a blob lies in the pool at its full length.
    static func holds(_ pool: FilePath, _ name: String, _ length: UInt64) -> Bool {
        var facts = stat()
        return stat(pool.string + "/" + name, &facts) == 0 && UInt64(facts.st_size) == length
    }

    /// The manifest's name: other worlds, seeds and days have others.
    static func name(world: StorageWorld, seed: UInt64, firstDay: Day, lastDay: Day) throws(LabError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        do {
            let table = try encoder.encode(world)
            let words = "\(Rendering.version) \(seed) \(firstDay) \(lastDay)"
            let digest = SHA256.hash(data: table + Data(words.utf8))
            return "manifest-" + digest.prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + ".txt"
        } catch {
            throw LabError(.badWorld, "the storage table cannot be encoded: \(error)")
        }
    }
}

extension FilePath {
    /// Removes a file that may be missing.
    func removeQuietly() throws {
        guard unlink(string) == 0 || errno == ENOENT else { throw Errno(rawValue: errno) }
    }
}
