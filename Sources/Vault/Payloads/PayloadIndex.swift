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
        /// What was known when the vault was opened, or when the index was last stored.
        var base: SortedPlaces?
        /// How many leaves that covers.
        var covered: UInt64 = 0
        var added: [Key: PayloadLocation] = [:]
    }

    /// Guards where things are; the scribe adds, anyone asks.
    private let places = Mutex(Places())
    private let files: LedgerFiles

    /// `files` is where the index is read from anew, should what was stored of it turn out to be damaged.
    init(_ files: LedgerFiles) {
        self.files = files
    }

    subscript(_ digest: Digest) -> PayloadLocation? { places.withLock { find(Key(digest), &$0) } }

    private func find(_ key: Key, _ places: inout Places) -> PayloadLocation? {
        if let place = places.added[key] { return place }
        do throws(VaultError) { return try places.base?.place(of: key) } catch {
            rebuild(&places)
            return places.added[key]
        }
    }

    /// Reads from the ledger what the stored index had. What of the ledger cannot be read is not in the index then.
    private func rebuild(_ places: inout Places) {
        var read: [Key: PayloadLocation] = [:]
        var number: UInt64 = 0
        while number < places.covered, let leaves = try? files.leaves(from: number), !leaves.isEmpty {
            for bytes in leaves {
                if let leaf = try? Leaf(bytes, number: number) { read.add(leaf) }
                number += 1
            }
        }
        places.added.merge(read) { _, first in first }
        (places.base, places.covered) = (nil, 0)
    }

    /// Adds what the leaves hold. The first place of a payload stays.
    func add(_ leaves: [Leaf]) {
        places.withLock { places in
            for leaf in leaves {
                guard let digest = leaf.payload?.digest, PayloadLocation(leaf) != nil else { continue }
                if find(Key(digest), &places) == nil { places.added.add(leaf) }
            }
        }
    }

    /// What was stored, if it is whole, and what came since, by key.
    var sorted: (base: SortedPlaces?, added: [(key: Key, place: PayloadLocation)]) {
        places.withLock { places in
            (places.base, places.added.sorted { $0.key < $1.key }.map { (key: $0.key, place: $0.value) })
        }
    }

    /// Begins with what is stored of the first leaves.
    func begin(_ base: SortedPlaces, of covered: UInt64) {
        places.withLock { $0 = Places(base: base, covered: covered) }
    }

    /// Forgets what is stored, and reads it from the ledger.
    func rebuild() {
        places.withLock { rebuild(&$0) }
    }
}

extension [PayloadIndex.Key: PayloadLocation] {
    /// The first place of a payload stays.
    fileprivate mutating func add(_ leaf: Leaf) {
        guard let digest = leaf.payload?.digest, let location = PayloadLocation(leaf) else { return }
        let key = PayloadIndex.Key(digest)
        if self[key] == nil { self[key] = location }
    }
}
