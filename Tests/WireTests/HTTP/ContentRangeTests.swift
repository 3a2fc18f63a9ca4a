import Testing
import Wire

@Suite struct ContentRangeTests {
    @Test func readsRanges() throws {
        let range = try #require(ContentRange("bytes 100-199/5000"))
        #expect((range.first, range.last, range.total) == (100, 199, 5_000))
        #expect(ContentRange("BYTES 0-0/*")?.total == .some(nil))
    }

    @Test(arguments: [
        "", "bytes", "bytes 1-2", "bytes */500", "bytes 5-4/500", "bytes 0-500/500", "bytes -5-9/50", "bytes 1-/9",
        "bytes +1-2/9", "items 1-2/9", "bytes 1-2/3/4", "bytes 0-18446744073709551615/*",
        "bytes 0-99999999999999999999999/*", "bytes 1-2/18446744073709551616",
    ])
    func refusesWhatIsNone(text: String) {
        #expect(ContentRange(text) == nil)
    }
}
