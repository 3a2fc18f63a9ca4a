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
    init?(at path: FilePath, in pool: FilePath, count: Int) throws(LabError) {
        guard access(path.string, R_OK) == 0 else { return nil }
        let lines = String(decoding: try PoolFile.read(path), as: UTF8.self).split(separator: "\n")
        guard lines.count == count else { return nil }
        blobs = []
        for line in lines {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let digest = Digest(String(parts[0])), let length = UInt64(parts[1]) else {
                return nil
            }
            blobs.append(Blob(digest: digest, length: length))
        }
        for blob in Set(blobs) where !Self.holds(pool, blob) { return nil }
    }

    func write(to path: FilePath) throws(LabError) {
        let text = blobs.map { "\($0.digest) \($0.length)\n" }.joined()
        try PoolFile.write(Array(text.utf8), to: path)
    }

    /// Whether a blob lies in the pool at its full length.
    static func holds(_ pool: FilePath, _ blob: Blob) -> Bool {
        var facts = stat()
        return stat(pool.appending(blob.digest.description).string, &facts) == 0 && UInt64(facts.st_size) == blob.length
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
