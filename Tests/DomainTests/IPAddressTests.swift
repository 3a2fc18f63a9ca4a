import Domain
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        "0.0.0.0", "127.45.176.0", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:0:0:1", "1:2:3:4:5:6:7:8",
        "1:0:3:0:5:6:7:8",
    ])
    func roundTrips(text: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == text)
        #expect(IPAddress(bytes: address.bytes) == address)
    }

    @Test(arguments: [
        "", "1", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "+1.2.3.4", "1.2.3.4 ", ":", ":::", "1::2::3",
        "12345::",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1:", "1:2:3:4:5:6:7::8", "g::",
    ])
    func refuses(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func mappedAddressesAreUnmapped() throws {
        let mapped = try #require(IPAddress("::ffff:127.45.176.1"))
        #expect(mapped.unmapped == IPAddress("127.45.176.1"))
        #expect(IPAddress("::1")?.unmapped == IPAddress("::1"))
    }
}
