import Census
import Domain
import Foundation
import Scope
import TestSupport
import Testing
import Wire

@Suite struct NameTests {
    private let seal = Seal(leaf: 1, record: "urn:uuid:1", payload: nil, length: 0)

    private func remarks(_ records: [(String, String, String)], zones: [String] = ["zz."]) throws -> [String] {
        var findings = NameFindings()
        findings.records = records.map { NameRecord(owner: $0.0, type: $0.1, data: $0.2, seal: seal) }
        for (owner, type, data) in records where type == "A" {
            findings.addresses[NameFindings.host(owner)] = [try #require(IPAddress(data))]
        }
        let range = AddressSet([try #require(CIDR("127.101.6.0/24"))])
        let scope = Scope(name: "t", addresses: range, zones: zones, contact: "t@example.org")
        let all = ZoneRemarks(scope: scope, zones: zones.compactMap { DNSName($0) }).all(in: findings)
        #expect(all.allSatisfy { $0.seal == seal })
        return all.map(\.what)
    }

    @Test(arguments: [
        ("zz.", "TXT", "\"vspf1 ipv4:175.45.176.70 -all\"", "does not begin with v=spf1"),
        ("zz.", "TXT", "\"v=spf1 ipv4:127.101.6.1 -all\"", "a term that does not exist"),
        ("179.45.175.in-addr.arpa.", "SOA", "ns1.zz. root.kptc.zz.179.45.175.in-addr.arpa. 1 2 3 4 5", "last dot"),
        ("9.6.101.127.in-addr.arpa.", "PTR", "host.zz.6.101.127.in-addr.arpa.", "last dot"),
        ("zz.", "MX", "10 mail.zz.zz.", "last dot"), ("zz.", "NS", "ns3.zz.", "missing glue"),
        ("far.zz.", "A", "192.0.2.1", "out of scope"),
    ])
    func remarksOnOddities(owner: String, type: String, data: String, expected: String) throws {
        let found = try remarks([(owner, type, data)])
        #expect(found.contains { $0.contains(expected) }, "\(found)")
    }

    @Test(arguments: [
        ("zz.", "TXT", "\"v=spf1 ip4:127.101.6.1 -all\""), ("zz.", "TXT", "\"see the spf page\""),
        ("zz.", "SOA", "ns1.zz. root.zz. 1 2 3 4 5"), ("9.6.101.127.in-addr.arpa.", "PTR", "host.zz."),
        ("0/25.6.101.127.in-addr.arpa.", "CNAME", "1.0/25.6.101.127.in-addr.arpa."), ("zz.", "NS", "ns.elsewhere.yy."),
        ("near.zz.", "A", "127.101.6.7"),
    ])
    func saysNothingOfWhatIsRight(owner: String, type: String, data: String) throws {
        #expect(try remarks([(owner, type, data)]) == [])
    }

    @Test func reverseNamesComeBack() throws {
        for text in ["127.101.6.7", "2001:db8::1", "::"] {
            let address = try #require(IPAddress(text))
            #expect(NameFindings.address(ofReverse: NameFindings.host(NameFindings.reverse(address))) == address)
        }
        #expect(NameFindings.address(ofReverse: "x.6.101.127.in-addr.arpa") == nil)
        #expect(NameFindings.address(ofReverse: "host.zz") == nil)
    }

    @Test func aliasesAreFollowedAndCirclesEnd() throws {
        var findings = NameFindings()
        let address = try #require(IPAddress("127.101.6.9"))
        findings.addresses["c"] = [address]
        findings.aliases = ["a": "b", "b": "c", "x": "y", "y": "x"]
        #expect(findings.known("a") == [address])
        #expect(findings.known("x") == nil)
    }

    @Test func ranksClaimsToADefaultPage() {
        let order = [
            ClaimRank(ground: .page, name: "z.zz"), ClaimRank(ground: .certificate, name: "y.zz"),
            ClaimRank(ground: .spokenOf, name: "b.zz"), ClaimRank(ground: .spokenOf, name: "www.b.zz"),
            ClaimRank(ground: .zone, name: "a.zz"), ClaimRank(ground: .zone, name: "b.zz"),
            ClaimRank(ground: .machine, name: "a.zz"),
        ]
        #expect(order.reversed().sorted() == order)
    }
}
