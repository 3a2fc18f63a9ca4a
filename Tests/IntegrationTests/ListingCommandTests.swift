import Foundation
import TestSupport
import Testing

@Suite struct ListingCommandTests {
    private struct Said: Decodable {
        struct Entry: Decodable {
            struct Size: Decodable {
                var atLeast: UInt64
                var isExact: Bool
            }

            struct Time: Decodable {
                var notBefore: String
                var notAfter: String
                var grain: Int
            }

            var link: String
            var name: String
            var text: String
            var encoding: String
            var kind: String
            var size: Size?
            var modified: Time?
            var target: String?
        }

        var parser: String
        var isExhaustive: Bool
        var isComplete: Bool
        var files: Int
        var folders: Int
        var outside: Int
        var entries: [Entry]
    }

    private static let page = """
        <html><head><title>Index of /data/</title></head><body><h1>Index of /data/</h1><hr><pre><a href="../">../</a>
        <a href="in/">in/</a>                    15-Jan-2024 09:13       -
        <a href="%B5%DA3%BC%AF_%BE%B5%CD%B7.txt">x.txt</a>   15-Jan-2024 09:13    1234
        <a href="b%E2%80%AE.txt">b.txt</a>   15-Jan-2024 09:13    12
        </pre><hr></body></html>
        """

    @Test func saysWhatAPageLists() async throws {
        try await withTemporaryFolder("listing") { folder in
            try Data(Self.page.utf8).write(to: folder.appending(path: "page.html"))
            let base = "http://files.example/data/"
            let (text, status) = try await Program.ajar(["listing", "page.html", "--base", base, "--json"], in: folder)
            #expect(status == 0)
            let said = try JSONDecoder().decode(Said.self, from: Data(text.utf8))
            #expect(said.parser == "nginx" && said.isExhaustive && said.isComplete)
            #expect((said.files, said.folders, said.outside) == (2, 1, 0))
            let entry = said.entries[1]
            #expect(entry.link == "%B5%DA3%BC%AF_%BE%B5%CD%B7.txt" && entry.target == "/data/" + entry.link)
            #expect(entry.name == entry.link && entry.text == "第3集_镜头.txt" && entry.encoding == "GB18030")
            #expect(entry.size?.atLeast == 1_234 && entry.size?.isExact == true)
            #expect(entry.modified?.grain == 60)
            #expect(!text.unicodeScalars.contains("\u{202e}"))
            let table = try await Program.ajar(["listing", "page.html", "--base", base], in: folder)
            #expect(table.status == 0 && table.text.contains("2 files, 1 folders, read as nginx"))
        }
    }

    @Test func whatIsNoListingEndsWith65() async throws {
        try await withTemporaryFolder("listing") { folder in
            try Data("<title>503</title><h1>Try again later</h1>".utf8).write(to: folder.appending(path: "page.html"))
            let (text, status) = try await Program.ajar(["listing", "page.html"], in: folder)
            #expect(status == 65)
            #expect(text.split(separator: "\n").count == 1 && text.contains("no listing"))
            #expect(try await Program.ajar(["listing", "absent.html"], in: folder).status == 66)
            #expect(try await Program.ajar(["listing", "page.html", "--base", "nowhere"], in: folder).status == 64)
        }
    }
}
