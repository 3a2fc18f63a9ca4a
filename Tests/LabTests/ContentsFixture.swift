import Domain
import Foundation

@testable import Lab

/// Worlds to test the storage server's contents with.
enum ContentsFixture {
    /// The tables of the shipped world.
    static func shipped() throws -> (storage: StorageWorld, log: AccessLogWorld) {
        let world = try World.load()
        return (world.storage, world.accessLog)
    }

    static let firstDay = Day(number: 19_730)
    static let lastDay = Day(number: 19_745)

    /// Seven batches from Monday 8 January 2024, small enough to be drawn in a test.
    static func small() throws -> StorageWorld {
        var world = try shipped().storage
        world.firstBatch = firstDay
        world.lastBatch = firstDay.adding(8)
        world.filesADay = [20, 22]
        world.clipsADay = [0, 1]
        (world.changes, world.removals, world.returns, world.rewrites) = (4, 2, 1, 1)
        (world.noteFaults, world.misnamed) = (2, 2)
        world.stock = StorageWorld.Stock(references: 4, horses: 1, pages: 2)
        return world
    }

    static func smallContents(seed: UInt64 = 7) throws -> StorageContents {
        try StorageContents(world: small(), seed: seed, firstDay: firstDay, lastDay: lastDay)
    }

    static func shippedPlan(seed: UInt64) throws -> StoragePlan {
        let world = try shipped().storage
        return StoragePlan(world: world, seed: seed, firstDay: world.firstBatch, lastDay: world.lastBatch.adding(15))
    }
}
