import Domain
import Testing
import Wire

/// Times in the forms that servers and index scripts use.
@Suite struct ListedDateTests {
    @Test(
        arguments: [
            ("15-Jan-2024 09:13", 1_705_309_980, 60, nil), ("2024-Jan-15 09:13:20", 1_705_310_000, 1, nil),
            ("2024/01/15 09:13", 1_705_309_980, 60, nil), ("15.01.2024 09:13:20", 1_705_310_000, 1, nil),
            ("1/15/2024  9:13 AM", 1_705_309_980, 60, nil), ("1/5/2024 9:13 PM", 1_704_489_180, 60, nil),
            ("Monday, January 15, 2024 9:13 AM", 1_705_309_980, 60, nil),
            ("Jan 15 2024 09:13 AM", 1_705_309_980, 60, nil),
            ("Jan 15th 2024 at 9:13am", 1_705_309_980, 60, nil), ("15Jan2024 09:13", 1_705_309_980, 60, nil),
            ("15/Jan/24", 1_705_276_800, 86_400, nil), ("January-15-2024 09:13", 1_705_309_980, 60, nil),
            ("Mon, 15 Jan 2024 09:13:20 GMT", 1_705_310_000, 1, 0), ("2024-01-15T09:13:20Z", 1_705_310_000, 1, 0),
            ("2024-01-15T17:13:20.123+08:00", 1_705_310_000, 1, 28_800), ("@1705310000", 1_705_310_000, 1, 0),
            ("Mon Jan 15 2024 18:13:20 GMT+0900 (JST)", 1_705_310_000, 1, 32_400),
        ] as [(String, Int64, Int64, Int64?)]
    ) func times(text: String, start: Int64, grain: Int64, zone: Int64?) {
        let time = ListedColumns(Array(text.utf8)).time
        #expect(time?.start == Timestamp(seconds: start))
        #expect(time?.grain == grain)
        #expect(time?.zone == zone)
    }

    /// Dates that may mean two days, or no year of ours: a date stands there, and is not believed.
    @Test(arguments: [
        "1/5/2024 09:13", "05-01-24 10:00", "May 23 11:34", "3 weeks ago", "۱۳۹۷-۱۰-۰۳ ۱۹:۳۶:۳۷", "2024-02-30 10:00",
    ]) func doubtfulDates(text: String) {
        let columns = ListedColumns(Array(text.utf8))
        #expect(columns.isDated)
        #expect(columns.time == nil)
    }

    @Test(arguments: ["1.2.3", "version 10-11", "127.0.0.1", "one", "12:30", "may be", "5 of 6"])
    func wordsThatAreNoDate(text: String) {
        #expect(!ListedColumns(Array(text.utf8)).isDated)
    }

    @Test(
        arguments: [
            ("drwxr-xr-x root root Jan 15 2024 14 MB", 13_000_000, 15_728_640), ("15-Jan-2024 09:13\t12 B", 12, 12),
            ("1.5 GB\t2024-01-15", 1_400_000_000, 1_717_986_919), ("21836k", 22_359_040, 22_361_088),
            ("9 Mo\tJan 15 2024", 8_000_000, 10_485_760),
            ("-rw- 1 525508520 Dec 28 14:11:45", 525_508_520, 525_508_520),
        ] as [(String, UInt64, UInt64)]
    ) func sizes(text: String, least: UInt64, most: UInt64) {
        let size = ListedColumns(Array(text.utf8)).size
        #expect(size == ListedSize(atLeast: least, atMost: most), "\(String(describing: size))")
    }
}
