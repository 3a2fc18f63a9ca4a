import Domain
import Wire

/// The paths of a source, packed: each is its last name and the place of the folder above it.
///
/// A million paths take about as much memory as their names, and 48 bytes each beside them. A place stays the same as long
/// as the tree is there. What is known of the entry at a place is a run of bytes, which ``PackedEntry`` makes and reads.
struct EntryTree: Sendable {
    /// The place of a path.
    struct ID: Hashable, Sendable {
        fileprivate let index: UInt32

        static let base = ID(index: 0)
    }

    private struct Node {
        var parent: UInt32
        /// The place that was made before this one in the same folder.
        var sibling: UInt32
        var firstChild: UInt32
        var hash: UInt32
        var name: PackedText.Run
        var known: PackedText.Run
        var mark: UInt32
        var flags: Flags
        var seen: Int64
    }

    /// What became of an entry since the state was read.
    struct Flags: OptionSet, Sendable {
        var rawValue: UInt8

        /// Something else is known of it.
        static let changed = Flags(rawValue: 1)
        /// It was seen again.
        static let touched = Flags(rawValue: 2)
        /// For a folder: a look at it was settled.
        static let looked = Flags(rawValue: 4)
    }

    private static let none = UInt32.max

    private var nodes: [Node] = []
    /// Places by the hash of folder and name, open addressing; a power of two of them.
    private var buckets = [UInt32](repeating: none, count: 1_024)
    private var names = PackedText()
    private var known = PackedText()
    /// Bytes of ``known`` that stand for nothing any more.
    private var wasted = 0
    private var used = 0

    init() {
        nodes.append(Self.node(below: Self.none, hash: 0, name: .none))
    }

    /// Whether no more fits: what is added now may be lost.
    var isFull: Bool { names.isFull || known.isFull || nodes.count >= Int(UInt32.max / 2) }

    // MARK: Paths

    func find(_ path: PathName) -> ID? {
        var place = ID.base
        for name in path.names {
            guard let next = find(name, below: place) else { return nil }
            place = next
        }
        return place
    }

    /// The path's place, made where there is none.
    mutating func place(of path: PathName) -> ID {
        var place = ID.base
        for name in path.names { place = find(name, below: place) ?? add(name, below: place) }
        return place
    }

    func path(of place: ID) -> PathName {
        var parts: [ArraySlice<UInt8>] = []
        var index = place.index
        while index != 0 {
            parts.append(names[nodes[Int(index)].name])
            index = nodes[Int(index)].parent
        }
        return PathName(bytes: parts.reversed().joined())
    }

    /// The last name of the path; a folder's ends in a slash.
    func name(of place: ID) -> ArraySlice<UInt8> { names[nodes[Int(place.index)].name] }

    func isFolder(_ place: ID) -> Bool { place == .base || name(of: place).last == UInt8(ascii: "/") }

    /// The place of the folder above; nil for the base.
    func folder(of place: ID) -> ID? { place == .base ? nil : ID(index: nodes[Int(place.index)].parent) }

    /// The places directly below, in no order.
    func children(of place: ID) -> [ID] {
        var children: [ID] = []
        var next = nodes[Int(place.index)].firstChild
        while next != Self.none {
            children.append(ID(index: next))
            next = nodes[Int(next)].sibling
        }
        return children
    }

    /// In the order of their names.
    func sorted(_ places: [ID]) -> [ID] {
        places.sorted { name(of: $0).lexicographicallyPrecedes(name(of: $1)) }
    }

    private static func node(below parent: UInt32, hash: UInt32, name: PackedText.Run) -> Node {
        Node(
            parent: parent,
            sibling: none,
            firstChild: none,
            hash: hash,
            name: name,
            known: .none,
            mark: 0,
            flags: [],
            seen: 0
        )
    }

    private static func hash(_ name: ArraySlice<UInt8>, below parent: UInt32) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(parent)
        name.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    private func find(_ name: ArraySlice<UInt8>, below parent: ID) -> ID? {
        let hash = Self.hash(name, below: parent.index)
        var bucket = Int(hash) & (buckets.count - 1)
        while buckets[bucket] != Self.none {
            let node = nodes[Int(buckets[bucket])]
            if node.hash == hash, node.parent == parent.index, names[node.name] == name {
                return ID(index: buckets[bucket])
            }
            bucket = (bucket + 1) & (buckets.count - 1)
        }
        return nil
    }

    private mutating func add(_ name: ArraySlice<UInt8>, below parent: ID) -> ID {
        let index = UInt32(nodes.count)
        var node = Self.node(below: parent.index, hash: Self.hash(name, below: parent.index), name: names.append(name))
        node.sibling = nodes[Int(parent.index)].firstChild
        nodes[Int(parent.index)].firstChild = index
        nodes.append(node)
        if nodes.count * 4 > buckets.count * 3 { grow() }
        insert(index)
        return ID(index: index)
    }

    private mutating func insert(_ index: UInt32) {
        var bucket = Int(nodes[Int(index)].hash) & (buckets.count - 1)
        while buckets[bucket] != Self.none { bucket = (bucket + 1) & (buckets.count - 1) }
        buckets[bucket] = index
    }

    private mutating func grow() {
        buckets = [UInt32](repeating: Self.none, count: buckets.count * 2)
        for index in 1..<UInt32(nodes.count - 1) { insert(index) }
    }

    // MARK: What is known

    /// Nothing where nothing is known.
    func known(at place: ID) -> ArraySlice<UInt8> { known[nodes[Int(place.index)].known] }

    /// Keeps what is known now; true where it is something else than before.
    @discardableResult
    mutating func keep(_ bytes: [UInt8], at place: ID) -> Bool {
        guard known(at: place) != bytes[...] else { return false }
        wasted += Int(nodes[Int(place.index)].known.count)
        used += bytes.count
        nodes[Int(place.index)].known = known.append(bytes)
        if wasted > 32 << 20, wasted * 2 > used { compact() }
        return true
    }

    private mutating func compact() {
        var kept = PackedText()
        for index in nodes.indices { nodes[index].known = kept.append(known[nodes[index].known]) }
        known = kept
        (used, wasted) = (used - wasted, 0)
    }

    subscript(seen place: ID) -> Timestamp {
        get { Timestamp(microseconds: nodes[Int(place.index)].seen) }
        set { nodes[Int(place.index)].seen = newValue.microseconds }
    }

    subscript(flags place: ID) -> Flags {
        get { nodes[Int(place.index)].flags }
        set { nodes[Int(place.index)].flags = newValue }
    }

    /// A number that whoever walks the tree leaves where it has been.
    subscript(mark place: ID) -> UInt32 {
        get { nodes[Int(place.index)].mark }
        set { nodes[Int(place.index)].mark = newValue }
    }
}

extension PathName {
    /// The names of the folders above it and its own, each folder's with its slash.
    fileprivate var names: [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
            names.append(rest[...slash])
            rest = rest[(slash + 1)...]
        }
        return rest.isEmpty ? names : names + [rest]
    }
}
