import Domain
import Testing

@Suite struct TimeTests {
    @Test func daysRoundTrip() throws {
        for number in stride(from: -800_000, through: 800_000, by: 37) where Day(number: number).parts.year > 0 {
            let day = Day(number: number)
            let (year, month, date) = day.parts
            #expect(Day(year: year, month: month, day: date) == day)
        }
        let leap = try #require(Day("2024-02-29"))
        #expect(leap.adding(1).description == "2024-03-01")
        #expect(leap.weekday == 4)
        #expect(Day("2023-02-29") == nil)
    }

    @Test(arguments: ["2024-01-15T09:30:00Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z"])
    func timesRoundTrip(text: String) throws {
        #expect(try #require(Timestamp(text)).description == text)
    }

    @Test(arguments: [
        "", "2024-01-15T", "2024-01-15T09:30Z", "2024-01-15T25:00:00Z", "2024-13-01", "2024-01-15T09:30:00",
    ])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func aSimulatedClockRuns() {
        let clock = CaseClock.simulated(from: Timestamp(seconds: 1_000))
        #expect(clock.isSimulated)
        #expect(clock.now() >= Timestamp(seconds: 1_000))
        #expect(!CaseClock.system.isSimulated)
    }
}
