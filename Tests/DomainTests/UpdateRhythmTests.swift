import Domain
import Testing

@Suite struct UpdateRhythmTests {
    private let monday = Day(number: 19_737) // 2024-01-15

    private func looks(days: Range<Int>, until last: Int, except gaps: Set<Int> = []) -> [UpdateRhythm.Look] {
        days.filter { !gaps.contains($0) }.map { offset in
            let day = monday.adding(offset)
            return .init(at: day.start.adding(seconds: 72_000), updates: offset <= last && day.weekday <= 5 ? 10 : 0)
        }
    }

    @Test func silenceBeginsOnTheNextDueDay() {
        // The last update is a Friday, so the first day that should have brought one is the Monday after.
        let rhythm = UpdateRhythm(looks: looks(days: 0..<35, until: 18))
        #expect(rhythm.weekdays == [1, 2, 3, 4, 5])
        #expect(rhythm.lastUpdate?.notAfter?.day == monday.adding(18))
        #expect(rhythm.silenceSince == monday.adding(21))
    }

    @Test func updatesThatGoOnAreNoSilence() {
        #expect(UpdateRhythm(looks: looks(days: 0..<35, until: 34)).silenceSince == nil)
        #expect(UpdateRhythm(looks: []).lastUpdate == nil)
    }

    @Test func aGapIsNoEvidence() {
        let rhythm = UpdateRhythm(looks: looks(days: 0..<35, until: 18, except: Set(19..<35)))
        #expect(rhythm.silenceSince == nil)
        #expect(rhythm.lastUpdate?.notBefore?.day == monday.adding(17))
    }
}
