import Census
import Domain
import Foundation
import TestSupport
import Testing

/// Which names are websites, on real servers with all the ways in which they answer to names that are none.
@Suite(.enabled(if: isInstalled("nginx") && isInstalled("nsd"), "needs nginx and nsd"), .serialized)
struct WebsiteTests {
    private static let ten = (0..<10).map { "site\($0).zz" }

    private func zone(_ lines: [String]) -> [String: String] {
        [
            "zz.": "$ORIGIN zz.\n$TTL 60\n@ IN SOA ns1 root 1 2 3 4 5\n@ IN NS ns1\n"
                + lines.joined(separator: "\n") + "\n"
        ]
    }

    private func page(_ name: String, body: String = "") -> String {
        "return 200 '<html><head><title>\(name)</title></head><body>This is \(name). \(body)</body></html>';"
    }

    /// The websites that a census finds, as `name:port`, with the name server and the web servers given.
    private func websites(
        _ octet: Int,
        zone lines: [String],
        ports: [UInt16],
        names: [String] = [],
        files: [String: String] = [:],
        blocks: (_ address: String) -> String
    ) async throws -> (found: Set<String>, outcome: CensusOutcome) {
        let address = try #require(IPAddress("127.101.2.\(octet)"))
        let server = Endpoint(address, 5_300)
        return try await withNameServer(at: server, zones: zone(["ns1 IN A 127.101.2.250"] + lines)) {
            let endpoints = ports.map { Endpoint(address, $0) }
            return try await withServers(blocks("\(address)"), listensAt: endpoints, files: files) {
                try await Workbench.running("127.101.2.\(octet)/32", names: names, zones: ["zz"], nameServers: [server])
                {
                    bench in
                    let outcome = try await bench.census(endpoints)
                    #expect(outcome.completeness == .complete)
                    return (Set(outcome.websites.map { "\($0.name):\($0.endpoint.port)" }), outcome)
                }
            }
        }
    }

    @Test func tenNamesOnOneAddressAndADefaultThatIsNone() async throws {
        let lines = Self.ten.map { "\($0). IN A 127.101.2.1" } + ["host1 IN A 127.101.2.1"]
        let (found, outcome) = try await websites(1, zone: lines, ports: [8_080]) { address in
            "server { listen \(address):8080 default_server; return 404; }"
                + Self.ten.map { "server { listen \(address):8080; server_name \($0); \(page($0)) }" }.joined()
        }
        #expect(found == Set(Self.ten.map { "\($0):8080" }))
        #expect(outcome.websites.allSatisfy { $0.status == 200 && $0.seal != nil && $0.origins == [.zone] })
        #expect(outcome.websites.allSatisfy { $0.title == $0.name })
    }

    @Test func theDefaultSitesOwnNameIsFoundAndTheMachinesNameIsNot() async throws {
        let address = "127.101.2.2"
        let reverse =
            "$ORIGIN 2.101.127.in-addr.arpa.\n$TTL 60\n@ IN SOA ns1.zz. root.zz 1 2 3 4 5\n"
            + "@ IN NS ns1.zz.\n2 IN PTR web2.zz.\n"
        let place = try #require(IPAddress(address))
        let server = Endpoint(place, 5_300)
        var zones = zone([
            "ns1 IN A 127.101.2.250", "song IN A \(address)", "web2 IN A \(address)", "other IN A \(address)",
        ])
        zones["2.101.127.in-addr.arpa."] = reverse
        let web = Endpoint(place, 8_080)
        let blocks =
            "server { listen \(web) default_server; \(page("Songs")) }"
            + "server { listen \(web); server_name other.zz; \(page("Other")) }"
        try await withNameServer(at: server, zones: zones) {
            try await withServers(blocks, listensAt: [web]) {
                try await Workbench.running("127.101.2.0/24", zones: ["zz"], nameServers: [server]) { bench in
                    let targets = AddressSet([try #require(CIDR("127.101.2.0/28"))])
                    let outcome = try await bench.census([web], targets: targets)
                    #expect(Set(outcome.websites.map(\.name)) == ["song.zz", "other.zz"])
                    let remarks = outcome.remarks.map(\.what)
                    #expect(remarks.contains { $0.contains("root.zz.2.101.127.in-addr.arpa.") }, "\(remarks)")
                    #expect(outcome.names.contains { $0.type == "PTR" && $0.data == "web2.zz." })
                }
            }
        }
    }

    @Test func aParkedPageForAllNamesIsOneWebsite() async throws {
        let lines = Self.ten.map { "\($0). IN A 127.101.2.3" }
        let (found, _) = try await websites(3, zone: lines, ports: [8_080]) { address in
            "server { listen \(address):8080; return 200 'The name $host is parked here, asked as $request_id.'; }"
        }
        #expect(found == ["site0.zz:8080"])
    }

    @Test func aBareAddressWithContentIsAWebsite() async throws {
        let (found, outcome) = try await websites(4, zone: [], ports: [8_081]) { address in
            "server { listen \(address):8081; \(page("Remote access")) }"
        }
        #expect(found == ["127.101.2.4:8081"])
        #expect(outcome.websites.first?.title == "Remote access")
    }

    @Test func anErrorOfItsOwnIsAWebsiteToo() async throws {
        let lines = ["shut IN A 127.101.2.5", "broken IN A 127.101.2.5", "plain IN A 127.101.2.5"]
        let (found, outcome) = try await websites(5, zone: lines, ports: [8_080]) { address in
            "server { listen \(address):8080 default_server; return 404; }"
                + "server { listen \(address):8080; server_name shut.zz; return 403; }"
                + "server { listen \(address):8080; server_name broken.zz; return 503; }"
        }
        #expect(found == ["shut.zz:8080", "broken.zz:8080"])
        #expect(Set(outcome.websites.map(\.status)) == [403, 503])
    }

    /// A certificate may name more hosts than the ledger takes of facts: the census goes on, and has the names.
    @Test(.enabled(if: isInstalled("nginx"), "needs nginx"))
    func certificatesOfManyNamesAreTaken() async throws {
        try await withTemporaryFolder("certificate") { folder in
            let names = (0..<400).map { "host-with-a-long-name-\($0).secure.zz" }
            let files = try await certificate(for: names, in: folder)
            let place = Endpoint(try #require(IPAddress("127.101.2.9")), 8_443)
            let keys = "ssl_certificate \(files.certificate); ssl_certificate_key \(files.key);"
            let block = "server { listen \(place) ssl default_server; \(keys) \(page("Many")) }"
            try await withServers(block, listensAt: [place]) {
                try await Workbench.running("127.101.2.9/32") { bench in
                    let service = try #require(try await bench.census([place]).services.first)
                    #expect(service.speaks == .https)
                    #expect(service.facts["tls.names"]?.contains("host-with-a-long-name-7.secure.zz") == true)
                }
            }
        }
    }

    @Test func redirectsLinksAndCertificatesLeadOn() async throws {
        try await withTemporaryFolder("certificate") { folder in
            let files = try await certificate(for: ["secure.zz", "press.zz"], in: folder)
            let address = try #require(IPAddress("127.101.2.6"))
            let server = Endpoint(address, 5_300)
            let hidden = ["vellum", "catalogue", "press", "start", "old", "secure", "twice"]
            let zones = zone(["ns1 IN A 127.101.2.250"] + hidden.map { "\($0) IN A \(address)" })
            let (plain, secure) = (Endpoint(address, 8_080), Endpoint(address, 8_443))
            let keys = "ssl_certificate \(files.certificate); ssl_certificate_key \(files.key);"
            let blocks = """
                server { listen \(plain) default_server; return 404; }
                server { listen \(plain); server_name start.zz; \(page("Start", body: "<a href=\"http://vellum.zz:8080/x\">a</a>")) }
                server { listen \(plain); server_name vellum.zz; \(page("Archive")) }
                server { listen \(plain); server_name old.zz; return 301 http://catalogue.zz:8080/; }
                server { listen \(plain); server_name catalogue.zz; \(page("Catalogue", body: "<a href=\"http://outside.example/\">o</a>")) }
                server { listen \(plain); server_name twice.zz; return 301 https://twice.zz:8443/; }
                server { listen \(secure) ssl default_server; \(keys) return 404; }
                server { listen \(secure) ssl; server_name twice.zz; \(keys) \(page("Twice")) }
                server { listen \(secure) ssl; server_name press.zz; \(keys) \(page("Press")) }
                server { listen \(secure) ssl; server_name secure.zz; \(keys) return 302 http://192.0.2.7/; }
                """
            try await withNameServer(at: server, zones: zones, transfer: false) {
                try await withServers(blocks, listensAt: [plain, secure]) {
                    let names = ["start.zz", "old.zz", "twice.zz", "secure.zz"]
                    try await Workbench.running(
                        "127.101.2.6/32",
                        names: names,
                        zones: ["zz"],
                        nameServers: [server]
                    ) { bench in
                        let outcome = try await bench.census([plain, secure])
                        let found = outcome.websites.map { "\($0.name):\($0.endpoint.port)" }
                        let expected = [
                            "start.zz:8080", "vellum.zz:8080", "catalogue.zz:8080", "twice.zz:8080", "twice.zz:8443",
                            "press.zz:8443",
                        ]
                        #expect(Set(found) == Set(expected))
                        #expect(found.count == expected.count)
                        let origins = Dictionary(outcome.websites.map { ($0.name, $0.origins) }) { a, _ in a }
                        #expect(origins["vellum.zz"] == [.link])
                        #expect(origins["catalogue.zz"] == [.redirect])
                        #expect(origins["press.zz"] == [.certificate])
                        let remarks = outcome.remarks.map(\.what)
                        #expect(remarks.contains { $0.contains("192.0.2.7") }, "\(remarks)")
                        let service = try #require(outcome.services.first { $0.endpoint == secure })
                        #expect(service.speaks == .https)
                        #expect(service.facts["tls.subject"]?.contains("secure.zz") == true)
                        #expect(service.facts["tls.names"]?.contains("press.zz") == true)
                        #expect(service.facts["tls.spki-sha256"]?.count == 64)
                    }
                }
            }
        }
    }
}
