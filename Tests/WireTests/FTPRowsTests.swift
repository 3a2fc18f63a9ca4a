import Testing
import Wire

@Suite struct FTPRowsTests {
    @Test func unixAndDOS() {
        let text = """
            total 12\r
            drwxr-xr-x    2 0        0            4096 Jan 15  2024 cuts\r
            -rw-r--r--    1 0        0             204 Jan 15 09:13 notes of the day.txt\r
            lrwxrwxrwx    1 0        0               4 Jan 15 09:13 link -> cuts\r
            01-15-24  09:13AM       <DIR>          plans\r
            01-15-24  09:13AM                  204 plan.doc\r
            -rw-r--r--    1 0        0             204 Jan 15 09:13 ../up\r

            """
        let rows = FTPRows(parsing: text.utf8)
        #expect(rows.files == ["notes of the day.txt", "plan.doc"])
        #expect(rows.folders == ["cuts", "plans"])
        #expect(rows.others == 2)
    }

    @Test func theLimitHolds() {
        let line = Array("-rw-r--r-- 1 0 0 4 Jan 15 09:13 a\n".utf8)
        let rows = FTPRows(parsing: Array(repeatElement(line, count: FTPRows.maximumRows + 5).joined()))
        #expect(rows.count == FTPRows.maximumRows)
    }

    @Test(
        arguments: [
            ("229 Entering Extended Passive Mode (|||4010|)\r\n", 4_010),
            ("227 Entering (127,0,0,1,15,170).\r\n", 4_010),
            ("229 Entering (|||70000|)\r\n", nil), ("227 Entering (1,2,3)\r\n", nil), ("229 ()\r\n", nil),
            ("200 (|||4010|)\r\n", nil),
        ] as [(String, UInt16?)]
    ) func portsOfData(text: String, port: UInt16?) throws {
        #expect(try FTPReply(parsing: text.utf8).dataPort == port)
    }
}
