import Domain

/// Adds leaves to the ledger and signs it. Used by the scribe alone.
///
/// The order makes it safe to stop anywhere: leaves are durable in the pending log first; then tiles, each in its place
/// at once; then the checkpoint that covers them, under its size and as the last one; then the pending log is begun anew.
struct LedgerWriter {
    static let checkpointName = "checkpoint"
    static let keyName = "vkey"
    /// The folder of all checkpoints that were ever signed, each under its size.
    static let historyName = "signed"

    let files: LedgerFiles
    let key: SigningKey
    private var edge: TreeEdge
    private var pending: PendingLog
    /// The entries of the last tile while it is not full.
    private var bundle: [UInt8]
    /// Full tiles that no checkpoint covers yet.
    private var full: [(tile: Tile, bytes: [UInt8])] = []
    private(set) var unsigned = 0
    /// The SHA-256 of the checkpoint over exactly the leaves that there are, where one was signed: the next leaf says so.
    private var signedHere: Digest?

    /// Continues a ledger whose checkpoint and pending leaves were read; `pendingEnd` is where its whole frames end.
    init(files: LedgerFiles, key: SigningKey, pendingEnd: UInt64) throws(VaultError) {
        self.files = files
        self.key = key
        let (checkpoint, leaves) = files.pending
        edge = try files.edge(at: checkpoint.size)
        guard edge.root == checkpoint.root else {
            throw VaultError(.damaged, "rebuild the tree's root from its tiles", path: files.folder.path)
        }
        pending = try PendingLog(folder: files.folder, end: pendingEnd)
        let width = Int(checkpoint.size % UInt64(Tile.full))
        bundle = []
        if width > 0 {
            bundle = EntryBundle.encode(try files.leaves(from: checkpoint.size - UInt64(width)))
        }
        for leaf in leaves { grow(leaf) }
        signedHere = try leaves.isEmpty && size > 0 ? keep(checkpoint) : unfinishedCheckpoint()
    }

    /// Sees to it that a checkpoint which the next leaf will name is in the history, and gives its SHA-256.
    private func keep(_ checkpoint: Checkpoint) throws(VaultError) -> Digest {
        let (history, name) = (files.folder.folder(Self.historyName), String(checkpoint.size))
        guard !history.has(name) else { return checkpoint.imprint }
        try history.make()
        try history.replace(name, with: Array(checkpoint.text.utf8))
        try history.sync()
        return checkpoint.imprint
    }

    /// A checkpoint that was signed over the leaves that there are by a process which ended before it took effect.
    private func unfinishedCheckpoint() throws(VaultError) -> Digest? {
        let (history, name) = (files.folder.folder(Self.historyName), String(size))
        guard history.has(name), let note = String(validating: try history.read(name), as: UTF8.self),
            let checkpoint = Checkpoint(note: note, key: key.verifying), checkpoint.size == size,
            checkpoint.root == edge.root
        else { return nil }
        // A leaf is going to speak of it: it must be there after a power cut as well.
        try history.replace(name, with: Array(note.utf8))
        try history.sync()
        return checkpoint.imprint
    }

    /// How many leaves there are.
    var size: UInt64 { edge.size }

    /// Makes leaves durable, in order, and shows them to readers.
    mutating func append(_ leaves: inout [Leaf]) throws(VaultError) {
        var encoded: [[UInt8]] = []
        for index in leaves.indices {
            leaves[index].number = edge.size + UInt64(index)
            leaves[index].checkpoint = index == 0 ? signedHere : nil
            encoded.append(try leaves[index].encoded())
        }
        try pending.append(encoded)
        if !encoded.isEmpty { signedHere = nil }
        for leaf in encoded { grow(leaf) }
        files.append(encoded)
    }

    private mutating func grow(_ leaf: [UInt8]) {
        EntryBundle.append(leaf, to: &bundle)
        unsigned += 1
        for (tile, hashes) in edge.append(MerkleHash.leaf(leaf)) { full.append((tile, hashes.flatMap(\.bytes))) }
        if edge.size % UInt64(Tile.full) == 0 {
            full.append((Tile(.entries, edge.size / UInt64(Tile.full) - 1), bundle))
            bundle = []
        }
    }

    /// Writes the tiles and signs a checkpoint over all leaves.
    mutating func sign() throws(VaultError) -> Checkpoint {
        guard unsigned > 0 else { return files.checkpoint }
        let before = files.checkpoint.size
        let checkpoint = try Checkpoint(origin: key.name, size: edge.size, root: edge.root, signedBy: key)
        try write(full + partial)
        // A size that was signed for before a crash has the same leaves still: they were durable before it was signed.
        let history = files.folder.folder(Self.historyName)
        try history.make()
        try history.replace(String(checkpoint.size), with: Array(checkpoint.text.utf8))
        try history.sync()
        try files.folder.replace(Self.checkpointName, with: Array(checkpoint.text.utf8))
        try files.folder.sync()
        try files.folder.replace(PendingLog.name, with: [])
        try files.folder.sync()
        pending = try PendingLog(folder: files.folder, end: 0)
        files.settle(checkpoint)
        signedHere = checkpoint.imprint
        full = []
        unsigned = 0
        try removeSuperseded(before)
        return checkpoint
    }

    private var partial: [(tile: Tile, bytes: [UInt8])] {
        var tiles = edge.partialTiles.map { ($0.tile, $0.hashes.flatMap(\.bytes)) }
        let width = Int(edge.size % UInt64(Tile.full))
        if width > 0 { tiles.append((Tile(.entries, edge.size / UInt64(Tile.full), width: width), bundle)) }
        return tiles
    }

    private func write(_ tiles: [(tile: Tile, bytes: [UInt8])]) throws(VaultError) {
        var folders: Set<String> = []
        for (tile, bytes) in tiles {
            let path = tile.path
            let (folder, name) = files.folder.path(path).splitLast
            if folders.insert(folder).inserted { try Folder(folder).make() }
            try Folder(folder).replace(name, with: bytes)
        }
        for folder in folders { try Folder(folder).sync() }
    }

    /// Removes the partial tiles of the checkpoint before, which wider ones have replaced.
    private func removeSuperseded(_ before: UInt64) throws(VaultError) {
        var (level, old) = (0, before)
        while old > 0 {
            let width = Int(old % UInt64(Tile.full))
            let number = old / UInt64(Tile.full)
            let isReplaced = edge.size >> UInt64(8 * level) != old
            if width > 0, isReplaced {
                try files.folder.remove(Tile(.hashes(level), number, width: width).path)
                if level == 0 { try files.folder.remove(Tile(.entries, number, width: width).path) }
            }
            (level, old) = (level + 1, number)
        }
    }
}

extension String {
    /// A path's folder and the name in it.
    var splitLast: (folder: String, name: String) {
        guard let slash = lastIndex(of: "/") else { return (".", self) }
        return (String(self[..<slash]), String(self[index(after: slash)...]))
    }
}
