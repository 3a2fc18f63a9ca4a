/// What a character looks like, decided by its design's number.
struct Looks: Sendable {
    enum Hair: Sendable, CaseIterable {
        case spiky
        case bob
        case tail
        case tails
        case cap
    }

    enum Clothes: Sendable, CaseIterable {
        case dress
        case shorts
        case coat
    }

    let hair: Hair
    let clothes: Clothes
    let hasScarf: Bool
    let hasBag: Bool
    /// 0.85 to 1.15: a stout or a slim build.
    let build: Double
    let eyeSize: Double
    let hairLength: Double

    init(_ design: UInt64) {
        var generator = SeededGenerator(design, "looks")
        hair = generator.pick(Hair.allCases)
        clothes = generator.pick(Clothes.allCases)
        hasScarf = generator.chance(0.4)
        hasBag = generator.chance(0.4)
        build = generator.number(from: 0.88, to: 1.15)
        eyeSize = generator.number(from: 0.85, to: 1.2)
        hairLength = generator.number(from: 0.8, to: 1.3)
    }
}
