package import Domain

extension Vault {
    /// Reads every byte of the vault and compares it with what was sealed.
    ///
    /// On a vault that this process seals in, a checkpoint is signed first. What others write meanwhile is left out.
    package func verify(
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> VerificationReport {
        if !isReadOnly { _ = try await checkpoint() }
        let layout = layout
        return try await blocking { () throws(VaultError) in
            var verification = Verification(layout, progress: progress)
            return try verification.run()
        }
    }

    /// Verifies a vault that may be too damaged to be opened.
    package static func verify(
        at folder: String,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> VerificationReport {
        let layout = VaultLayout(folder)
        guard layout.ledger.has(LedgerWriter.checkpointName) || layout.ledger.has("tile") else {
            throw VaultError(.missing, "find a vault", path: folder)
        }
        return try await blocking { () throws(VaultError) in
            var verification = Verification(layout, progress: progress)
            return try verification.run()
        }
    }
}

/// One verification: first the tree, so that it is known which leaves are sound; then the bytes that they speak of.
///
/// It trusts no index and no cache, only the disk.
struct Verification {
    let layout: VaultLayout
    private let progress: @Sendable (StageProgress) -> Void
    var report = VerificationReport()

    init(_ layout: VaultLayout, progress: @escaping @Sendable (StageProgress) -> Void) {
        self.layout = layout
        self.progress = progress
    }

    mutating func run() throws(VaultError) -> VerificationReport {
        let isBeingWritten = isLocked
        var ledger = LedgerVerification(layout.ledger, isBeingWritten: isBeingWritten)
        try ledger.run()
        report.signed = ledger.signed
        report.faults += ledger.faults
        report.remarks += ledger.remarks
        var records = RecordVerification(layout, isBeingWritten: isBeingWritten)
        var total: UInt64 = 0
        for name in try layout.segments.names() {
            do throws(VaultError) { total += try OpenFile(layout.segments.path(name), for: .reading).size() } catch {
                // The check of its records names what cannot be read.
                continue
            }
        }
        var number: UInt64 = 0
        while number < ledger.size {
            let leaves = try ledger.leaves(from: number)
            for bytes in leaves {
                if let bytes { records.verify(bytes, number: number) }
                number += 1
            }
            progress(StageProgress(done: Int(records.bytes), total: Int(total), what: "bytes"))
        }
        try records.finish()
        report.leaves = ledger.size
        report.records = records.records
        report.bytes = records.bytes
        report.faults += records.faults
        report.remarks += records.remarks
        return report
    }

    /// Whether a process has the vault open for writing just now.
    private var isLocked: Bool {
        // A vault whose lock cannot be opened has no writer.
        guard let lock = try? OpenFile(layout.lock, for: .reading) else { return false }
        guard lock.lock() else { return true }
        lock.unlock()
        return false
    }
}
