import Synchronization

/// Blocks of objects that were read last, so that small records side by side are one request. Bounded; nothing in it is
/// believed: what is read through it is compared with the ledger like everything else.
final class BlockCache: Sendable {
    /// Bytes of a block.
    static let block: UInt64 = 1 << 20
    /// Blocks that are asked for at once by whoever reads on.
    static let readAhead = 8
    private static let most = 48

    private struct Key: Hashable {
        var object: String
        var number: UInt64
    }

    private struct Blocks {
        var bytes: [Key: [UInt8]] = [:]
        /// The oldest first.
        var order: [Key] = []
    }

    /// Guards what is kept; any reader adds.
    private let blocks = Mutex(Blocks())

    subscript(_ object: String, _ number: UInt64) -> [UInt8]? {
        blocks.withLock { $0.bytes[Key(object: object, number: number)] }
    }

    func keep(_ bytes: [UInt8], _ object: String, _ number: UInt64) {
        let key = Key(object: object, number: number)
        blocks.withLock { blocks in
            if blocks.bytes.updateValue(bytes, forKey: key) == nil { blocks.order.append(key) }
            while blocks.order.count > Self.most { blocks.bytes[blocks.order.removeFirst()] = nil }
        }
    }

    /// Forgets what was read of an object.
    func forget(_ object: String) {
        blocks.withLock { blocks in
            blocks.order.removeAll { $0.object == object }
            blocks.bytes = blocks.bytes.filter { $0.key.object != object }
        }
    }
}
