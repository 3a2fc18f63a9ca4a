package import Domain

extension Vault {
    /// Reads every byte of the vault and compares it with what was sealed.
    ///
    /// On a vault that this process seals in, a checkpoint is signed first. What others write meanwhile is left out.
    package func verify(
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> VerificationReport {
        if !isReadOnly { _ = try await checkpoint() }
        let (layout, store) = (layout, segments.objects)
        return try await blocking { () throws(VaultError) in
            var verification = Verification(layout, store: store, progress: progress)
            return try verification.run()
        }
    }

    /// Verifies a vault that may be too damaged to be opened, and what a checkpoint that was published says of it.
    ///
    /// The signing key is looked at where there is one: in the vault, or in the file named. Time-stamps are believed when a
    /// chain leads to one of the roots that are given. What lies in a store is read there.
    package static func verify(
        at folder: String,
        key: String? = nil,
        against witness: CheckpointLine? = nil,
        stampRoots: StampRoots? = nil,
        store: ObjectStore? = nil,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> VerificationReport {
        let layout = VaultLayout(folder)
        guard layout.ledger.has(LedgerWriter.checkpointName) || layout.ledger.has("tile") else {
            throw VaultError(.missing, "find a vault", path: folder)
        }
        var (report, authorities) = try await blocking { () throws(VaultError) in
            var verification = Verification(layout, key: key, witness: witness, store: store, progress: progress)
            return (try verification.run(), verification.authorities)
        }
        var stamps = StampVerification(layout, roots: stampRoots, authorities: authorities)
        try await stamps.run()
        report.faults += stamps.faults
        report.remarks += stamps.remarks
        return report
    }
}

/// One verification: first the tree, so that it is known which leaves are sound; then the bytes that they speak of.
///
/// It trusts no index and no cache, only the disk.
struct Verification {
    let layout: VaultLayout
    private let keyFile: Folder.File
    private let witness: CheckpointLine?
    private let store: ObjectStore?
    private let progress: @Sendable (StageProgress) -> Void
    var report = VerificationReport()
    /// Whom each time-stamp is from, by its file.
    private(set) var authorities: [String: String] = [:]

    init(
        _ layout: VaultLayout,
        key: String? = nil,
        witness: CheckpointLine? = nil,
        store: ObjectStore? = nil,
        progress: @escaping @Sendable (StageProgress) -> Void
    ) {
        self.store = store
        self.layout = layout
        keyFile = layout.key(key)
        self.witness = witness
        self.progress = progress
    }

    mutating func run() throws(VaultError) -> VerificationReport {
        let isBeingWritten = layout.isLocked
        var ledger = LedgerVerification(layout.ledger, isBeingWritten: isBeingWritten, witness: witness)
        try ledger.run()
        report.signed = ledger.signed
        if let key = ledger.key { verifySigningKey(key) }
        let fates = try ledger.fates()
        let segments = layout.store(fates.stored, store)
        var records = RecordVerification(
            layout,
            isBeingWritten: isBeingWritten,
            withheld: fates.withheld,
            segments: segments
        )
        var total = fates.stored.all.reduce(0) { $0 + (segments.isLocal($1.segment) ? 0 : $1.length) }
        for name in try layout.segments.names() {
            do throws(VaultError) { total += try OpenFile(layout.segments.path(name), for: .reading).size() } catch {
                // The check of its records names what cannot be read.
                continue
            }
        }
        for name in try layout.root.names() where !VaultLayout.parts.contains(name) {
            let fault = VerificationReport.Fault(
                file: name,
                what: "is no part of a vault",
                affects: "nothing",
                sound: "all that is sealed"
            )
            report.faults.append(fault)
        }
        var number: UInt64 = 0
        while number < ledger.size {
            let leaves = try ledger.leaves(from: number)
            records.verify(leaves, from: number)
            number += UInt64(leaves.count)
            progress(StageProgress(done: Int(records.bytes), total: Int(total), what: "bytes"))
        }
        try records.finish()
        try ledger.verifySigned(records.checkpoints)
        report.faults = ledger.faults + report.faults
        report.remarks = ledger.remarks + report.remarks
        authorities = records.authorities
        report.leaves = ledger.size
        report.records = records.records
        report.bytes = records.bytes
        report.withheld = records.withheldRecords
        report.unreachable = records.unreachable.sorted { $0.key < $1.key }.map(\.value)
        report.faults += records.faults
        report.remarks += records.remarks
        report.witness = judge(ledger.witnessed)
        report.remarks += try Notices(layout).remarks()
        return report
    }

    /// A checkpoint speaks for its leaves, and they for the bytes: a fault with either takes its word away.
    private func judge(_ witnessed: WitnessReport?) -> WitnessReport? {
        guard var witnessed, witnessed.holds else { return witnessed }
        if report.faults.contains(where: { $0.leaf.map { $0 < witnessed.size } ?? false }) {
            witnessed.verdict = .changed
        }
        return witnessed
    }

    /// The key may be kept elsewhere; one that is there must be the one that signs.
    private mutating func verifySigningKey(_ key: VerifyingKey) {
        guard keyFile.folder.has(keyFile.name) else { return }
        let name = layout.relative(keyFile.path)
        func add(_ what: String) {
            let affects = "what is to be sealed: it cannot be signed"
            report.faults.append(.init(file: name, what: what, affects: affects, sound: "all that is signed for"))
        }
        do throws(VaultError) {
            let bytes = try keyFile.folder.read(keyFile.name)
            let signing = try SigningKey(text: String(decoding: bytes, as: UTF8.self), path: keyFile.path)
            if signing.verifying != key { return add("is not the key that signs this ledger") }
            if Array(signing.text.utf8) != bytes { add("is not the key as it was written") }
        } catch { add("cannot be read: \(error)") }
    }

}
