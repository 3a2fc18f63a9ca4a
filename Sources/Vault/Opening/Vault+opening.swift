package import Domain
import Glibc

extension Vault {
    /// The most characters of an owner's name that are kept.
    private static let longestOwner = 400

    /// Makes a vault, with a new key to sign its ledger: in `keys/` within it, or in the file named. `owner` is whose key
    /// it is, for people; the first leaf says it.
    package static func create(
        at folder: String,
        key: String? = nil,
        owner: String? = nil,
        clock: CaseClock = .system,
        limits: VaultLimits = VaultLimits()
    ) async throws(VaultError) -> Vault {
        try await blocking { () throws(VaultError) in
            let layout = VaultLayout(folder)
            try checkVacant(layout)
            try layout.root.make()
            let lock = try lock(layout)
            // Another process may have made one between the look and the lock.
            try checkVacant(layout)
            for folder in [layout.segments, layout.ledger] { try folder.make() }
            try begin(layout, key: layout.key(key), owner: owner, clock: clock)
            return try open(layout, key: layout.key(key), clock: clock, limits: limits, store: nil, lock: lock)
        }
    }

    /// Opens a vault to seal in it, and sets aside what an earlier process left unfinished. One process at a time can.
    /// `store` is where segments that are not here are read from; it is not asked for anything until they are.
    package static func open(
        at folder: String,
        key: String? = nil,
        clock: CaseClock = .system,
        limits: VaultLimits = VaultLimits(),
        store: ObjectStore? = nil
    ) async throws(VaultError) -> Vault {
        let vault = try await blocking { () throws(VaultError) -> Vault in
            let layout = VaultLayout(folder)
            guard layout.ledger.has(LedgerWriter.checkpointName) else {
                throw VaultError(.missing, "find a vault", path: folder)
            }
            let lock = try lock(layout)
            return try open(layout, key: layout.key(key), clock: clock, limits: limits, store: store, lock: lock)
        }
        do { try await vault.sealNotices() } catch {
            await vault.close()
            throw error
        }
        return vault
    }

    /// Opens a vault to read what was sealed up to now, also while another process seals.
    ///
    /// A damaged one is opened with what is sound of it; its ``findings`` say what is not.
    package static func openReadOnly(at folder: String, store: ObjectStore? = nil) async throws(VaultError) -> Vault {
        try await blocking { () throws(VaultError) in
            let layout = VaultLayout(folder)
            do throws(VaultError) { return try openSound(layout, store) } catch {
                guard error.code == .damaged || error.code == .missing, Salvage.isVault(layout) else { throw error }
                return try Salvage(layout: layout, objects: store).open(because: error)
            }
        }
    }

    private static func openSound(_ layout: VaultLayout, _ objects: ObjectStore?) throws(VaultError) -> Vault {
        let stored = try StoredLedger(layout.ledger)
        if case .damaged = stored.log.rest {
            throw VaultError(.damaged, "read the pending leaves", path: layout.ledger.path(PendingLog.name))
        }
        let files = LedgerFiles(folder: layout.ledger, checkpoint: stored.checkpoint, pending: stored.pending)
        let index = PayloadIndex(files)
        var scan = IndexCache(layout).read(files, into: index)
        try scan.read(files, into: index)
        let segments = layout.store(try StoredIndex(scan.fates, files), objects)
        let findings = layout.findings(scan.ends, in: segments, madeBy: try files.leaf(0))
        return try Vault(reading: files, scan, index, segments, key: stored.key, layout, findings)
    }

    /// A vault that nothing is sealed in, of what was found out about its ledger and segments.
    convenience init(
        reading files: LedgerFiles,
        _ scan: LedgerScan,
        _ index: PayloadIndex,
        _ segments: SegmentStore,
        key: VerifyingKey?,
        _ layout: VaultLayout,
        _ findings: [VerificationReport.Fault]
    ) throws(VaultError) {
        self.init(
            layout,
            files: files,
            index: index,
            withheld: try WithheldIndex(scan.fates, files, key: key),
            segments: segments,
            ends: scan.ends,
            scribe: nil,
            findings: findings
        )
    }

    /// Opens a vault for reading, and keeps every process from sealing in it until `body` is done. Needs no key.
    package static func keepingWritersOut<Value: Sendable>(
        of folder: String,
        store: ObjectStore? = nil,
        _ body: (Vault) async throws -> Value
    ) async throws -> Value {
        let lock = try await blocking { () throws(VaultError) -> OpenFile in try Self.lock(VaultLayout(folder)) }
        defer { lock.unlock() }
        return try await body(try await openReadOnly(at: folder, store: store))
    }

    /// An interrupted creation left no segment, and may be done again.
    private static func checkVacant(_ layout: VaultLayout) throws(VaultError) {
        guard !layout.ledger.has(LedgerWriter.checkpointName), try layout.segments.names().isEmpty else {
            throw VaultError(.exists, "make a vault", path: layout.root.path)
        }
    }

    private static func lock(_ layout: VaultLayout) throws(VaultError) -> OpenFile {
        let lock = try OpenFile(layout.lock, for: .changingOrMaking)
        // Whoever verifies, or tells of what was read, has the lock as well for a moment.
        for _ in 0..<100 {
            if lock.lock() { return lock }
            usleep(10_000)
        }
        throw VaultError(.locked, "seal in a vault that another process seals in", path: lock.path)
    }

    /// Writes the key and the first leaf.
    private static func begin(
        _ layout: VaultLayout,
        key file: Folder.File,
        owner: String?,
        clock: CaseClock
    ) throws(VaultError) {
        let key = try makeKey(file, layout)
        try layout.ledger.replace(PendingLog.name, with: [])
        let empty = Checkpoint(origin: key.name, size: 0, root: MerkleHash.empty, text: "")
        let files = LedgerFiles(folder: layout.ledger, checkpoint: empty, pending: [])
        var ledger = try LedgerWriter(files: files, key: key, pendingEnd: 0)
        var leaf = Leaf(.created, at: clock.now())
        leaf.facts = [
            "format": String(VaultLayout.format),
            "clock": clock.isSimulated ? "simulated" : "system",
            "key": key.verifying.text,
            "tool": "ajar/\(ajarVersion)",
        ]
        leaf.facts?["owner"] = owner.map { String($0.prefix(longestOwner)) }
        var leaves = [leaf]
        try ledger.append(&leaves)
        _ = try ledger.sign()
    }

    private static func makeKey(_ file: Folder.File, _ layout: VaultLayout) throws(VaultError) -> SigningKey {
        if file.folder.has(file.name) {
            let text = String(decoding: try file.folder.read(file.name), as: UTF8.self)
            let key = try SigningKey(text: text, path: file.path)
            // Two ledgers under one name would each make the other look forged.
            guard layout.ledger.has(LedgerWriter.keyName),
                try layout.ledger.read(LedgerWriter.keyName) == key.publicFile
            else { throw VaultError(.exists, "make a key for a new ledger", path: file.path) }
            return key
        }
        let key = SigningKey()
        try layout.ledger.replace(LedgerWriter.keyName, with: key.publicFile)
        try layout.ledger.sync()
        try file.folder.make(permissions: 0o700)
        try file.folder.replace(file.name, with: Array(key.text.utf8), permissions: 0o600)
        try file.folder.sync()
        return key
    }

    private static func open(
        _ layout: VaultLayout,
        key file: Folder.File,
        clock: CaseClock,
        limits: VaultLimits,
        store: ObjectStore?,
        lock: OpenFile
    ) throws(VaultError) -> Vault {
        let stored = try StoredLedger(layout.ledger)
        let text = String(decoding: try file.folder.read(file.name), as: UTF8.self)
        let key = try SigningKey(text: text, path: file.path)
        guard key.verifying == stored.key else {
            throw VaultError(.key, "sign the ledger \(stored.key.name) with the key of \(key.name)", path: file.path)
        }
        let files = LedgerFiles(folder: layout.ledger, checkpoint: stored.checkpoint, pending: stored.pending)
        try layout.checkFormat(of: try files.leaf(0))
        let recovery = Recovery(vault: layout, clock: clock)
        let pendingEnd = try recovery.recover(stored.log)
        var ledger = try LedgerWriter(files: files, key: key, pendingEnd: pendingEnd)
        let index = PayloadIndex(files)
        let cache = IndexCache(layout)
        var scan = cache.read(files, into: index)
        let cached = scan.size
        try scan.read(files, into: index)
        let store = layout.store(try StoredIndex(scan.fates, files), store)
        let segments = try recovery.recover(scan.ends, limit: limits.segmentBytes, except: store.stored)
        let withheld = try WithheldIndex(scan.fates, files, key: key.verifying)
        try recovery.setAside(lockedUnless: withheld)
        var recovered = try recovery.leaves(knowing: scan.quarantined)
        recovered += try withheld.disownments(by: key, at: clock.now())
        recovered += try Erasure(layout: layout, segments: store).finish(withheld, files, at: clock.now())
        if !recovered.isEmpty { try ledger.append(&recovered) }
        scan.add(recovered)
        withheld.add(recovered)
        store.stored.add(recovered)
        let scribe = Scribe(
            ledger: ledger,
            pool: SegmentPool(
                folder: layout.segments,
                limit: limits.segmentBytes,
                free: segments.free,
                next: segments.next
            ),
            index: index,
            withheld: withheld,
            scan: scan,
            cache: cache,
            cached: cached,
            reader: RecordReader(segments: store),
            limits: limits,
            lock: lock
        )
        return Vault(
            layout,
            files: files,
            index: index,
            withheld: withheld,
            segments: store,
            ends: scan.ends,
            scribe: scribe,
            clock: clock,
            limits: limits
        )
    }
}
