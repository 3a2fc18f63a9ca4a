import Domain
import Foundation
import Scope
import TestSupport
import Testing
import Wire

@Suite struct GateNamesTests {
    private static let zone = """
        $ORIGIN inside.test.
        $TTL 300
        @ IN SOA ns1 host\\.master.inside.test. 2024011501 3600 600 86400 300
        @ IN NS ns1
        @ IN MX 10 mail
        @ IN TXT "v=spf1 -all" "second \\"part\\""
        @ IN CAA 0 issue "ca.test"
        ns1 IN A 127.76.0.1
        mail IN A 127.76.0.25
        www IN A 127.76.0.80
        www IN A 127.66.0.1
        www IN AAAA fd00::80
        alias IN CNAME chain
        chain IN CNAME www
        loop IN CNAME loop2
        loop2 IN CNAME loop
        out IN CNAME www.outside.test.
        lost IN A 127.66.0.1
        _ftp._tcp IN SRV 1 2 21 www
        odd IN TYPE65280 \\# 3 010203
        \(longText)
        """

    /// An answer that fits no datagram.
    private static let longText = (0..<40).map { "long IN TXT \"\(String(repeating: "x", count: 200))\($0)\"" }
        .joined(separator: "\n")

    private func withNSD<Result>(at text: String, _ body: (Endpoint) async throws -> Result) async throws -> Result {
        let folder = try TemporaryFolder("nsd")
        let address = try address(text)
        let endpoint = Endpoint(address, try freePort(on: address))
        try folder.write("inside.test.zone", (Self.zone + "\n").utf8)
        let configuration = """
            server:
              ip-address: \(address)@\(endpoint.port)
              port: \(endpoint.port)
              username: ""
              zonesdir: "\(folder.path)"
              pidfile: "\(folder.path)/nsd.pid"
              xfrdfile: "\(folder.path)/xfrd.state"
              zonelistfile: "\(folder.path)/zone.list"
              xfrdir: "\(folder.path)"
              database: ""
              server-count: 1
            remote-control:
              control-enable: no
            zone:
              name: inside.test
              zonefile: inside.test.zone
              provide-xfr: 127.0.0.0/8 NOKEY

            """
        let file = try folder.write("nsd.conf", configuration.utf8)
        let command = Daemon.Command("/usr/sbin/nsd", ["-d", "-c", file.path], listensAt: [endpoint])
        return try await Daemon.running(command) { _ in try await body(endpoint) }
    }

    private func question(_ name: String, _ type: DNSType) throws -> DNSQuestion {
        DNSQuestion(try #require(DNSName(name)), type)
    }

    @Test(.enabled(if: isInstalled("nsd"), "nsd is not installed"))
    func readsARealServer() async throws {
        try await withNSD(at: "127.76.0.1") { server in
            let gate = Gate(scope: try scope("127.76.0.0-127.76.0.255", zones: ["inside.test"], nameServers: [server]))
            for (type, data) in [
                (DNSType.mx, "10 mail.inside.test."), (.ns, "ns1.inside.test."),
                (.txt, "\"v=spf1 -all\" \"second \\\"part\\\"\""), (.caa, "0 issue \"ca.test\""),
                (.soa, "ns1.inside.test. host\\.master.inside.test. 2024011501 3600 600 86400 300"),
            ] {
                let reply = try await gate.ask(try question("INSIDE.test", type), of: server)
                #expect(reply.answers.map { $0.data.lowercased() } == [data.lowercased()])
                #expect(reply.isAuthoritative)
                #expect(reply.transport == .udp)
            }
            let service = try await gate.ask(try question("_ftp._tcp.inside.test.", .srv), of: server)
            #expect(service.answers.map(\.data) == ["1 2 21 www.inside.test."])
            let odd = try await gate.ask(try question("odd.inside.test", DNSType(rawValue: 65_280)), of: server)
            #expect(odd.answers.map(\.data) == ["\\# 3 010203"])
            let none = try await gate.ask(try question("none.inside.test", .a), of: server)
            #expect(none.code == 3)
            let refused = try await gate.ask(try question("outside.test", .a), of: server)
            #expect(refused.code == 5)
            let long = try await gate.ask(try question("long.inside.test", .txt), of: server)
            #expect(long.transport == .tcp)
            #expect(long.answers.count == 40)
        }
    }

    @Test(.enabled(if: isInstalled("nsd"), "nsd is not installed"))
    func transfersAZone() async throws {
        try await withNSD(at: "127.76.0.2") { server in
            let gate = Gate(scope: try scope("127.76.0.0-127.76.0.255", nameServers: [server]))
            let zone = try await gate.transferZone("inside.test", from: server)
            #expect(zone.isComplete)
            #expect(zone.answers.count { $0.type == .soa } == 2)
            #expect(zone.nameRecords(seal: nil).contains { $0.owner == "www.inside.test." && $0.data == "fd00::80" })
            #expect(zone.answers.count { $0.type == .txt } == 41)
            let refused = try await gate.transferZone("outside.test", from: server)
            #expect(!refused.isComplete)
            #expect(refused.code != 0)
        }
    }

    /// A server that gives a zone drop by drop keeps nobody for longer than the limit.
    @Test func aDrippingTransferEnds() async throws {
        let messages = 400
        let script = HostileServer.Script { received in
            guard received.count > 14 else { return nil }
            let header = [received[2], received[3], 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0]
            let message = header + [0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 127, 0, 0, 1]
            let framed = [0, UInt8(message.count)] + message
            return [.drip(Array(repeatElement(framed, count: messages).joined()), pause: 2)]
        }
        try await HostileServer.running(at: try address("127.76.0.5"), script) { server in
            let gate = Gate(scope: try scope("127.76.0.5-127.76.0.5"))
            let zone = try await gate.transferZone("inside.test", from: server.endpoint, within: .milliseconds(500))
            #expect(!zone.isComplete)
            #expect((1..<messages).contains(zone.answers.count))
        }
    }

    @Test(.enabled(if: isInstalled("nsd"), "nsd is not installed"))
    func resolvesIntoTheScopeOnly() async throws {
        try await withNSD(at: "127.76.0.3") { server in
            let scope = try scope(
                "127.76.0.0-127.76.0.255 fd00::-fd00::ff",
                names: ["www.outside.test"],
                zones: ["inside.test"],
                nameServers: [server]
            )
            let gate = Gate(scope: scope)
            let expected = [try address("127.76.0.80"), try address("fd00::80")]
            #expect(try await gate.resolve("www.inside.test") == expected)
            #expect(try await gate.resolve("ALIAS.inside.test.") == expected)
            #expect(try await gate.resolve("127.76.0.9") == [try address("127.76.0.9")])
            #expect(try await gate.resolve("::ffff:127.76.0.9") == [try address("127.76.0.9")])
            for name in [
                "lost.inside.test", "outside.test", "localhost", "127.66.0.1", "2130706433", "::ffff:127.66.0.1",
            ] {
                let error = try await #require(throws: GateError.self) { try await gate.resolve(name) }
                #expect(error.isRefusedByScope, "\(error)")
            }
            for name in ["loop.inside.test", "none.inside.test", "out.inside.test"] {
                let error = try await #require(throws: GateError.self) { try await gate.resolve(name) }
                #expect(!error.isRefusedByScope, "\(error)")
            }
        }
    }

    @Test func garbageIsNoAnswer() async throws {
        let here = try address("127.76.0.4")
        let server = Endpoint(here, try freePort(on: here))
        let gate = Gate(scope: try scope("127.76.0.4", nameServers: [server]))
        let script = HostileServer.Script { _ in [.send([0, 3, 1, 2, 3])] }
        let error = try await #require(throws: GateError.self) {
            try await HostileServer.running(at: here, port: server.port, script) { _ in
                try await gate.transferZone("inside.test", from: server)
            }
        }
        guard case .protocolError = error.code else {
            Issue.record("\(error)")
            return
        }
        #expect(error.received == [1, 2, 3])
    }
}
