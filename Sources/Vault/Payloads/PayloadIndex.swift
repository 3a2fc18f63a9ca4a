import Domain
import Synchronization

/// Where the bytes of a payload lie.
struct PayloadLocation: Hashable {
    var leaf: UInt64
    /// Where the record begins in its segment.
    var offset: UInt64
    /// The length of the record's block.
    var block: UInt64
    /// The length of the payload.
    var length: UInt64
    var segment: UInt32
    /// The lengths of the WARC header and, within the block, of the HTTP header.
    var header: UInt32
    var head: UInt32
    var isChunked: Bool

    /// Nil for a leaf whose record holds no payload of its own.
    init?(_ leaf: Leaf) {
        guard let place = leaf.place, let payload = leaf.payload,
            ![.identical, .notModified, .unknown].contains(leaf.kind)
        else { return nil }
        let around = UInt64(place.header + Segment.recordEnd.count)
        guard place.length >= around + UInt64(payload.head), let header = UInt32(exactly: place.header),
            let head = UInt32(exactly: payload.head)
        else { return nil }
        self.leaf = leaf.number
        offset = place.offset
        block = place.length - around
        length = payload.length
        segment = place.segment
        self.header = header
        self.head = head
        isChunked = payload.isChunked
    }

    /// Whether its numbers can be reckoned with, which may come from a file that anybody wrote.
    var isPossible: Bool {
        let most = UInt64(Int64.max)
        guard offset <= most, block <= most - offset else { return false }
        return UInt64(header) + UInt64(head) <= most - offset - block && UInt64(head) <= block
    }

    init(
        leaf: UInt64,
        offset: UInt64,
        block: UInt64,
        length: UInt64,
        segment: UInt32,
        header: UInt32,
        head: UInt32,
        isChunked: Bool
    ) {
        self.leaf = leaf
        self.offset = offset
        self.block = block
        self.length = length
        self.segment = segment
        self.header = header
        self.head = head
        self.isChunked = isChunked
    }
}

/// From SHA-256 to place, for all that was sealed. Rebuilt from the ledger at every opening.
final class PayloadIndex: Sendable {
    /// Thirty-two bytes without an array around them: there may be a million.
    struct Key: Hashable {
        let words: (UInt64, UInt64, UInt64, UInt64)

        init(words: (UInt64, UInt64, UInt64, UInt64)) {
            self.words = words
        }

        init(_ digest: Digest) {
            words = digest.bytes.withUnsafeBytes { bytes in
                (
                    bytes.loadUnaligned(as: UInt64.self),
                    bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                    bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                    bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
                )
            }
        }

        static func == (left: Key, right: Key) -> Bool { left.words == right.words }

        // A digest is as good as random: one word of it tells as much as a hash of all four.
        func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
    }

    private struct Places {
        /// What was known when the vault was opened.
        var base: SortedPlaces?
        var added: [Key: PayloadLocation] = [:]

        subscript(_ key: Key) -> PayloadLocation? { added[key] ?? base?[key] }
    }

    /// Guards where things are; the scribe adds, anyone asks.
    private let places = Mutex(Places())

    init() {}

    subscript(_ digest: Digest) -> PayloadLocation? { places.withLock { $0[Key(digest)] } }

    /// Adds what the leaves hold. The first place of a payload stays.
    func add(_ leaves: [Leaf]) {
        places.withLock { places in
            for leaf in leaves {
                guard let digest = leaf.payload?.digest, let location = PayloadLocation(leaf) else { continue }
                if places[Key(digest)] == nil { places.added[Key(digest)] = location }
            }
        }
    }

    /// What was known at first, and what came since.
    var contents: (base: SortedPlaces?, added: [Key: PayloadLocation]) { places.withLock { ($0.base, $0.added) } }

    /// Begins with what a cache has.
    func begin(_ base: SortedPlaces) {
        places.withLock { $0 = Places(base: base) }
    }
}
