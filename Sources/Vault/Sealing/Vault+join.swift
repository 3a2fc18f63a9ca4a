import Crypto
package import Domain
import Foundation

extension Vault {
    private static let piece = 1 << 20
    /// The room kept for the WARC header of a joined body, its target not counted.
    private static let headerRoom = 1_536

    /// What a joined record was made of, sealed before it.
    struct Joint: Codable {
        var form = "ajar joined 1"
        var pieces: [Seal] = []
    }

    /// Seals a body that came in several answers as one payload, so that it can be read like any other.
    ///
    /// The answers stay what they are: this writes a `metadata` record that names them in their order, and behind it a
    /// `resource` record with their contents one after the other. Memory holds one piece of a megabyte. Returns the seal of
    /// the whole. Throws `damaged` when a piece cannot be read as it was sealed.
    package func join(
        _ pieces: [Seal],
        target: String,
        contentType: String,
        at: Timestamp
    ) async throws(VaultError) -> Seal {
        guard target.utf8.count <= WARCHeader.longestTarget else {
            throw VaultError(.tooLong, "seal something whose target has \(target.utf8.count) bytes")
        }
        let scribe = try writer()
        let leaf = joined(target, contentType, at)
        let stream = try await scribe.openStream(
            request: try record(of: pieces, target, at),
            room: Self.headerRoom + (leaf.target?.utf8.count ?? 0),
            expecting: pieces.reduce(0) { $0 + $1.length },
            at: at
        )
        do throws(VaultError) {
            let (digest, length) = try await copy(pieces, to: stream, by: scribe)
            var whole = leaf
            whole.block = digest
            whole.payload = Leaf.Payload(digest: digest, length: length, head: 0, isChunked: false)
            return try await scribe.finish(stream, response: whole, head: [], mayRevisit: length > 0)[1].seal
        } catch {
            await scribe.abandon(stream)
            throw error
        }
    }

    private func joined(_ target: String, _ contentType: String, _ at: Timestamp) -> Leaf {
        var leaf = Leaf(.resource, at: at)
        leaf.target = WARCHeader.target(target)
        leaf.contentType = WARCHeader.mediaType(contentType)
        leaf.record = newRecordName()
        return leaf
    }

    private func record(of pieces: [Seal], _ target: String, _ at: Timestamp) throws(VaultError) -> NewRecord {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes: [UInt8]
        do { bytes = Array(try encoder.encode(Joint(pieces: pieces))) } catch {
            throw VaultError(.tooLong, "write the pieces of \(target) as JSON: \(error)")
        }
        var leaf = Leaf(.metadata, at: at)
        leaf.target = WARCHeader.target(target)
        leaf.contentType = "application/json"
        return NewRecord(leaf, block: bytes)
    }

    private func copy(
        _ pieces: [Seal],
        to stream: String,
        by scribe: Scribe
    ) async throws(VaultError) -> (Domain.Digest, UInt64) {
        var hash = SHA256()
        var length: UInt64 = 0
        for seal in pieces {
            guard let payload = seal.payload else { throw VaultError(.unknown, "open a piece without a payload") }
            let reader = try open(payload: payload)
            while let bytes = try reader.next(upTo: Self.piece) {
                hash.update(data: bytes)
                length += UInt64(bytes.count)
                try await scribe.write(bytes, to: stream)
            }
        }
        return (Domain.Digest(hash.finalize()), length)
    }
}
