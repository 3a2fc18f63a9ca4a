package import Domain
package import Scope
package import Vault

/// Reads what lies behind one door: walks its folders, seals every listing and file, and tells what changed since the
/// last run.
///
/// A run that ends early keeps what it sealed; its state lets the next run go on without reading again what was read.
/// See `docs/collect.md` for the change rules.
package struct CollectStage: Stage {
    private let gate: Gate
    private let vault: Vault
    private let patience: Patience
    private let progress: @Sendable (StageProgress) -> Void

    package init(
        gate: Gate,
        vault: Vault,
        patience: Patience = Patience(),
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) {
        self.gate = gate
        self.vault = vault
        self.patience = patience
        self.progress = progress
    }

    package func perform(_ job: CollectJob) async throws -> CollectOutcome {
        let asking = Asking(gate: gate, vault: vault, patience: patience, limits: job.limits)
        var mirror = Mirror(job: job, asking: asking, state: try previous(of: job), progress: progress)
        do {
            try await mirror.walk()
        } catch {
            await mirror.access.close()
            await mirror.told.abandon()
            throw error
        }
        await mirror.access.close()
        let further = try await mirror.finishTelling()
        let (digest, told) = (try await seal(mirror.state, of: job), mirror.told)
        return CollectOutcome(
            job: job.id,
            run: job.run,
            source: job.source,
            completeness: mirror.shortfall.map(Completeness.incomplete) ?? .complete,
            state: digest,
            changes: told.changes.sorted { $0.path < $1.path },
            lateBytes: told.lateBytes.sorted { $0.path < $1.path },
            further: further,
            counts: mirror.counts,
            listings: mirror.listings,
            faults: mirror.faults,
            during: TimeBounds(notBefore: mirror.started, notAfter: gate.clock.now()),
            audit: job.level == .observe ? nil : mirror.audit.concluded
        )
    }

    private func previous(of job: CollectJob) throws(CollectError) -> SourceState {
        guard let digest = job.previous else { return SourceState() }
        return try SourceState(reading: digest, of: job.source, from: vault)
    }

    private func seal(_ state: SourceState, of job: CollectJob) async throws -> Digest {
        // A cancelled run must still leave its state: a task of its own does not know of the cancellation.
        let (vault, now) = (vault, gate.clock.now())
        return try await Task { try await state.seal(in: vault, after: job, at: now) }.value
    }
}
