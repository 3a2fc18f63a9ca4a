import Domain
import Testing

/// What reading a share again proves.
@Suite struct AuditTests {
    @Test func chancesGrowWithTheDays() {
        let audit = Audit(share: 0.05, rereadAfterDays: 7).concluded
        #expect(audit.chances.map(\.days) == [1, 3, 7, 30])
        #expect(abs(audit.chances[0].probability - 0.05) < 1e-12)
        #expect(abs(audit.chances[1].probability - 0.142_625) < 1e-9)
        #expect(audit.chances[2].probability == 1 && audit.chances[3].probability == 1)
        #expect(audit.changedAtMost == nil)
        #expect(audit.probability(after: 0) == 0)
        #expect(abs(audit.probability(after: 2) - 0.0975) < 1e-12)
    }

    /// Values of Clopper and Pearson's one-sided bound, as R's `binom.test(k, n, alternative = "less")` gives it.
    @Test(arguments: [(0, 59, 0.049_51), (0, 1_000, 0.002_991), (1, 100, 0.046_56), (5, 50, 0.198_83), (3, 3, 1.0)])
    func boundsOfTheShareThatChanged(changed: Int, drawn: Int, bound: Double) throws {
        var audit = Audit(share: 0.1, rereadAfterDays: 30)
        (audit.drawn, audit.drawnChanged) = (drawn, changed)
        let found = try #require(audit.concluded.changedAtMost)
        #expect(abs(found - bound) < bound / 500, "\(found)")
    }
}
