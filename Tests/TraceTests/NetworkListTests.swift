import Domain
import Testing
import Trace

@Suite struct NetworkListTests {
    private let text = """
        # exits of somebody
        192.0.2.0/24 # Wide
        192.0.2.64/26\t# Narrow

        192.0.2.70
        2001:db8::/32 # Six
        0.0.0.0/1 # Half
        """

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.0/24", "Wide"), ("192.0.2.65", "192.0.2.64/26", "Narrow"),
        ("192.0.2.70", "192.0.2.70/32", ""),
        ("2001:db8:1::1", "2001:db8::/32", "Six"), ("100.0.0.1", "0.0.0.0/1", "Half"), ("203.0.113.1", "", ""),
        ("2001:db9::1", "", ""),
    ]) func theNarrowestBlockWins(address: String, block: String, note: String) throws {
        let list = try NetworkList(parsing: Array(text.utf8), file: "list")
        let match = list.match(try #require(IPAddress(address)))
        #expect(match?.block.description ?? "" == block)
        #expect(match?.note ?? "" == note)
        #expect(list.count == 5)
    }

    @Test(arguments: [
        "192.0.2.1/24", "192.0.2.0/33", "192.0.2", "example.com", "10.0.0.0-10.0.0.9", "192.0.2.0\u{0}/24",
        "::/129",
        "1.2.3.4 5.6.7.8",
    ])
    func saysWhichLineIsWrong(line: String) {
        let error = #expect(throws: TraceError.self) {
            _ = try NetworkList(parsing: Array("192.0.2.0/24\n\(line)\n".utf8), file: "vpn.txt")
        }
        #expect(error?.code == .badList)
        #expect(error?.place == "vpn.txt:2")
    }

    @Test func windowsLineEndsAndEmptyFilesAreFine() throws {
        #expect(try NetworkList(parsing: Array("192.0.2.0/24\r\n\r\n# x\r\n".utf8), file: "x").count == 1)
        #expect(try NetworkList(parsing: [], file: "x").count == 0)
    }

    @Test func longNotesAreCut() throws {
        let list = try NetworkList(
            parsing: Array("192.0.2.1 # \(String(repeating: "n", count: 1 << 20))".utf8),
            file: "x"
        )
        let match = list.match(try #require(IPAddress("192.0.2.1")))
        #expect(match?.note?.count == NetworkList.noteLimit)
    }
}
