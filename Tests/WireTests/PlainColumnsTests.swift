import Domain
import Testing

@testable import Wire

/// The short way through a row's columns leads where the long one does.
@Suite struct PlainColumnsTests {
    @Test(arguments: [
        "15-Jan-2024 09:13     1234", " 15-Jan-2024 09:13:59 0 ", "2024-01-15 09:13\t77", "2024-01-15 09:13:20   -",
        "2024-01-15T09:13:20Z\t5", "Mon, 15 Jan 2024 09:13:20 GMT\t123456789012345678", "29-Feb-2024 23:59 1",
        "2024-12-31 23:59:60 9", "2024-01-15 00:00", "01-sep-1970 00:00 -\t",
    ])
    func commonRowsGoTheShortWay(text: String) throws {
        let plain = try #require(PlainColumns(Array(text.utf8)))
        let found = ListedColumns(searching: Array(text.utf8))
        #expect(plain.time == found.time && plain.size == found.size && plain.shown == found.shown && found.isDated)
    }

    @Test(arguments: [
        "", "-", "1234", "32-Jan-2024 09:13 1", "30-Feb-2024 09:13 1", "15-Foo-2024 09:13 1", "15-Jan-2024 25:13 1",
        "15-Jan-2024 09:61 1", "15-Jan-2024 09:13 1.5M", "15-Jan-2024 09:13 12 KB", "2024-01-15 09:13 PM 12",
        "15-Jan-2024 09:13 GMT 12", "2024-01-15T09:13:20+09:00 1", "Mon, 15 Jan 2024 09:13:20 1",
        "15-Jan-2024 09:13 1234567890123456789012", "15-Jan-2024", "15-Jan-20249 09:13 1", "15-Jan-2024 09:1",
        "Foo, 15 Jan 2024 09:13:20 GMT 1", "15-Jan-1969 09:13 1", "name 15-Jan-2024 09:13 1", "2024-01-15 09:13 1 note",
    ])
    func otherRowsGoTheLongWay(text: String) { #expect(PlainColumns(Array(text.utf8)) == nil) }

    /// Whatever bytes stand in the place of those that are right, the two ways agree or the short one is not taken.
    @Test func agreesForEveryByteInEveryPlace() {
        let rows = [
            "15-Jan-2024 09:13  1234", "2024-01-15 09:13:20 77", "2024-01-15T09:13:20Z 5",
            "Mon, 15 Jan 2024 09:13:20 GMT 12",
        ]
        var taken = 0
        for row in rows {
            for at in 0..<row.utf8.count {
                for byte in UInt8.min...UInt8.max {
                    var bytes = Array(row.utf8)
                    bytes[at] = byte
                    guard let plain = PlainColumns(bytes) else { continue }
                    taken += 1
                    let found = ListedColumns(searching: bytes)
                    if plain.time != found.time || plain.size != found.size || plain.shown != found.shown {
                        Issue.record("\(bytes): \(plain.shown), \(found.shown)")
                    }
                }
            }
        }
        #expect(taken > rows.count * 50)
    }
}
