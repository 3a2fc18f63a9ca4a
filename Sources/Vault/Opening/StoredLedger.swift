import Domain
import Foundation

/// What lies on the disk of a ledger: the signed part, and the pending leaves behind it.
struct StoredLedger {
    var key: VerifyingKey
    var checkpoint: Checkpoint
    /// The leaves that the checkpoint does not cover.
    var pending: [[UInt8]]
    /// The pending log as it was read.
    var log: PendingLog.Contents

    /// More leaves than any ledger has; a checkpoint over more was not made by this program.
    static let most: UInt64 = 1 << 48

    /// Reads a ledger that another process may be writing to: the pending log first, so that what leaves it for the
    /// tiles meanwhile is found there.
    init(_ folder: Folder) throws(VaultError) {
        guard folder.has(LedgerWriter.checkpointName) else {
            throw VaultError(.missing, "find a vault's ledger", path: folder.path)
        }
        for _ in 0..<8 {
            let log = PendingLog.read(try Self.read(PendingLog.name, in: folder))
            let text = String(decoding: try Self.read(LedgerWriter.keyName, in: folder), as: UTF8.self)
            guard let key = VerifyingKey(text: text) else {
                throw VaultError(.damaged, "read the ledger's key", path: folder.path(LedgerWriter.keyName))
            }
            let note = String(decoding: try folder.read(LedgerWriter.checkpointName), as: UTF8.self)
            guard let checkpoint = Checkpoint(note: note, key: key), checkpoint.size <= Self.most else {
                let path = folder.path(LedgerWriter.checkpointName)
                throw VaultError(.damaged, "check the signature of the checkpoint", path: path)
            }
            if let pending = try Self.leaves(log.leaves, behind: checkpoint.size) {
                self.init(key: key, checkpoint: checkpoint, pending: pending, log: log)
                return
            }
        }
        throw VaultError(.damaged, "join the pending leaves to the checkpoint", path: folder.path(PendingLog.name))
    }

    /// A part without which there is a vault, but no whole one.
    private static func read(_ name: String, in folder: Folder) throws(VaultError) -> [UInt8] {
        guard folder.has(name) else { throw VaultError(.damaged, "find a part of the ledger", path: folder.path(name)) }
        return try folder.read(name)
    }

    private init(key: VerifyingKey, checkpoint: Checkpoint, pending: [[UInt8]], log: PendingLog.Contents) {
        self.key = key
        self.checkpoint = checkpoint
        self.pending = pending
        self.log = log
    }

    /// The leaves from number `size` on; nil when some between are missing.
    static func leaves(_ leaves: [[UInt8]], behind size: UInt64) throws(VaultError) -> [[UInt8]]? {
        guard let first = leaves.first else { return [] }
        let number: UInt64
        do { number = try JSONDecoder().decode(Numbered.self, from: Data(first)).number } catch {
            throw VaultError(.damaged, "read the first pending leaf: \(error)")
        }
        guard number <= size else { return nil }
        return Array(leaves.dropFirst(Int(min(size - number, UInt64(leaves.count)))))
    }

    private struct Numbered: Decodable {
        var number: UInt64
    }
}
