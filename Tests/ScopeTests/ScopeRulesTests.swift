import Domain
import Scope
import Testing

@Suite struct ScopeRulesTests {
    @Test(arguments: [
        ("127.45.176.1", true), ("127.45.180.0", false), ("::ffff:127.45.176.1", true), ("::ffff:127.66.0.1", false),
        ("::127.45.176.1", false), ("64:ff9b::7f2d:b001", false), ("127.45.176.200", false), ("0.0.0.0", false),
        ("::", false), ("::1", false),
    ])
    func judgesAddresses(text: String, isPermitted: Bool) throws {
        let scope = try scope("127.45.176.0-127.45.176.199 127.45.176.201-127.45.179.255")
        #expect(scope.permits(Endpoint(try address(text), 80)) == isPermitted)
        #expect(!scope.permits(Endpoint(try address(text), 0)))
    }

    @Test(arguments: ["0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1", "0.1.2.3"])
    func refusesWhatIsNoOneMachine(text: String) throws {
        let everything = try scope("0.0.0.0-255.255.255.255 ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
        #expect(!everything.permits(Endpoint(try address(text), 80)))
    }

    @Test(arguments: [
        ("www.inside.test", true), ("WWW.Inside.Test.", true), ("inside.test", false), ("a.deep.test", true),
        ("a.b.deep.test", true), ("deep.test", false), ("notdeep.test", false), ("zone.test", true),
        ("x.zone.test", true),
        ("xzone.test", false), ("zone.test.evil.test", false), ("", false), ("*", false),
    ])
    func judgesNames(name: String, isPermitted: Bool) throws {
        let scope = try scope("127.0.0.1", names: ["www.inside.test", "*.deep.test"], zones: ["zone.test"])
        #expect(scope.permits(name: name) == isPermitted)
    }

    @Test func listedNameServersMayLieOutside() throws {
        let server = Endpoint(try address("127.9.9.9"), 53)
        let scope = try scope("127.0.0.1", nameServers: [server])
        #expect(scope.refusal(ofNameServer: server) == nil)
        #expect(scope.refusal(ofNameServer: Endpoint(server.address, 54)) != nil)
        #expect(!scope.permits(server))
    }
}
