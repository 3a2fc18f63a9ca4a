import Domain
import Testing

@Suite struct AddressSetTests {
    private func set(_ text: String) throws -> AddressSet { try #require(AddressSet(text)) }

    @Test func mergesNeighbours() throws {
        #expect(try set("10.0.0.2 10.0.0.0-10.0.0.1 10.0.0.4").description == "10.0.0.0-10.0.0.2 10.0.0.4")
    }

    @Test func subtractsHoles() throws {
        let whole = AddressSet([try #require(CIDR("127.45.176.0/22"))])
        #expect(whole.count == 1024)
        let rest = whole.subtracting(try set("127.45.176.0 127.45.177.5-127.45.177.9 127.45.179.255"))
        #expect(rest.count == 1024 - 7)
        #expect(rest.description == "127.45.176.1-127.45.177.4 127.45.177.10-127.45.179.254")
        #expect(whole.intersection(try set("127.45.179.255-127.45.180.9")).description == "127.45.179.255")
    }

    @Test func walksEveryAddressOnce() throws {
        let whole = AddressSet([try #require(CIDR("127.45.176.0/22")), try #require(CIDR("2001:db8::/126"))])
        let walked = Array(whole.addresses)
        #expect(walked.count == 1028)
        #expect(Set(walked).count == 1028)
        #expect(walked.allSatisfy(whole.contains))
        #expect(!whole.contains(IPAddress(v4: 0)))
    }

    @Test func wholeFamiliesSaturate() throws {
        #expect(AddressSet([try #require(CIDR("::/0"))]).count == Int.max)
        #expect(AddressSet([try #require(CIDR("0.0.0.0/0"))]).count == 1 << 32)
    }

    @Test(arguments: ["127.45.176.1/22", "1.2.3.4/33", "::/129", "1.2.3.4/", "1.2.3.4/08", "x/8"])
    func refusesBlocks(text: String) {
        #expect(CIDR(text) == nil)
    }
}
