import Domain
import Foundation
import Testing
import Wire

/// Pages captured from real servers, all of one folder of awkward names.
@Suite struct ListingTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/Listings")

    private func page(_ name: String) throws -> [UInt8] {
        let file = name.contains(".") ? name : "\(name).html"
        return Array(try Data(contentsOf: Self.folder.appending(path: file)))
    }

    private func address(_ path: String) throws -> WebAddress {
        try #require(WebAddress("http://files.example\(path)"))
    }

    private static let gbk: [UInt8] = [0xb5, 0xda, 0x33, 0xbc, 0xaf, 0x5f, 0xbe, 0xb5, 0xcd, 0xb7]

    /// The folder that was served: names in order of their times, which are a day and 61 seconds apart, and lengths.
    private static let files: [(name: [UInt8], length: UInt64)] = [
        (Array("two words.txt".utf8), 12), (Array("100% done.txt".utf8), 999), (Array("%41.txt".utf8), 1_023),
        (gbk + Array("12.txt".utf8), 1_536), (Array("\u{d55c}\u{ae00}_\u{bb38}\u{c11c}.txt".utf8), 10_240),
        (Array("e\u{301}tude.txt".utf8), 150_000), (Array(".profile".utf8), 5),
        (Array("it's \"quoted\" <b>&amp;.txt".utf8), 77), (Array("line\nbreak.txt".utf8), 8),
        (Array(repeating: UInt8(ascii: "n"), count: 200) + Array(".png".utf8), 3_000_000),
        (Array("C:colon.txt".utf8), 1), (Array("javascript:x".utf8), 2), (Array("hash#1?query=2.txt".utf8), 3),
        (Array("..%2fup.txt".utf8), 4), (Array("empty.dat".utf8), 0), (Array("A.TGA".utf8), 52_428_800),
        (Array("plus+sign.txt".utf8), 6), (Array("back\\slash.txt".utf8), 9),
        (Array("rtl_\u{202e}gpj.exe".utf8), 11), (Array(" lead".utf8), 13), (Array("~tilde".utf8), 14),
        (Array("semi;colon".utf8), 15),
    ]
    private static let folders: [[UInt8]] = [
        Array("sub dir".utf8), Array("2024-01-15".utf8), [0x83, 0x4a, 0x83, 0x62, 0x83, 0x67], Array("x%20y".utf8),
    ]
    private static let firstTime = Timestamp(seconds: 1_705_310_000)

    /// Captures of the awkward folder: file, format, and the path that it was served at.
    private static let captures = [
        ("nginx", "nginx", "/awkward/"), ("nginx-inexact", "nginx", "/inexact/awkward/"),
        ("nginx-fancyindex", "nginx fancyindex", "/awkward/"), ("nginx-json.json", "nginx json", "/awkward/"),
        ("nginx-xml.xml", "nginx xml", "/awkward/"), ("apache-table", "apache table", "/awkward/"),
        ("apache-pre", "apache pre", "/pre/awkward/"), ("apache-pre-narrow", "apache pre", "/default/awkward/"),
        ("apache-plain", "apache plain", "/plain/awkward/"), ("lighttpd", "lighttpd", "/awkward/"),
        ("caddy", "caddy", "/awkward/"), ("caddy-json.json", "caddy json", "/awkward/"),
        ("python", "python", "/awkward/"), ("webfs", "webfs", "/awkward/"), ("thttpd", "thttpd", "/awkward/"),
        ("copyparty", "copyparty", "/awkward/"), ("copyparty-json.json", "copyparty json", "/awkward/"),
        ("webdav-nginx.xml", "webdav", "/awkward/"), ("webdav-copyparty.xml", "webdav", "/awkward/"),
    ]
    /// Captures that leave out what begins with a dot.
    private static let hiding: Set = [
        "nginx", "nginx-inexact", "nginx-fancyindex", "nginx-json.json", "nginx-xml.xml", "lighttpd", "copyparty",
        "copyparty-json.json", "webdav-nginx.xml", "webdav-copyparty.xml",
    ]
    /// Formats that show neither times nor sizes.
    private static let bare: Set = ["apache plain", "python"]
    /// Formats that do not tell folders from files.
    private static let flat: Set = ["thttpd"]
    /// Formats that write a name with a colon as a link that leads elsewhere, and do not escape what HTML means.
    private static let careless: Set = ["webfs"]
    private static let marked = Array("it's \"quoted\" <b>&amp;.txt".utf8)

    /// How Python writes bytes that are no UTF-8: as code points that no character has, in what would be their UTF-8.
    private static func asPythonHas(_ name: [UInt8]) -> [UInt8] {
        var written: [UInt8] = []
        var rest = name[...]
        while let first = rest.first {
            let character = (1...4).lazy.compactMap { String(validating: rest.prefix($0), as: UTF8.self)?.utf8.count }
                .first
            if let character {
                written += rest.prefix(character)
            } else {
                let code = 0xdc00 + UInt32(first)
                written += [0xed, UInt8(0x80 | (code >> 6 & 0x3f)), UInt8(0x80 | (code & 0x3f))]
            }
            rest = rest.dropFirst(character ?? 1)
        }
        return written
    }

    @Test(arguments: captures) func readsAwkwardNames(file: String, format: String, path: String) throws {
        let listing = try #require(ListingReader.read(try page(file), at: address(path)))
        #expect(listing.format == format)
        #expect(listing.isComplete)
        #expect(listing.showsAbsence)
        #expect(listing.unusable == 0)
        let isCareless = Self.careless.contains(format)
        #expect(listing.outside == (isCareless ? 2 : 0))
        let shown = Self.files.filter {
            !(Self.hiding.contains(file) && $0.name.first == UInt8(ascii: "."))
                && !(isCareless && ($0.name.contains(UInt8(ascii: ":")) || $0.name == Self.marked))
        }
        let rows = Dictionary(uniqueKeysWithValues: listing.rows.map { ($0.name.bytes, $0) })
        let spelled = { (name: [UInt8]) in format == "python" ? Self.asPythonHas(name) : name }
        let folders = Set(Self.folders.map(spelled))
        #expect(Set(rows.keys).isSuperset(of: Set(shown.map(\.name).map(spelled)).union(folders)))
        #expect(rows.count == shown.count + folders.count + (isCareless ? 1 : 0))
        let isFlat = Self.flat.contains(format)
        #expect(Set(listing.rows.filter(\.isFolder).map(\.name.bytes)) == (isFlat ? [] : folders))
        for (index, file) in Self.files.enumerated() {
            guard !Self.bare.contains(format), let row = rows[file.name] else { continue }
            let time = Self.firstTime.adding(seconds: Int64(index) * 86_461)
            #expect(row.size?.contains(file.length) == true, "\(row.name) \(row.shown)")
            #expect(row.time?.bounds.contains(time) == true, "\(row.name) \(row.shown)")
            guard row.time?.grain != 86_400 else { continue }
            #expect(row.time?.isShown(of: time) == true)
            #expect(row.time?.isShown(of: time.adding(seconds: 60)) == false)
        }
    }

    @Test func sizesAreExactWhereTheServerIsExact() throws {
        let exact = try #require(ListingReader.read(try page("nginx"), at: address("/awkward/")))
        let rounded = try #require(ListingReader.read(try page("apache-table"), at: address("/awkward/")))
        #expect(exact.rows.allSatisfy { $0.size?.isExact ?? $0.isFolder })
        #expect(rounded.rows.contains { $0.size?.isExact == false })
    }

    @Test(arguments: [
        "nginx-empty", "nginx-fancyindex-empty", "nginx-xml-empty.xml", "apache-table-empty", "apache-pre-empty",
        "apache-plain-empty", "lighttpd-empty", "caddy-empty", "python-empty", "webfs-empty", "thttpd-empty",
        "copyparty-empty", "copyparty-json-empty.json", "webdav-nginx-empty.xml", "webdav-copyparty-empty.xml",
    ]) func emptyFoldersAreListings(file: String) throws {
        let path = file.contains("-pre-") ? "/pre/void/" : file.contains("-plain-") ? "/plain/void/" : "/void/"
        let listing = try #require(ListingReader.read(try page(file), at: address(path)))
        #expect(listing.rows.isEmpty)
        #expect(listing.showsAbsence)
    }

    @Test func rootsHaveNoParent() throws {
        let table = try #require(ListingReader.read(try page("apache-root"), at: address("/")))
        #expect(table.rows.map(\.target) == ["/awkward/", "/void/"])
        let plain = try #require(ListingReader.read(try page("apache-plain-root"), at: address("/plain/")))
        #expect(plain.rows.map(\.target) == ["/plain/awkward/", "/plain/void/"])
    }

    /// A page cut off anywhere is either no listing, or one that knows that it is not whole.
    @Test(arguments: captures) func cutPagesAreNotWhole(file: String, format: String, path: String) throws {
        let bytes = try page(file)
        let isData = file.hasSuffix(".json") || file.hasSuffix(".xml")
        let ends = isData ? ["</D:multistatus>", "</list>", "]"] : ["</pre>", "</table>", "</ul>"]
        let end = try #require(ends.compactMap { bytes.lastIndex(of: Array($0.utf8)) }.max())
        for length in stride(from: 0, to: end, by: 61) {
            let listing = ListingReader.read(bytes[..<length], at: try address(path))
            #expect(listing?.isComplete != true, "\(length) bytes")
        }
    }

    @Test(arguments: [
        "", "<html>", "<h1>It works!</h1>", "<title>503 Service Temporarily Unavailable</title><h1>503</h1><hr>",
        "<title>Login</title><form><input type=password></form>",
        "<title>Index of /</title><h1>Index of /</h1><pre><a href='../'>../</a><input type=password></pre>",
        "<title>Index of /data/</title><h1>Index of /data/</h1><p>Nothing to see here.</p>",
        "<title>Index of wonders</title><h1>Index of wonders</h1><ul><li><a href=/buy>Buy now</a><li><a href=b>News</a></ul>",
        "<title>Parked</title><a href='/a'>a</a><a href='/b'>b</a>",
        "<ul><li><a href='a.txt'>a.txt</a></li></ul>", "[]", "{}", "[1,2]", "{\"error\":\"not found\"}",
        "{\"code\":401,\"message\":\"token is expired\",\"data\":null}", "<Error><Code>AccessDenied</Code></Error>",
        "[{\"name\":\"a\"},{\"name\":\"b\"}]", "<?xml version='1.0'?><list><file>x</file>", "plain words", "\u{0}",
    ]) func otherPagesAreNoListings(page: String) throws {
        #expect(ListingReader.read(page.utf8, at: try address("/")) == nil)
    }

    @Test func hostileRowsAreDropped() throws {
        let time = "</a>  15-Jan-2024 09:13  1\n"
        let references = [
            "http://other.example/x", "//other.example/x", "https://files.example/a/x", "/elsewhere/x", "b/c",
            "%2e%2e/", "%2e", "a%2fb", "a%00b", "?C=N;O=D", "./", "", "javascript:alert(1)", "file:///etc/passwd",
            "good.txt", "good.txt", "../../x", "x?y",
        ]
        let rows = references.map { "<a href=\"\($0)\">x\(time)" }.joined()
        let page = "<title>Index of /a/</title><h1>Index of /a/</h1><pre><a href=\"../\">../</a>\n\(rows)</pre>"
        let listing = try #require(ListingReader.read(page.utf8, at: address("/a/")))
        #expect(listing.rows.map(\.name.description) == ["good.txt"])
        #expect(listing.unusable == 4)
        #expect(listing.outside == 9)
    }

    @Test(
        arguments: [
            ("0", 0, 0), ("5368709120", 5_368_709_120, 5_368_709_120), ("1.2K", 1_126, 1_332), ("10K", 9_216, 11_264),
            ("2.0 GiB", 2_040_109_465, 2_254_857_831), ("312 B", 312, 312), ("1,024", 1_024, 1_024),
        ] as [(String, UInt64, UInt64)]
    ) func sizes(text: String, least: UInt64, most: UInt64) {
        let columns = ListedColumns(Array("2024-01-15 09:13  \(text)".utf8))
        #expect(columns.size == ListedSize(atLeast: least, atMost: most))
    }

    @Test(arguments: ["-", "", "K", "99999999999999999999999", "9E9", "1.2.3K", "999999E", ".5K", "one"])
    func wordsThatAreNoSize(text: String) {
        #expect(ListedColumns(Array("2024-01-15 09:13  \(text)".utf8)).size == nil)
    }

    @Test(arguments: ["2024-13-01 10:00", "2024-02-30 10:00", "32-Jan-2024 10:00", "2024-Foo-01 10:00"])
    func wordsThatAreNoTime(text: String) {
        #expect(ListedColumns(Array(text.utf8)).time == nil)
    }

    @Test func everyFormatIsListedAndDocumented() throws {
        let sources = Self.folder.appending(path: "../../../../Sources/Wire/Listings").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { $0.hasSuffix("Listing.swift") && $0 != "Listing.swift" }.map { String($0.dropLast(6)) }
        #expect(Set(files) == Set(listingFormats.map { "\(type(of: $0))" }))
        let manual = try String(contentsOf: sources.appending(path: "../../../docs/collect.md"), encoding: .utf8)
        for format in listingFormats {
            #expect(manual.contains("`\(format.name)`"), "\(format.name) in docs/collect.md")
        }
    }

    @Test func survivesGarbage() throws {
        var pages = try Self.captures.map { try page($0.0) }
        for index in pages.indices {
            for _ in 0..<40 {
                let place = Int.random(in: 0..<pages[index].count)
                pages[index][place] = UInt8.random(in: 0...255)
                _ = ListingReader.read(pages[index], at: try address("/awkward/"))
            }
        }
    }
}

extension [UInt8] {
    fileprivate func lastIndex(of part: [UInt8]) -> Int? {
        indices.reversed().first { self[$0...].starts(with: part) }
    }
}
