import Domain
import Testing
import Wire

@Suite struct FTPReplyTests {
    private func reply(_ text: String) throws -> FTPReply { try FTPReply(parsing: (text + "\r\n").utf8) }

    @Test(
        arguments: [
            ("229 Entering Extended Passive Mode (|||4010|)", 4_010), ("229 Entering (!!!4010!)", 4_010),
            ("229 Entering (|1|198.51.100.7|4010|)", 4_010), ("227 Entering (127,0,0,1,15,170).", 4_010),
            ("227 Entering Passive Mode 198,51,100,7,15,170", 4_010), ("229 Entering (|||70000|)", nil),
            ("227 Entering (1,2,3)", nil), ("227 Entering (127,0,0,1,256,170)", nil), ("227 (127,0,0,1,0,0)", nil),
            ("229 ()", nil), ("229 |||4010|", nil), ("200 (|||4010|)", nil), ("227", nil),
        ] as [(String, UInt16?)]
    ) func portsOfData(text: String, port: UInt16?) throws {
        #expect(try reply(text).dataPort == port)
    }

    @Test(
        arguments: [
            ("257 \"/\" is the current directory", "/"), ("257 \"/a \"\"b\"\" c\" is it", "/a \"b\" c"),
            ("257 \"/no end", nil), ("257 none", nil), ("250 \"/\"", nil),
        ] as [(String, String?)]
    ) func foldersOfLogIns(text: String, folder: String?) throws {
        #expect(try reply(text).folder.map { String(decoding: $0, as: UTF8.self) } == folder)
    }

    @Test func sizesAndTimes() throws {
        #expect(try reply("213 5368709120").size == 5_368_709_120)
        #expect(try reply("213 12345678901234567890").size == nil)
        #expect(try reply("550 12").size == nil)
        #expect(try reply("213 -1").size == nil)
        #expect(try reply("213 20240115093012").modified == Timestamp("2024-01-15T09:30:12Z"))
        #expect(try reply("213 20240115093012.789").modified == Timestamp("2024-01-15T09:30:12Z"))
        // Servers that counted years from 1900 wrote 2024 so.
        #expect(try reply("213 191240115093012").modified == nil)
        #expect(try reply("213 20241315093012").modified == nil)
    }

    @Test func factsOfOneThing() throws {
        let reply = try reply("250-Listing\r\n type=dir;modify=20240115093012; /a b\r\n250 End")
        #expect(reply.facts?.kind == .folder && reply.facts?.name == Array("/a b".utf8)[...])
        #expect(try self.reply("250 Listing").facts == nil)
    }

    @Test func features() throws {
        let vsftpd = FTPFeatures(try reply("211-Features:\r\n EPSV\r\n MDTM\r\n REST STREAM\r\n SIZE\r\n211 End"))
        #expect(!vsftpd.hasFacts && vsftpd.hasTimes && vsftpd.hasSizes && vsftpd.restarts)
        let facts = FTPFeatures(try reply("211-x\r\n MLST Type*;Size*;Modify*;UNIX.mode;\r\n211 End"))
        #expect(facts.hasFacts && facts.choice == nil && !facts.hasTimes && !facts.restarts)
        let mute = FTPFeatures(try reply("211-x\r\n MLST type*;size;modify;perm;\r\n211 End"))
        #expect(mute.choice == "OPTS MLST type;size;modify;")
        let old = FTPFeatures(try reply("500 FEAT not understood"))
        #expect(!old.hasFacts && old.hasTimes && old.hasSizes && old.restarts)
    }

    @Test func wordsAreHarmless() throws {
        let words = try reply("550 \u{1b}[2Jno \u{202e}such " + String(repeating: "x", count: 500)).words
        #expect(words.count <= 200 && !words.contains("\u{1b}") && !words.contains("\u{202e}"))
    }
}
