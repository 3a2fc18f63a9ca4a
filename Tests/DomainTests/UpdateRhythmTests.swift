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

    // MARK: Chance

    @Test func aLongerQuietIsLessLikely() throws {
        let chances = (1...6).map { quiet in
            UpdateRhythm(looks: looks(days: 0..<(33 + quiet), until: 32)).chance
        }
        // Day 32 is a Friday; the two days after it are a weekend.
        #expect(chances[0] == nil && chances[1] == nil)
        let due = try chances[2...].map { try #require($0) }
        #expect(due == due.sorted(by: >))
        // 23 active days follow one another: the first quiet one has a chance of 1 in 25, each further one half of that.
        #expect(abs(due[0] - 1.0 / 25) < 0.001)
        #expect(abs(due[1] - 0.5 / 25) < 0.001)
    }

    @Test func aPauseThatWasSeenMakesTheNextOneLikelier() throws {
        // A week without updates in the middle, and three days at the end.
        let broken = looks(days: 0..<40, until: 34).map { look in
            let day = look.at.day.number - monday.number
            return (14..<21).contains(day) ? UpdateRhythm.Look(at: look.at, updates: 0) : look
        }
        let with = try #require(UpdateRhythm(looks: broken).chance)
        let without = try #require(UpdateRhythm(looks: looks(days: 0..<40, until: 34)).chance)
        #expect(with > 3 * without)
    }

    @Test func holidaysAreNoSilence() {
        let all = looks(days: 0..<40, until: 34)
        let holidays = Set((35..<40).map { monday.adding($0) })
        #expect(UpdateRhythm(looks: all).silenceSince != nil)
        let rhythm = UpdateRhythm(looks: all, holidays: holidays)
        #expect(rhythm.silenceSince == nil && rhythm.chance == nil && rhythm.quietDays == 0)
    }

    @Test func aSourceWithoutWeekdaysIsSilentOnceItIsHardlyChance() throws {
        // Every third day something comes, so that no weekday is due.
        func sparse(_ days: Range<Int>, until last: Int) -> [UpdateRhythm.Look] {
            days.map { .init(at: monday.adding($0).start, updates: $0 <= last && $0 % 3 == 0 ? 4 : 0) }
        }
        let soon = UpdateRhythm(looks: sparse(0..<65, until: 60))
        #expect(soon.weekdays.isEmpty && soon.silenceSince == nil)
        let late = UpdateRhythm(looks: sparse(0..<85, until: 60))
        #expect(late.silenceSince == monday.adding(61))
        #expect(try #require(late.chance) <= QuietChance.remarkable)
    }

    @Test func tooLittleIsNotJudged() {
        #expect(UpdateRhythm(looks: looks(days: 0..<8, until: 2)).chance == nil)
    }

    @Test func batchesAreThoseOfDaysWithUpdates() {
        let sizes = [nil, 5, 0, 9, 7, 0]
        let looks = sizes.enumerated().map { UpdateRhythm.Look(at: monday.adding($0).start, updates: $1) }
        let batch = UpdateRhythm(looks: looks).batch
        #expect([batch?.least, batch?.median, batch?.most] == [5, 7, 9])
    }

    // MARK: Hours

    @Test func hoursHintAtTheZoneOfTheirOffice() {
        // Nine to six in UTC+9 is midnight to nine in UTC.
        let modified = (0..<60).map { number in
            TimeBounds(at: monday.adding(number % 6).start.adding(seconds: Int64(number % 9) * 3_600 + 600))
        }
        let hours = UpdateHours(modified)
        #expect(hours.total == 60 && hours.days == 6)
        #expect(hours.stretch?.from == 0)
        #expect((8...10).contains(hours.officeHint ?? 0))
    }

    @Test func timesThatAreNotKnownToTheHourHintAtNothing() {
        let wide = (0..<60).map { number in
            let from = monday.adding(number).start
            return TimeBounds(notBefore: from, notAfter: from.adding(seconds: 28 * 3_600))
        }
        #expect(UpdateHours(wide).total == 0)
        #expect(UpdateHours(wide).officeHint == nil && UpdateHours([]).stretch == nil)
        let spread = (0..<240).map { TimeBounds(at: monday.start.adding(seconds: Int64($0) * 3_600)) }
        #expect(UpdateHours(spread).officeHint == nil)
    }
}
