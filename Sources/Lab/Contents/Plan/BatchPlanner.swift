import Domain

/// Fills the plan day by day; each day's choices come from the seed and the day.
struct BatchPlanner {
    let world: StorageWorld
    let seed: UInt64
    let batchDays: [Day]
    private(set) var recipes: [Recipe] = []
    private(set) var files: [PlannedFile] = []
    private var taken: Set<PathName> = []
    /// Where each production has come to: its next cut, from which the episode follows.
    private var nextCuts: [Int]
    private var nextReference = 1

    /// Cuts of one episode.
    static let cutsOfAnEpisode = 320

    init(world: StorageWorld, seed: UInt64, batchDays: [Day]) {
        self.world = world
        self.seed = seed
        self.batchDays = batchDays
        nextCuts = world.productions.indices.map { 8 + $0 * 9 }
    }

    /// Adds the recipe and returns its index.
    mutating func add(_ recipe: Recipe) -> Int {
        recipes.append(recipe)
        return recipes.count - 1
    }

    /// Places a new file below the home, unless its path is taken; then the file is left out.
    @discardableResult
    mutating func place(
        _ path: [UInt8],
        _ recipe: Recipe,
        at moment: Timestamp,
        status: Identification.Status,
        evidence: StorageTruth.Evidence,
        work: WorkName = WorkName(),
        encoding: TextEncoding = .utf8
    ) -> Int? {
        let path = PathName(bytes: Array("User/\(world.user)/home/".utf8) + path)
        guard taken.insert(path).inserted else { return nil }
        let version = PlannedFile.Version(day: moment.day, blob: add(recipe), modified: moment)
        files.append(
            PlannedFile(
                path: path,
                versions: [version],
                status: status,
                evidence: evidence,
                work: work,
                encoding: encoding
            )
        )
        return files.count - 1
    }

    mutating func place(_ named: NamedPiece, _ recipe: Recipe, at moment: Timestamp, for production: Int) {
        place(
            named.path,
            recipe,
            at: moment,
            status: .identified(project: world.productions[production].key),
            evidence: named.evidence,
            work: named.work,
            encoding: named.encoding
        )
    }

    mutating func update(_ index: Int, _ change: (inout PlannedFile) -> Void) { change(&files[index]) }

    /// The episode and the cut a production works on next.
    mutating func takeCut(of production: Int) -> (episode: Int, cut: Int) {
        let next = nextCuts[production]
        nextCuts[production] += 1
        let episode = world.productions[production].episode + next / Self.cutsOfAnEpisode
        return (episode, next % Self.cutsOfAnEpisode + 1)
    }

    /// The number of the next piece of reference material.
    mutating func takeReference() -> Int {
        nextReference += 1
        return nextReference - 1
    }

    /// A production, as often as its weight says.
    func production(_ generator: inout SeededGenerator) -> Int {
        generator.index(weighted: world.productions.map(\.weight))
    }

    /// The number that decides the looks of a production's character.
    func design(of production: Int, _ character: Int) -> UInt64 {
        var generator = SeededGenerator(seed, "design", world.productions[production].key, String(character))
        return generator.next()
    }
}
