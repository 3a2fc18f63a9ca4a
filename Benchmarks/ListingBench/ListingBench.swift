import Domain
import Glibc
import Wire

/// Reads one listing of many entries, as nginx and as JSON, in pieces as they come from a connection.
///
/// `listing-bench COUNT` prints entries a second, the time until the rows can be asked for, and the most memory it took.
@main
struct ListingBench {
    static func main() {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
        let folder = WebAddress(scheme: .http, host: "files.example", target: "/data/")
        for (name, head, row, tail) in [nginx, json] {
            let clock = ContinuousClock()
            var reader = ListingReader(at: folder)
            var rows = 0
            // Only the reading is timed, not the making of the page.
            var time = clock.measure { reader.feed(head.utf8) }
            var piece: [UInt8] = []
            for number in 0..<count {
                piece += row(number).utf8
                if piece.count >= 1 << 16 {
                    time += clock.measure { reader.feed(piece) }
                    piece.removeAll(keepingCapacity: true)
                }
            }
            time += clock.measure {
                reader.feed(piece)
                reader.feed(tail.utf8)
                rows = reader.finish()?.rows.reduce(0) { $0 + ($1.size == nil ? 0 : 1) } ?? 0
            }
            let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
            var usage = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            print(
                "\(name): \(rows) rows, \(Int(Double(rows) / seconds)) a second, at most \(usage.ru_maxrss >> 10) MiB so far"
            )
        }
    }

    private typealias Page = (name: String, head: String, row: @Sendable (Int) -> String, tail: String)

    private static let nginx: Page = (
        "nginx", "<title>Index of /data/</title><h1>Index of /data/</h1><hr><pre><a href=\"../\">../</a>\n",
        { number in
            let name = "file%20number-\(number).jpg"
            return "<a href=\"\(name)\">file number-\(number).jpg</a>          15-Jan-2024 09:13     \(number)\n"
        }, "</pre><hr></body></html>"
    )

    private static let json: Page = (
        "nginx json", "[\n{ \"name\":\"in\", \"type\":\"directory\", \"mtime\":\"Mon, 15 Jan 2024 09:13:20 GMT\" }",
        { number in
            ",\n{ \"name\":\"file number-\(number).jpg\", \"type\":\"file\", "
                + "\"mtime\":\"Mon, 15 Jan 2024 09:13:20 GMT\", \"size\":\(number) }"
        }, "\n]"
    )
}
