import Domain

/// Checks the ledger by itself: entries, tiles, root, signature, pending leaves, and that nothing else is in its folder.
struct LedgerVerification {
    let folder: Folder
    let isBeingWritten: Bool
    let witness: CheckpointLine?
    private(set) var faults: [VerificationReport.Fault] = []
    var remarks: [String] = []
    /// How many leaves there are, and how many of them a good checkpoint covers.
    private(set) var size: UInt64 = 0
    private(set) var signed: UInt64 = 0
    /// What the published checkpoint that was given says, as far as the tree goes.
    private(set) var witnessed: WitnessReport?

    private(set) var key: VerifyingKey?
    private(set) var folded: UInt64 = 0
    private(set) var roots: [UInt64: TreeComparison.Roots] = [:]
    private(set) var checkpoint: Checkpoint?
    private(set) var pending: [[UInt8]] = []
    /// Signed leaves that are not there as they were sealed.
    private(set) var unsound: Set<UInt64> = []
    var expected: Set<String> = [LedgerWriter.checkpointName, LedgerWriter.keyName, PendingLog.name]

    init(_ folder: Folder, isBeingWritten: Bool, witness: CheckpointLine? = nil) {
        self.folder = folder
        self.isBeingWritten = isBeingWritten
        self.witness = witness
    }

    /// The leaves of one tile from `number` on; nil in place of one that cannot be trusted.
    func leaves(from number: UInt64) throws(VaultError) -> [[UInt8]?] {
        guard number < folded else { return pending.dropFirst(Int(number - folded)).map(\.self) }
        let tile = entriesTile(number / UInt64(Tile.full))
        let entries = (try? read(tile)).flatMap(EntryBundle.decode) ?? []
        let first = tile.number * UInt64(Tile.full)
        return (Int(number - first)..<tile.width).map { index in
            index < entries.count && !unsound.contains(first + UInt64(index)) ? entries[index] : nil
        }
    }

    mutating func run() throws(VaultError) {
        let log = readLog()
        checkpoint = readCheckpoint()
        if let checkpoint, try isBelievable(checkpoint) { folded = checkpoint.size } else { folded = try storedSize() }
        signed = checkpoint?.size ?? 0
        readPending(PendingLog.read(log), length: log.count)
        try verifyTree(checkpoint)
        size = folded + UInt64(pending.count)
        try verifyHistory()
        witnessed = witnessReport(checkpoint)
        if !pending.isEmpty { remarks.append("\(pending.count) leaves are durable and wait for the next checkpoint") }
        try verifyNothingElse()
    }

    // MARK: Parts

    private mutating func readLog() -> [UInt8] {
        do throws(VaultError) { return try folder.read(PendingLog.name) } catch {
            let what = error.code == .missing ? "is not there" : "cannot be read: \(error)"
            add(PendingLog.name, what, "leaves that wait to be signed", "the signed ledger")
            return []
        }
    }

    private mutating func readCheckpoint() -> Checkpoint? {
        let keyText = String(decoding: (try? folder.read(LedgerWriter.keyName)) ?? [], as: UTF8.self)
        var key = VerifyingKey(text: keyText)
        let first = (try? read(entriesTile(0, size: 1))).flatMap(EntryBundle.decode)?.first
        let made = first.flatMap { try? Leaf($0, number: 0) }
        if let made, let remark = VaultLayout.remark(onFormatOf: made) { remarks.append(remark) }
        let created = made?.facts?["key"].flatMap(VerifyingKey.init(text:))
        if key == nil || keyText != "\(key?.text ?? "")\n" {
            add(
                LedgerWriter.keyName,
                "is not a key as it was written",
                "whoever checks signatures with it",
                "the key in leaf 0"
            )
            key = created
        } else if let created, created != key {
            add(LedgerWriter.keyName, "is not the key that leaf 0 names", "all signatures", "nothing is proven by them")
        }
        let bytes = (try? folder.read(LedgerWriter.checkpointName)) ?? []
        self.key = key
        guard let note = String(validating: bytes, as: UTF8.self), let key,
            let checkpoint = Checkpoint(note: note, key: key)
        else {
            let sound = "what leads to a root that another copy of the checkpoint has signed"
            add(
                LedgerWriter.checkpointName,
                "is not signed by the ledger's key",
                "all leaves: none is signed for",
                sound
            )
            return nil
        }
        return checkpoint
    }

    /// How many leaves the files on the disk hold, where no checkpoint can say it.
    private func storedSize() throws(VaultError) -> UInt64 {
        var size: UInt64 = 0
        while folder.has(Tile(.entries, size / UInt64(Tile.full)).path) { size += UInt64(Tile.full) }
        let partial = try folder.folder(Tile(.entries, size / UInt64(Tile.full)).partialFolder).names()
        return size + UInt64(partial.compactMap { Int($0) }.filter((1..<Tile.full).contains).max() ?? 0)
    }

    /// Whether so many leaves may have been here. A number that no files of this ledger could ever have held is not counted
    /// up to: whoever made the checkpoint may have chosen it.
    private mutating func isBelievable(_ checkpoint: Checkpoint) throws(VaultError) -> Bool {
        let most = UInt64(try folder.folder("tile").files().count + 4_096) * UInt64(Tile.full)
        guard checkpoint.size > most else { return true }
        add(
            LedgerWriter.checkpointName,
            "signs for \(checkpoint.size) leaves, and there are files for less than \(most)",
            "all leaves that are not there",
            "records, by their own digests"
        )
        return false
    }

    private mutating func readPending(_ log: PendingLog.Contents, length: Int) {
        if case .nothing = log.rest {
        } else {
            let what = "holds \(length - log.sound) bytes that are no whole frame"
            if isBeingWritten, case .unfinished = log.rest {
                remarks.append("\(PendingLog.name) \(what): it is being written")
            } else {
                let affects = "leaves that were never acknowledged, or were changed since"
                add(PendingLog.name, what, affects, "all leaves before them", offset: UInt64(log.sound))
            }
        }
        // The first pending leaf tells where they begin: when it cannot be read, neither can the others be placed.
        guard let leaves = try? StoredLedger.leaves(log.leaves, behind: folded) else {
            add(PendingLog.name, "does not continue the signed leaves", "the leaves in it", "the signed leaves")
            return
        }
        pending = leaves
    }

    private func entriesTile(_ number: UInt64) -> Tile { entriesTile(number, size: folded) }

    private func entriesTile(_ number: UInt64, size: UInt64) -> Tile {
        Tile(.entries, number, width: Int(min(size - number * UInt64(Tile.full), UInt64(Tile.full))))
    }

    /// A tile's bytes. Where its partial form was replaced meanwhile, the beginning of a wider one.
    private func read(_ tile: Tile) throws(VaultError) -> [UInt8] {
        try LedgerFiles(unsigned: folder).read(tile)
    }

    private mutating func verifyTree(_ checkpoint: Checkpoint?) throws(VaultError) {
        var tree = TreeComparison(noting: try sizesToNote())
        for number in 0..<(folded + UInt64(Tile.full) - 1) / UInt64(Tile.full) {
            let tile = entriesTile(number)
            let hashTile = Tile(.hashes(0), number, width: tile.width)
            for name in [tile.path, hashTile.path] {
                expected.insert(name)
                if !folder.has(name), !isBeingWritten {
                    add(name, "is not there", "proofs of the leaves in it", "the records")
                }
            }
            let entries = (try? read(tile)).flatMap(EntryBundle.decode)
            if entries == nil || entries?.count != tile.width, folder.has(tile.path) {
                add(
                    tile.path,
                    "is not a bundle of \(tile.width) entries",
                    "the leaves in it",
                    "records, by their own digests"
                )
            }
            let hashes = (try? read(hashTile)).map(Self.hashes) ?? []
            tree.add(entries: entries ?? [], hashes: hashes, width: tile.width)
            if let bytes = try? folder.read(hashTile.path), bytes.count != 32 * tile.width {
                add(hashTile.path, "has \(bytes.count) bytes", "proofs of the leaves in it", "the leaves themselves")
            }
        }
        roots = tree.roots
        judge(tree, checkpoint)
    }

    private static func hashes(_ bytes: [UInt8]) -> [Digest] {
        stride(from: 0, to: bytes.count - 31, by: 32).compactMap { Digest(bytes: bytes[$0..<$0 + 32]) }
    }

    private mutating func judge(_ tree: TreeComparison, _ checkpoint: Checkpoint?) {
        let entriesAreRight = checkpoint.map { $0.root == tree.fromEntries.root } ?? tree.conflicts.isEmpty
        let hashesAreRight = checkpoint.map { $0.root == tree.fromHashes.root } ?? false
        for leaf in tree.conflicts {
            let tile = entriesTile(leaf / UInt64(Tile.full))
            let hashTile = Tile(.hashes(0), tile.number, width: tile.width)
            if !entriesAreRight {
                unsound.insert(leaf)
                let what = "leaf \(leaf) is not the one that was sealed"
                add(
                    tile.path,
                    what,
                    "what leaf \(leaf) says",
                    "its record, by its own digests; all other leaves",
                    leaf: leaf
                )
            }
            if !hashesAreRight {
                let what = "the hash of leaf \(leaf) is not that of the leaf"
                add(
                    hashTile.path,
                    what,
                    "proofs of leaves near it",
                    "the leaf itself, where its tile of entries is sound",
                    leaf: leaf
                )
            }
        }
        if checkpoint != nil, !entriesAreRight, !hashesAreRight {
            let what = "signs another root than the leaves have"
            add(
                LedgerWriter.checkpointName,
                what,
                "the order and number of all leaves",
                "records, by their own digests"
            )
        }
        let right = hashesAreRight && !entriesAreRight ? tree.upperFromHashes : tree.upperFromEntries
        for (tile, hashes) in right {
            expected.insert(tile.path)
            let bytes = try? read(tile)
            if bytes.map({ Array($0.prefix(32 * tile.width)) }) != hashes.flatMap(\.bytes)
                || (try? folder.read(tile.path)).map({ $0.count != 32 * tile.width }) ?? !isBeingWritten
            {
                add(tile.path, "does not hold the hashes of the tree", "proofs through it", "the leaves and the root")
            }
        }
    }

    /// Partial tiles that an earlier checkpoint needed may remain; they must say the same. Anything else is foreign.
    private mutating func verifyNothingElse() throws(VaultError) {
        // Time-stamps are held against their records.
        for name in try folder.files() where !expected.contains(name) && !name.hasPrefix("stamps/") {
            if name.hasSuffix(Folder.temporarySuffix) {
                remarks.append("\(name) was being written when a process ended")
            } else if !isBeingWritten, !isEarlier(name) {
                add(name, "is no part of the ledger", "nothing", "the whole ledger")
            }
        }
    }

    private func isEarlier(_ name: String) -> Bool {
        let (partial, width) = name.splitLast
        guard partial.hasSuffix(".p"), let width = Int(width), let bytes = try? folder.read(name) else { return false }
        let full = String(partial.dropLast(2))
        let wider = expected.first { $0 == full || ($0.hasPrefix(partial + "/") && $0 != name) }
        guard let wider, let whole = try? folder.read(wider) else { return false }
        let isWhole =
            name.hasPrefix("tile/entries/") ? EntryBundle.decode(bytes)?.count == width : bytes.count == 32 * width
        return isWhole && whole.starts(with: bytes)
    }

    mutating func add(
        _ file: String,
        _ what: String,
        _ affects: String,
        _ sound: String,
        offset: UInt64? = nil,
        leaf: UInt64? = nil
    ) {
        faults.append(
            .init(file: "ledger/\(file)", offset: offset, leaf: leaf, what: what, affects: affects, sound: sound)
        )
    }
}
