package import Domain
import Foundation
import Logging

/// A case's sealed store: every byte that was seen, in WARC segments, and a signed ledger that says so.
///
/// What a call has returned a ``Seal`` for is on the disk and stays there whatever happens to the process. What is sealed
/// is never changed and never removed, unless it is withheld, and then the ledger says so. The ledger is the truth; the index is made from it.
package final class Vault: Sendable {
    let layout: VaultLayout
    let files: LedgerFiles
    let index: PayloadIndex
    let withheld: WithheldIndex
    let segments: SegmentStore
    let reader: RecordReader
    /// Where the sealed bytes of each segment ended when the vault was opened.
    let ends: [UInt32: UInt64]
    /// What was found not to be as it was sealed when the vault was opened for reading. Verification finds more.
    package let findings: [VerificationReport.Fault]
    private let scribe: Scribe?
    let clock: CaseClock
    private let watch: ClockWatch
    let limits: VaultLimits

    init(
        _ layout: VaultLayout,
        files: LedgerFiles,
        index: PayloadIndex,
        withheld: WithheldIndex,
        segments: SegmentStore,
        ends: [UInt32: UInt64],
        scribe: Scribe?,
        clock: CaseClock = .system,
        limits: VaultLimits = VaultLimits(),
        findings: [VerificationReport.Fault] = []
    ) {
        self.findings = findings
        self.layout = layout
        self.files = files
        self.index = index
        self.withheld = withheld
        self.scribe = scribe
        self.clock = clock
        watch = ClockWatch(clock)
        self.limits = limits
        self.segments = segments
        self.ends = ends
        reader = RecordReader(segments: segments)
    }

    func writer() throws(VaultError) -> Scribe {
        guard let scribe else {
            throw VaultError(.readOnly, "seal in a vault opened for reading", path: layout.root.path)
        }
        return scribe
    }

    /// Where the sealed bytes of each segment end by now.
    var segmentEnds: [UInt32: UInt64] {
        get async {
            guard let scribe else { return ends }
            return await scribe.ends
        }
    }

    var isReadOnly: Bool { scribe == nil }

    /// Seals bytes. They are durable when this returns.
    package func seal(_ record: ResourceRecord) async throws(VaultError) -> Seal {
        let kind: Leaf.Kind =
            switch record.kind {
            case .resource: .resource
            case .metadata: .metadata
            }
        return try await seal(record, as: kind)
    }

    func seal(_ record: ResourceRecord, as kind: Leaf.Kind) async throws(VaultError) -> Seal {
        guard record.target.utf8.count <= WARCHeader.longestTarget else {
            throw VaultError(.tooLong, "seal something whose target has \(record.target.utf8.count) bytes")
        }
        var leaf = Leaf(kind, at: record.at)
        leaf.target = WARCHeader.target(record.target)
        leaf.contentType = WARCHeader.mediaType(record.contentType)
        leaf.endpoint = record.endpoint
        if kind.isDated, let jump = watch.jump() { leaf.facts = [Leaf.clockJump: String(jump)] }
        let new = NewRecord(leaf, block: record.bytes, mayRevisit: kind == .resource)
        return try await writer().submit([.record(new)])[0].seal
    }

    /// Begins to take in an exchange. Nothing is sealed until the writer's `finish`.
    package func beginExchange(_ exchange: ExchangeHead) async throws(VaultError) -> ExchangeWriter {
        guard exchange.address.description.utf8.count <= WARCHeader.longestTarget,
            exchange.facts.reduce(0, { $0 + $1.key.utf8.count + $1.value.utf8.count }) <= ExchangeHead.longestFacts,
            exchange.fitsLeaf
        else { throw VaultError(.tooLong, "seal an exchange whose address or facts are too long") }
        return ExchangeWriter(scribe: try writer(), exchange: exchange, limits: limits, clock: clock)
    }

    /// Begins to take in something that comes by another protocol than HTTP and may be of any length; its bytes are given to
    /// the writer. Nothing is sealed until the writer's `finish`. `length` is how many bytes are expected, where that is known.
    package func beginResource(
        _ record: ResourceRecord,
        expecting length: UInt64 = 0
    ) async throws(VaultError) -> ResourceWriter {
        guard record.target.utf8.count <= WARCHeader.longestTarget else {
            throw VaultError(.tooLong, "seal something whose target has \(record.target.utf8.count) bytes")
        }
        return ResourceWriter(
            scribe: try writer(),
            record: record,
            expecting: min(length, 1 << 50),
            limits: limits,
            clock: clock
        )
    }

    /// Seals that a run began, as it is described now.
    package func record(runStarted run: Run) async throws(VaultError) -> Seal {
        try await seal(run, Self.target(of: run.id), as: .runStarted)
    }

    /// Seals how a run ended.
    package func record(runEnded run: Run) async throws(VaultError) -> Seal {
        try await seal(run, Self.target(of: run.id), as: .runEnded)
    }

    /// Seals what a job found, so that the catalogue can be rebuilt from it.
    package func record(outcome: StageOutcome) async throws(VaultError) -> Seal {
        try await seal(outcome, "ajar:outcome/\(outcome.job)", as: .outcome)
    }

    func seal(_ value: some Encodable, _ target: String, as kind: Leaf.Kind) async throws(VaultError) -> Seal {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let bytes: [UInt8]
        do { bytes = Array(try encoder.encode(value)) } catch {
            throw VaultError(.tooLong, "write \(target) as JSON: \(error)")
        }
        let record = ResourceRecord(target: target, contentType: "application/json", bytes: bytes, at: clock.now())
        return try await seal(record, as: kind)
    }

    /// Signs all that was sealed so far. On a vault opened for reading, the last checkpoint that was signed.
    ///
    /// Where it may be the last one before the vault is closed, `isLast` has the index kept for the next opening.
    package func checkpoint(isLast: Bool = false) async throws(VaultError) -> Checkpoint {
        guard let scribe else { return files.checkpoint }
        return try await scribe.checkpoint(isLast: isLast)
    }

    /// How many leaves no checkpoint covers yet.
    package var unsigned: UInt64 { files.size - files.checkpoint.size }

    /// Signs what was sealed and lets another process have the vault. Exchanges that were not finished are dropped.
    ///
    /// Replies of time-stamp authorities alone wait for the next checkpoint: so the last one is the one they are over.
    /// Should signing fail, nothing is lost: what was sealed is durable, and the next opening signs it. To be told, ask for
    /// a ``checkpoint()`` before.
    package func close() async {
        do { try await scribe?.close(signing: unsigned == 0 || !onlyStampsWait) } catch {
            Logger.current.error("the vault was closed unsigned", metadata: ["error": "\(error)"])
        }
    }
}
