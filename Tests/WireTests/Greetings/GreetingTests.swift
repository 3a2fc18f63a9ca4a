import Domain
import Foundation
import TestSupport
import Testing
import Wire

/// The first words of real servers, captured on loopback, and of servers that mean no good.
@Suite struct GreetingTests {
    private func capture(_ folder: String, _ name: String) throws -> [UInt8] {
        let file = try #require(
            goldenFiles(in: folder, extension: "bin").first { $0.lastPathComponent == "\(name).bin" }
        )
        return Array(try Data(contentsOf: file))
    }

    @Test func readsOpenSSH() throws {
        let bytes = try capture("ssh", "openssh-9.2")
        let server = try SSHIdentification(parsing: bytes)
        #expect(server.version == "2.0")
        #expect(server.software == "OpenSSH_9.2p1")
        #expect(server.comment?.hasPrefix("Debian-2") == true)
        let offer = try SSHKeyExchange(parsing: bytes[server.end...])
        #expect(offer.hostKeys == ["ssh-ed25519"])
        #expect(offer.keyExchange.contains("curve25519-sha256"))
        #expect(offer.compression.sent == ["none", "zlib@openssh.com"])
        #expect(offer.hasshText.split(separator: ";").count == 4)
    }

    @Test func anySSHPrefixIsUnfinished() throws {
        let bytes = try capture("ssh", "openssh-9.2")
        let end = try SSHIdentification(parsing: bytes).end
        for length in 0..<end {
            #expect(throws: SSHIdentification.Fault.unfinished) { try SSHIdentification(parsing: bytes[..<length]) }
        }
        let packet = Array(bytes[end...])
        for length in 0..<packet.count {
            #expect(throws: SSHKeyExchange.Fault.unfinished) { try SSHKeyExchange(parsing: packet[..<length]) }
        }
    }

    @Test func refusesWhatIsNoSSH() {
        #expect(throws: SSHIdentification.Fault.notSSH) { try SSHIdentification(parsing: Array("HTTP/1.1 400".utf8)) }
        #expect(throws: SSHIdentification.Fault.tooLong) {
            try SSHIdentification(parsing: Array("SSH-2.0-".utf8) + Array(repeating: 0x61, count: 600))
        }
        #expect(throws: SSHIdentification.Fault.tooLong) {
            try SSHIdentification(parsing: Array(repeating: 0x0a, count: 9_000))
        }
        #expect(throws: SSHKeyExchange.Fault.badLength) { try SSHKeyExchange(parsing: [0xff, 0xff, 0xff, 0xff, 1]) }
        #expect(throws: SSHKeyExchange.Fault.otherMessage(2)) { try SSHKeyExchange(parsing: [0, 0, 0, 4, 1, 2, 0, 0]) }
        var packet: [UInt8] = [0, 0, 0, 40, 4, 20] + Array(repeating: 0, count: 16)
        packet += [0x7f, 0xff, 0xff, 0xff] + Array(repeating: 0, count: 20)
        #expect(throws: SSHKeyExchange.Fault.badList) { try SSHKeyExchange(parsing: packet) }
    }

    @Test func readsVsftpd() throws {
        let bytes = try capture("ftp", "vsftpd-3.0")
        let greeting = try FTPReply(parsing: bytes)
        #expect(greeting.code == 220)
        #expect(greeting.lines == [Array("(vsFTPd 3.0.3)".utf8)])
        let features = try FTPReply(parsing: bytes[greeting.end...])
        #expect(features.features == ["EPRT", "EPSV", "MDTM", "PASV", "REST STREAM", "SIZE", "TVFS"])
    }

    @Test func readsMail() throws {
        let bytes = try capture("smtp", "smtp-sink-3.7")
        let greeting = try SMTPReply(parsing: bytes)
        #expect(greeting.serverName == "mail.zz")
        #expect(greeting.namesProtocol)
        let answer = try SMTPReply(parsing: bytes[greeting.end...])
        #expect(answer.extensions.contains("PIPELINING"))
    }

    @Test(arguments: [
        ("220", CodedReply.Fault.unfinished), ("22", .unfinished), ("220 no end", .unfinished),
        ("220-\r\n", .unfinished),
        ("HTTP/1.1 200 OK\r\n", .noCode), ("999 x\r\n", .noCode), ("2200 x\r\n", .noCode), ("", .unfinished),
        ("220\u{b}x\r\n", .noCode),
    ])
    func refusesWhatIsNoReply(text: String, fault: CodedReply.Fault) {
        #expect(throws: fault) { try CodedReply(parsing: Array(text.utf8)) }
    }

    @Test func anEndlessReplyIsTooLong() {
        let line = Array("220-more\r\n".utf8)
        let endless = Array(repeating: line, count: 10_000).flatMap(\.self)
        #expect(throws: CodedReply.Fault.tooLong) { try CodedReply(parsing: endless) }
    }

    @Test func readsRsync() throws {
        let bytes = try capture("rsync", "rsync-3.2")
        let greeting = try RsyncGreeting(parsing: bytes)
        #expect(greeting.version == "32.0")
        #expect(greeting.digests.contains("md5"))
        let list = RsyncModules(parsing: bytes[greeting.end...])
        #expect(list.modules == [.init(name: Array("pub".utf8), comment: Array("public files".utf8))])
        #expect(list.isComplete)
        #expect(list.notice.first == Array("Welcome to the archive".utf8))
    }

    @Test func rsyncHasLimits() {
        #expect(throws: RsyncGreeting.Fault.notRsync) { try RsyncGreeting(parsing: Array("@RSYNCX: 1\n".utf8)) }
        #expect(throws: RsyncGreeting.Fault.tooLong) {
            try RsyncGreeting(parsing: Array("@RSYNCD: ".utf8) + Array(repeating: 0x31, count: 2_000))
        }
        let many = Array(repeating: Array("m\tc\n".utf8), count: 5_000).flatMap(\.self)
        #expect(RsyncModules(parsing: many).modules.count == RsyncModules.maximumModules)
    }

    @Test func knowsTLSAnswers() throws {
        #expect(try TLSAnswer(parsing: capture("tls", "nginx-1.22-hello")) == .hello(version: 0x0303))
        #expect(try TLSAnswer(parsing: capture("tls", "nginx-1.22-alert")) == .alert(40))
        #expect(TLSAnswer.name(ofAlert: 40) == "handshake_failure")
        for text in ["HTTP/1.1 400 Bad", "SSH-2.0-x\r\n", "220 mail\r\n"] {
            #expect(throws: TLSAnswer.Fault.notTLS) { try TLSAnswer(parsing: Array(text.utf8)) }
        }
        let hello = try capture("tls", "nginx-1.22-hello")
        for length in 0..<11 {
            #expect(throws: TLSAnswer.Fault.unfinished) { try TLSAnswer(parsing: hello[..<length]) }
        }
    }

    @Test func aClientHelloIsOneWholeRecord() {
        let bytes = ClientHello(random: [7]).bytes
        #expect(Array(bytes.prefix(3)) == [22, 3, 1])
        #expect(Int(bytes[3]) << 8 | Int(bytes[4]) == bytes.count - 5)
        #expect(bytes[5] == 1 && Int(bytes[7]) << 8 | Int(bytes[8]) == bytes.count - 9)
    }

    @Test func controlCharactersAreVisible() {
        #expect(printable([0x61, 0x1b, 0x5b, 0x32]) == "a\\x1b[2")
        #expect(printable([0xff, 0x62]) == "\\xffb")
        // A command of eight-bit terminals, and a turn of the writing's direction.
        #expect(printable(Array("a\u{9b}2Jb".utf8)) == "a\\xc2\\x9b2Jb")
        #expect(printable(Array("x\u{202e}gpj".utf8)) == "x\\xe2\\x80\\xaegpj")
        #expect(printable(Array("中".utf8)) == "中")
    }

    /// One server's words are never another protocol's.
    @Test func noGreetingPassesForAnother() throws {
        let ssh = try capture("ssh", "openssh-9.2")
        let rsync = try capture("rsync", "rsync-3.2")
        #expect(throws: CodedReply.Fault.noCode) { try CodedReply(parsing: ssh) }
        #expect(throws: CodedReply.Fault.noCode) { try CodedReply(parsing: rsync) }
        #expect(throws: RsyncGreeting.Fault.notRsync) { try RsyncGreeting(parsing: ssh) }
    }
}
