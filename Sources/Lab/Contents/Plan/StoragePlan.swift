import Domain

/// All files of the storage server over all days, decided by the world and the seed alone; no bytes yet.
struct StoragePlan: Sendable {
    var recipes: [Recipe] = []
    var files: [PlannedFile] = []
    var batchDays: [Day] = []

    init(world: StorageWorld, seed: UInt64, firstDay: Day, lastDay: Day) {
        let (first, last) = (max(world.firstBatch, firstDay), min(world.lastBatch, lastDay))
        batchDays = first <= last ? (first.number...last.number).map(Day.init(number:)).filter { $0.weekday <= 5 } : []
        var planner = BatchPlanner(world: world, seed: seed, batchDays: batchDays)
        planner.addStock(before: first)
        for index in batchDays.indices { planner.addBatch(index) }
        planner.addChanges()
        (recipes, files) = (planner.recipes, planner.files)
    }
}
