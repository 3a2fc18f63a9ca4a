import Domain

/// All that is known of a source's entries between two runs.
///
/// It is held packed, in a few hundred bytes an entry with its names; an entry is made when it is asked for. How it lies in
/// the vault is in `StateLines`.
struct SourceState: Sendable {
    private(set) var tree = EntryTree()
    /// The beginnings of files whose bytes broke off; there are few.
    private(set) var partials: [EntryTree.ID: PartialBody] = [:]
    /// The sealed states that this one was read from; nil for a source's first.
    var origin: StateOrigin?
    private var looks: UInt32 = 0
    /// Lines of a sealed state that count once its entries are read.
    var waitingLooks: [FolderSeen] = []

    init() {}

    /// Whether no more entries fit.
    var isFull: Bool { tree.isFull }

    subscript(path: PathName) -> KnownEntry? {
        tree.find(path).flatMap { entry(at: $0, path) }
    }

    func entry(at place: EntryTree.ID) -> KnownEntry? { entry(at: place, nil) }

    private func entry(at place: EntryTree.ID, _ path: PathName?) -> KnownEntry? {
        let known = tree.known(at: place)
        guard !known.isEmpty else { return nil }
        let path = path ?? tree.path(of: place)
        var entry = PackedEntry.entry(at: path, seen: tree[seen: place], from: known)
        if let partial = partials[place] { entry?.partial = partial }
        return entry
    }

    // MARK: Changing

    mutating func set(_ entry: KnownEntry) {
        let place = tree.place(of: entry.path)
        tree[seen: place] = entry.seen
        tree[flags: place].insert(.touched)
        if partials[place] != entry.partial { tree[flags: place].insert(.changed) }
        partials[place] = entry.partial
        // When a folder was looked at is told with the look.
        var before =
            entry.isFolder ? PackedEntry.entry(at: entry.path, seen: entry.seen, from: tree.known(at: place)) : nil
        before?.looked = entry.looked
        let isSame = before.map { PackedEntry.bytes(of: $0) == PackedEntry.bytes(of: entry) } ?? false
        if tree.keep(PackedEntry.bytes(of: entry), at: place), !isSame { tree[flags: place].insert(.changed) }
    }

    mutating func change(_ path: PathName, _ body: (inout KnownEntry) -> Void) {
        guard var entry = self[path] else { return }
        let before = entry
        body(&entry)
        if entry != before { set(entry) }
    }

    /// The entry was seen again as it is known.
    mutating func touch(_ path: PathName, at instant: Timestamp) {
        guard let place = tree.find(path) else { return }
        tree[seen: place] = instant
        tree[flags: place].insert(.touched)
    }

    /// Notes that a look at the folder is settled, whose beginning is when the folder was seen.
    mutating func settle(_ folder: KnownEntry) {
        set(folder)
        tree[flags: tree.place(of: folder.path)].insert(.looked)
    }

    /// Takes in an entry that was sealed; what is known so is no change.
    mutating func read(_ entry: KnownEntry) {
        let place = tree.place(of: entry.path)
        tree[seen: place] = entry.seen
        tree[mark: place] = looks
        partials[place] = entry.partial
        tree.keep(PackedEntry.bytes(of: entry), at: place)
    }

    /// Takes in the looks that were sealed, those at folders before those at what is in them.
    mutating func readLooks() {
        for look in waitingLooks { read(look) }
        waitingLooks = []
    }

    /// What is in the folder, and has no line of its own, was seen by the look.
    private mutating func read(_ look: FolderSeen) {
        guard let place = tree.find(look.folder), var folder = entry(at: place) else { return }
        tree[seen: place] = look.began
        if look.isWhole, folder.looked != look.began {
            folder.looked = look.began
            tree.keep(PackedEntry.bytes(of: folder), at: place)
        }
        for child in tree.children(of: place)
        where tree[mark: child] != looks && PackedEntry.isLive(tree.known(at: child)) { tree[seen: child] = look.began }
    }

    // MARK: Looks

    /// Begins a look at a folder; what it shows is marked with the number.
    mutating func beginLook() -> UInt32 {
        looks += 1
        return looks
    }

    /// Marks what a look shows; false where it was marked before.
    mutating func mark(_ path: PathName, by look: UInt32) -> Bool {
        let place = tree.place(of: path)
        guard tree[mark: place] != look else { return false }
        tree[mark: place] = look
        return true
    }

    /// The live entries directly below a folder that the look did not show, in order.
    func absent(from look: UInt32, in folder: PathName) -> [EntryTree.ID] {
        guard let place = tree.find(folder) else { return [] }
        return tree.sorted(
            tree.children(of: place).filter { tree[mark: $0] != look && PackedEntry.isLive(tree.known(at: $0)) }
        )
    }

    /// The live files anywhere below a folder, in order.
    func liveFiles(below folder: PathName) -> [EntryTree.ID] {
        guard let place = tree.find(folder) else { return [] }
        var files: [EntryTree.ID] = []
        var waiting = [place]
        while let next = waiting.popLast() {
            guard next == place || PackedEntry.isLive(tree.known(at: next)) else { continue }
            if tree.isFolder(next) {
                waiting += tree.sorted(tree.children(of: next)).reversed()
            } else {
                files.append(next)
            }
        }
        return files
    }
}

/// A line of a sealed state: a look at a folder that showed what was known to be in it.
struct FolderSeen: Codable, Hashable, Sendable {
    var folder: PathName
    var began: Timestamp
    /// Whether the listing was whole.
    var isWhole: Bool
}
