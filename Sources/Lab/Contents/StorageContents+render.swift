import Domain
import Foundation
import SystemPackage

import struct Crypto.SHA256

extension StorageContents {
    /// Makes all recipes, as many at a time as there are cores.
    func render(
        into pool: FilePath,
        with rendering: Rendering,
        progress: @Sendable (StageProgress) -> Void
    ) async throws(LabError) -> Manifest {
        let recipes = plan.recipes
        var blobs: [Manifest.Blob?] = Array(repeating: nil, count: recipes.count)
        do {
            try await withThrowingTaskGroup(of: (Int, Manifest.Blob).self) { group in
                var next = 0
                var done = 0
                func addOne() {
                    guard next < recipes.count else { return }
                    let (number, recipe) = (next, recipes[next])
                    next += 1
                    group.addTask { (number, try await Self.make(recipe, number, in: pool, with: rendering)) }
                }
                for _ in 0..<max(ProcessInfo.processInfo.activeProcessorCount, 1) { addOne() }
                while let (number, blob) = try await group.next() {
                    try Task.checkCancellation()
                    blobs[number] = blob
                    done += 1
                    progress(StageProgress(done: done, total: recipes.count, what: "files"))
                    addOne()
                }
            }
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.environment, "the contents were not finished: \(error)", at: pool.string)
        }
        return Manifest(blobs: blobs.compactMap(\.self))
    }

    private static func make(
        _ recipe: Recipe,
        _ number: Int,
        in pool: FilePath,
        with rendering: Rendering
    ) async throws(LabError) -> Manifest.Blob {
        let bytes = try await rendering.bytes(of: recipe, number: number)
        guard let digest = Digest(bytes: SHA256.hash(data: bytes)) else {
            preconditionFailure("a SHA-256 has 32 bytes")
        }
        let blob = Manifest.Blob(digest: digest, length: UInt64(bytes.count))
        if !Manifest.holds(pool, digest.description, blob.length) {
            // Two tasks may make equal bytes at one time; each has a draft of its own.
            let draft = rendering.scratch.appending("\(number).blob")
            try PoolFile.write(bytes, to: draft)
            guard rename(draft.string, pool.appending(digest.description).string) == 0 else {
                throw LabError(.storage, "could not move a blob to its place", at: pool.string)
            }
        }
        return blob
    }
}
