import Domain
import Foundation
import Testing
import Wire

@Suite struct FTPListingTests {
    private static let now = Timestamp(seconds: 1_705_320_000) // 15 January 2024, noon

    private func read(_ text: String) throws -> ListingReading {
        try #require(reader(Array((text.split(separator: "\n").joined(separator: "\r\n") + "\r\n").utf8)).finished)
    }

    private func reader(_ bytes: [UInt8]) -> (finished: ListingReading?, foreign: String?, rows: Int) {
        var reader = FTPListingReader(fetched: Self.now)
        reader.feed(bytes)
        let rows = reader.rowCount
        return (reader.finishReading(), reader.foreign, rows)
    }

    private func names(_ reading: ListingReading) -> [String] {
        reading.entries.map { String(decoding: $0.name.bytes, as: UTF8.self) }
    }

    // MARK: Unix

    @Test func unix() throws {
        let reading = try read(
            """
            total 12
            drwxr-xr-x    2 0        0            4096 Jan 15  2023 cuts
            drwxr-xr-x    2 0        0            4096 Jan 15  2023 .
            -rw-r--r--    1 0        0             204 Jan 15 09:13 notes of the day.txt
            -rw-r--r--    1 0        0             204 Dec 31 09:13  two leading
            lrwxrwxrwx    1 0        0               4 Jan 15 09:13 link -> cuts
            crw-r--r--    1 0        0          8,   1 Jan 15 09:13 device
            """
        )
        #expect(reading.format == "ftp unix" && reading.isWhole && reading.isExhaustive)
        #expect(names(reading) == ["cuts", "notes of the day.txt", " two leading", "link"])
        #expect(reading.entries.map(\.isFolder) == [true, false, false, false])
        #expect(reading.entries.map(\.isLink) == [false, false, false, true])
        #expect(reading.entries.others == 1 && reading.entries.unread == 0)
        let file = reading.entries[1].columns
        #expect(file.size == ListedSize(exactly: 204))
        #expect(file.time?.start == Timestamp("2024-01-15T09:13:00Z"))
        #expect(file.time?.grain == 60 && file.time?.zone == nil)
        #expect(file.shown == "Jan 15 09:13 204")
        // A day that is still to come this year was last year's.
        #expect(reading.entries[2].columns.time?.start == Timestamp("2023-12-31T09:13:00Z"))
        #expect(reading.entries[0].columns.time?.start == Timestamp("2023-01-15T00:00:00Z"))
        #expect(reading.entries[0].columns.time?.grain == 86_400)
    }

    /// Columns may be missing, or of several words; what counts is a size before a date.
    @Test(
        arguments: [
            "-rw-r--r-- 1 owner 204 Jan 15 2023 name", "-rw-r--r-- 204 Jan 15 2023 name",
            "-rw-r--r-- 1 1000 domain users 204 Jan 15 2023 name", "-rwxr-xr-x+ 1 o g 204 Jan 15 2023 name",
            "-rw-r--r-- 1 o g 204 15 Jan 2023 name", "-rw-r--r-- 1 o g 204 2023-01-15 00:00 name",
            "-rw-r--r-- 1 o g 204 1月 15 2023 name", "-rw-r--r-- 1 o g 204 1월  15  2023 name",
            "-rw-r--r-- 1 o g 204 Jan 15 00:00:00 2023 name", "- [R----F--] owner 204 Jan 15 2023 name",
            "-rw-r--r-- 1 Jan 15 204 Jan 15 2023 name",
        ]
    ) func columns(row: String) throws {
        let reading = try read(row)
        #expect(names(reading) == ["name"])
        #expect(reading.entries.first?.columns.size == ListedSize(exactly: 204))
        #expect(reading.entries.first?.columns.time?.start.day == Day("2023-01-15"))
    }

    @Test func otherLanguagesAreCompared() throws {
        let reading = try read("-rw-r--r-- 1 o g 204 Mrz 15 2023 name")
        let folder = ListedFolder(WebAddress(scheme: .ftp, host: "files.example"), .segments)
        let row = try #require(Listing(reading, of: folder)?.rows.first)
        #expect(row.size == ListedSize(exactly: 204) && row.time == nil)
        #expect(row.shown == "204 Mrz 15 2023")
    }

    @Test func zonesAndFractions() throws {
        let time = try read("-rw-r--r-- 1 o g 4 2024-01-15 09:30:12.000000000 +0900 name").entries.first?.columns.time
        #expect(time?.start == Timestamp("2024-01-15T00:30:12Z") && time?.zone == 32_400 && time?.grain == 1)
    }

    @Test(
        arguments: [
            ("lrwxrwxrwx 1 0 0 4 Jan 15 09:13 a -> b -> cuts", "a -> b"),
            ("lrwxrwxrwx 1 0 0 9 Jan 15 09:13 a -> b -> cuts", "a"),
            ("lrwxrwxrwx 1 0 0 99 Jan 15 09:13 a -> b -> cuts", "a"), ("lrwxrwxrwx 1 0 0 4 Jan 15 09:13 a", "a"),
        ]
    ) func linksWithArrows(row: String, name: String) throws {
        #expect(names(try read(row)) == [name])
    }

    // MARK: Other forms

    @Test func dos() throws {
        let reading = try read(
            """
            01-15-24  09:13AM       <DIR>          plans
            01-15-2024  09:13PM                  204 plan one.doc
            13-01-24  09:13AM                  204 odd
            01-15-24  09:13AM       <SYMLINKD>     way [C:\\way]
            """
        )
        #expect(reading.format == "ftp dos" && reading.isWhole)
        #expect(names(reading) == ["plans", "plan one.doc", "odd", "way"])
        #expect(reading.entries.map(\.isFolder) == [true, false, false, false])
        #expect(reading.entries[1].columns.time?.start == Timestamp("2024-01-15T21:13:00Z"))
        #expect(reading.entries[1].columns.size == ListedSize(exactly: 204))
        // Month or day first: nobody can tell, so it is not believed.
        #expect(reading.entries[2].columns.time == nil)
        #expect(reading.entries[3].isLink)
    }

    @Test func facts() throws {
        let reading = try read(
            """
            type=cdir;modify=20240115093012; /
            type=pdir;modify=20240115093012; ..
            Type=File;Size=204;Modify=20240115093012.123;Perm=r;Unique=7ag1; two = a; b
            type=dir;modify=20240115093012;  lead
            type=OS.unix=slink:/cuts; link
            type=OS.unix=chr-8/1; device
            """
        )
        #expect(reading.format == "ftp facts" && reading.isWhole)
        #expect(names(reading) == ["two = a; b", " lead", "link"])
        #expect(reading.entries[0].columns.size == ListedSize(exactly: 204))
        #expect(reading.entries[0].columns.time?.start == Timestamp("2024-01-15T09:30:12Z"))
        #expect(reading.entries[0].columns.time?.zone == 0)
        #expect(reading.entries[0].columns.shown == "2024-01-15T09:30:12.123Z 204")
        #expect(reading.entries[1].isFolder && reading.entries[2].isLink)
        let facts = try #require(FTPFacts(parsing: Array("type=file;size=4;perm=rw;unique=7a; n".utf8)[...]))
        #expect(facts.permissions == "rw" && facts.unique == Array("7a".utf8) && facts.size == 4)
    }

    @Test func eplf() throws {
        let reading = try read("+i8388621.48594,m825718503,r,s280,\tdjb.html\n+i8388621.50690,m824255907,/,\t514")
        #expect(reading.format == "ftp eplf")
        #expect(names(reading) == ["djb.html", "514"] && reading.entries.map(\.isFolder) == [false, true])
        #expect(reading.entries[0].columns.time?.start == Timestamp(seconds: 825_718_503))
        #expect(reading.entries[0].columns.size == ListedSize(exactly: 280))
    }

    @Test(
        arguments: [
            ("CII-MANUAL.TEX;1  213/216  29-JAN-1996 03:33:12  [ANONYMOU,ANONYMOUS]   (RWED,RWED,,)", "VMS"),
            ("Directory DISK$PUBLIC:[ANONYMOUS]", "VMS"),
            ("Volume Unit    Referred Ext Used Recfm Lrecl BlkSz Dsorg Dsname", "MVS"),
            ("QSYS           77824 02/23/00 15:09:55 *DIR       FILES/", "OS/400"), ("Welcome!", nil),
        ] as [(String, String?)]
    ) func foreignListingsAreRefused(row: String, system: String?) {
        let read = reader(Array((row + "\r\n").utf8))
        #expect(read.finished == nil)
        #expect(read.foreign == system)
        #expect(read.rows == 1)
    }

    // MARK: What is missing

    @Test func whatIsNotUnderstoodIsCounted() throws {
        let reading = try read("-rw-r--r-- 1 0 0 4 Jan 15 2023 a\nls: b: Permission denied\n01-15-24  09:13AM  4 c")
        #expect(names(reading) == ["a"])
        #expect(reading.entries.unread == 2 && !reading.isWhole)
    }

    @Test func aCutRowIsNotWhole() {
        let read = reader(Array("-rw-r--r-- 1 0 0 4 Jan 15 2023 a\r\n-rw-r--r-- 1 0 0 4 Jan 15 2023 b".utf8))
        #expect(read.finished?.entries.count == 2)
        #expect(read.finished?.isWhole == false)
    }

    @Test func nothingIsAnEmptyFolder() {
        let read = reader([])
        #expect(read.finished?.entries.isEmpty == true && read.finished?.isWhole == true)
    }

    /// Where rows end with CR and LF, a lone LF belongs to a name; where what follows is a row, nobody can tell.
    @Test func lineFeedsInNames() throws {
        let row = "-rw-r--r-- 1 0 0 4 Jan 15 2023 "
        let bytes = Array("\(row)first\r\n\(row)new\nline\r\n\(row)last\r\n".utf8)
        let reading = try #require(reader(bytes).finished)
        #expect(names(reading) == ["first", "new\nline", "last"] && reading.isWhole)
        let forged = Array("\(row)first\r\n\(row)new\n\(row)forged\r\n\(row)last\r\n".utf8)
        let doubtful = try #require(reader(forged).finished)
        #expect(names(doubtful) == ["first", "new", "forged", "last"] && !doubtful.isWhole)
    }

    @Test func limitsHold() throws {
        let long =
            Array("-rw-r--r-- 1 0 0 4 Jan 15 2023 ".utf8) + [UInt8](repeating: 0x61, count: FTPListingReader.maximumRow)
        let rest = Array("\n-rw-r--r-- 1 0 0 4 Jan 15 2023 b\n".utf8)
        let reading = try #require(reader(long + rest).finished)
        #expect(names(reading) == ["b"] && reading.entries.unread == 1 && !reading.isWhole)
        var many = FTPListingReader(fetched: Self.now)
        let rows = Array(repeatElement(Array("+r,\ta\r\n".utf8), count: 50_000).joined())
        for _ in 0..<41 { many.feed(rows) }
        let finished = many.finishReading()
        let cut = try #require(finished)
        #expect(cut.entries.count == FTPListingReader.maximumRows && !cut.isWhole)
    }

    @Test func linksAreSettled() throws {
        let folder = ListedFolder(WebAddress(scheme: .ftp, host: "files.example"), .segments)
        var reading = try read(
            ["a", "b", "c", "d"].map { "lrwxrwxrwx 1 0 0 1 Jan 15 2023 \($0) -> x" }.joined(separator: "\n")
        )
        let open = try #require(Listing(reading, of: folder))
        #expect(open.rows.isEmpty && open.unread == 4 && !open.isWhole)
        reading.entries.settle(0, as: .folder)
        reading.entries.settle(1, as: .file, size: 7, modified: Timestamp("2024-01-15T09:30:12Z"))
        reading.entries.settle(2, as: .nothing)
        reading.entries.settle(3, as: .file)
        let listing = try #require(Listing(reading, of: folder))
        #expect(listing.isWhole && listing.rows.map(\.isFolder) == [true, false, false])
        #expect(listing.rows[1].size == ListedSize(exactly: 7))
        #expect(listing.rows[1].time?.bounds == TimeBounds(at: try #require(Timestamp("2024-01-15T09:30:12Z"))))
        #expect(listing.rows[2].size == nil)
    }

    /// Captures of real servers, of one folder of 41 awkward names: MLSD and LIST show the same names.
    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["AJAR_TEST_DATA"] != nil, "set AJAR_TEST_DATA"),
        arguments: ["proftpd", "pureftpd", "pyftpdlib", "vsftpd"]
    ) func awkwardNames(server: String) throws {
        let data = URL(filePath: ProcessInfo.processInfo.environment["AJAR_TEST_DATA"] ?? "").appending(
            path: "listings"
        )
        let list = reader(Array(try Data(contentsOf: data.appending(path: "ftp-\(server)-LIST.txt")))).finished
        let rows = try #require(list)
        // Pure-FTPd leaves out names that break lines, and with others what is hidden.
        let count = ["pyftpdlib": 42, "pureftpd": 37][server] ?? 40
        #expect(rows.isWhole && rows.entries.count == count, "\(rows.entries.count)")
        #expect(rows.entries.contains { $0.name.bytes == Array(" lead.txt".utf8) })
        #expect(rows.entries.contains { $0.name.bytes == Array("new\nline.txt".utf8) } == (server != "pureftpd"))
        guard server != "vsftpd" else { return }
        let facts = reader(Array(try Data(contentsOf: data.appending(path: "ftp-\(server)-MLSD.txt")))).finished
        let machine = try #require(facts)
        #expect(machine.isWhole && machine.format == "ftp facts")
        let missing = Set(rows.entries.map(\.name)).subtracting(machine.entries.map(\.name))
        #expect(missing.isEmpty, "\(missing)")
    }
}
