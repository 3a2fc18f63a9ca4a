package import Domain
import Foundation
import Synchronization
package import SystemPackage

/// Everything that lies on the storage server, day by day.
///
/// The world and the seed decide the plan at once; ``prepare(in:progress:)`` makes the bytes, or finds them made, and
/// has to be called before the files or the truth are asked for.
package struct StorageContents: Sendable {
    /// The table it was made from.
    package let world: StorageWorld
    package let seed: UInt64
    /// The days that may be asked for.
    package let firstDay: Day
    package let lastDay: Day
    let plan: StoragePlan
    private let made = Made()

    package init(world: StorageWorld, seed: UInt64, firstDay: Day, lastDay: Day) throws(LabError) {
        if let problem = world.problems.first { throw LabError(.badWorld, problem) }
        guard firstDay <= lastDay else { throw LabError(.badRequest, "the last day is before the first") }
        (self.world, self.seed, self.firstDay, self.lastDay) = (world, seed, firstDay, lastDay)
        plan = StoragePlan(world: world, seed: seed, firstDay: firstDay, lastDay: lastDay)
    }

    /// The manifest once it is known. The class is there so that copies of the contents share it.
    private final class Made: Sendable {
        /// Guards the one write at the end of `prepare` against reads.
        let manifest = Mutex<Manifest?>(nil)
    }

    private var manifest: Manifest {
        guard let manifest = made.manifest.withLock({ $0 }) else {
            preconditionFailure("prepare(in:) or load(from:) comes before files and truth")
        }
        return manifest
    }

    func blob(_ version: PlannedFile.Version) -> Manifest.Blob { manifest.blobs[version.blob] }

    /// Makes every distinct blob once, as `pool/<sha256>`. What is there already is not made again.
    package func prepare(
        in pool: FilePath,
        progress: @Sendable (StageProgress) -> Void
    ) async throws(LabError) {
        let missing = Writing.missingFonts
        guard missing.isEmpty else {
            throw LabError(
                .environment,
                "fonts are missing (\(missing.joined(separator: ", "))): install fonts-noto-cjk, fonts-nanum, fonts-dejavu"
            )
        }
        let path = try manifestPath(in: pool)
        if try isLoaded(from: path, in: pool) {
            progress(StageProgress(done: plan.recipes.count, total: plan.recipes.count, what: "files"))
            return
        }
        let scratch = pool.appending("scratch-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(atPath: scratch.string, withIntermediateDirectories: true)
        } catch {
            throw LabError(.storage, "could not make the pool: \(error)", at: pool.string)
        }
        defer { try? FileManager.default.removeItem(atPath: scratch.string) }
        let manifest = try await render(into: pool, with: Rendering(scratch: scratch), progress: progress)
        try manifest.write(to: path)
        made.manifest.withLock { $0 = manifest }
    }

    /// Finds what an earlier ``prepare(in:progress:)`` made, perhaps in another process.
    package func load(from pool: FilePath) throws(LabError) {
        guard try isLoaded(from: manifestPath(in: pool), in: pool) else {
            throw LabError(.badRequest, "the contents of the storage server are not prepared", at: pool.string)
        }
    }

    private func manifestPath(in pool: FilePath) throws(LabError) -> FilePath {
        pool.appending(try Manifest.name(world: world, seed: seed, firstDay: firstDay, lastDay: lastDay))
    }

    private func isLoaded(from path: FilePath, in pool: FilePath) throws(LabError) -> Bool {
        guard let known = try Manifest(at: path, in: pool, count: plan.recipes.count) else { return false }
        made.manifest.withLock { $0 = known }
        return true
    }

    /// The complete tree of a day, the day's batch included; by path.
    package func files(on day: Day) -> [PlacedFile] {
        let blobs = manifest.blobs
        return plan.files.compactMap { file -> PlacedFile? in
            guard let version = file.version(on: day) else { return nil }
            let blob = blobs[version.blob]
            return PlacedFile(path: file.path, payload: blob.digest, length: blob.length, modified: version.modified)
        }.sorted { $0.path < $1.path }
    }

    /// What is true over all days.
    package var truth: StorageTruth {
        let blobs = manifest.blobs
        let entries = plan.files.map { file in
            StorageTruth.Entry(
                path: file.path,
                firstDay: file.versions[0].day,
                versions: file.versions.map { version in
                    let (recipe, blob) = (plan.recipes[version.blob], blobs[version.blob])
                    return StorageTruth.Version(
                        day: version.day,
                        payload: blob.digest,
                        length: blob.length,
                        modified: version.modified,
                        mime: recipe.mime,
                        isSilent: version.isSilent,
                        notes: recipe.notes,
                        hasDrawnText: recipe.hasDrawnText
                    )
                },
                removals: file.removals,
                returns: file.returns,
                status: file.status,
                evidence: file.evidence,
                work: file.work,
                nameEncoding: file.encoding.rawValue
            )
        }
        let updates = plan.files.flatMap { file in file.versions.filter { !$0.isSilent }.map(\.modified) }
        return StorageTruth(
            batchDays: plan.batchDays,
            lastUpdate: plan.batchDays.isEmpty ? nil : updates.max(),
            silenceSince: plan.batchDays.last.flatMap { last in
                (1...3).map(last.adding).first { $0.weekday <= 5 && $0 <= lastDay }
            },
            entries: entries.sorted { $0.path < $1.path }
        )
    }
}
