import Domain
import Synchronization

/// That a segment is kept in the case's store, as the ledger says it.
struct StoredCopy: Hashable {
    var segment: UInt32
    var length: UInt64
    /// The SHA-256 of the whole segment.
    var digest: Digest
    /// The object's name, behind the prefix of the settings: the bucket may move, the ledger stays.
    var object: String

    private static let longestName = 200

    init(segment: UInt32, length: UInt64, digest: Digest, ledger: String) {
        (self.segment, self.length, self.digest) = (segment, length, digest)
        let key = Digest(of: Array(ledger.utf8)).description.prefix(16)
        // The content's hash is in the name: no object is ever written over with other bytes.
        object = "\(key)/\(Segment.name(segment).dropLast(5))-\(digest).warc"
    }

    /// Nil for a leaf that says nothing of the kind, or something impossible.
    init?(_ leaf: Leaf) {
        guard leaf.kind == .stored, let segment = leaf.target.flatMap(Segment.number), let digest = leaf.block,
            let length = leaf.facts?["length"].flatMap({ UInt64($0) }), length <= UInt64(Int64.max),
            let object = leaf.facts?["object"], Self.isName(object)
        else { return nil }
        (self.segment, self.length, self.digest, self.object) = (segment, length, digest, object)
    }

    private static func isName(_ name: String) -> Bool {
        name.utf8.count <= longestName && !name.isEmpty
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                // No empty part, and none that leads upwards.
                part.first.map { $0 != "." } ?? false
            }
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}

extension Leaf {
    private static let storedMark = Array("\"kind\":\"stored\"".utf8)

    /// Whether a leaf's bytes may be of one that says where a segment is kept.
    static func mayStore(_ leaf: [UInt8]) -> Bool { leaf.holds(storedMark) }

    /// The leaf that says that a segment is kept in the store, as it is now.
    init(_ copy: StoredCopy, at: Timestamp) {
        self.init(.stored, at: at)
        target = Segment.name(copy.segment)
        block = copy.digest
        facts = ["length": String(copy.length), "object": copy.object]
    }

    /// The leaf that says that the store has no copy of a segment any more.
    static func removed(from store: StoredCopy, at: Timestamp) -> Leaf {
        var leaf = Leaf(.stored, at: at)
        leaf.target = Segment.name(store.segment)
        leaf.facts = ["removed": store.object]
        return leaf
    }
}

/// Which segments are kept in the store, as the ledger says. A segment in it is never added to again.
final class StoredIndex: Sendable {
    /// Guards the map; the scribe adds, anyone asks.
    private let copies = Mutex<[UInt32: StoredCopy]>([:])

    init() {}

    /// Reads the leaves that a scan found.
    init(_ numbers: [UInt64], _ files: LedgerFiles) throws(VaultError) {
        for number in numbers { add([try files.leaf(number)]) }
    }

    /// Takes in what leaves say. The last word on a segment counts.
    func add(_ leaves: [Leaf]) {
        for leaf in leaves where leaf.kind == .stored {
            guard let number = leaf.target.flatMap(Segment.number) else { continue }
            let copy = StoredCopy(leaf)
            copies.withLock { $0[number] = copy }
        }
    }

    subscript(_ segment: UInt32) -> StoredCopy? { copies.withLock { $0[segment] } }

    /// All of them, by the segment's number.
    var all: [StoredCopy] { copies.withLock { $0.values.sorted { $0.segment < $1.segment } } }
}
