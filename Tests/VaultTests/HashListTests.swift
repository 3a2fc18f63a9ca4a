import Crypto
import Domain
import Foundation
import TestSupport
import Testing
import Vault

@Suite("Lists of hashes")
struct HashListTests {
    private let bytes = Array("never to be opened".utf8)

    private func hex(_ hash: some Sequence<UInt8>) -> String {
        hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test("A payload is met by its SHA-256, SHA-1 or MD5, however the list is written")
    func meets() async throws {
        let folder = try TemporaryFolder("lists")
        let vault = try await Vault.create(at: folder.path + "/v", clock: stillClock)
        let seal = try await vault.seal(
            ResourceRecord(target: "ajar:x", contentType: "x/y", bytes: bytes, at: noon)
        )
        let other = try #require(try await vault.seal(resource("another")).payload)
        let payload = try #require(seal.payload)
        let forms = [
            "\(payload)", "\(payload)  name.jpg", "# a comment\n\n\"\(payload)\",12,jpg\r\n", "\(payload)".uppercased(),
            hex(Insecure.SHA1.hash(data: bytes)), "x\n\(hex(Insecure.MD5.hash(data: bytes)));y",
        ]
        for (number, text) in forms.enumerated() {
            let file = folder.path + "/list\(number)"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            var lists = HashLists()
            try lists.add(file, named: "L")
            #expect(lists.count == 1)
            #expect(try lists.reason(payload, in: vault) == "on the list L", "\(text)")
            #expect((lists.reason(payload) != nil) == (number < 4))
            #expect(try lists.reason(other, in: vault) == nil)
        }
        await vault.close()
    }

    @Test("A folder of lists is read whole, also across pieces; a file without a hash is refused")
    func folder() throws {
        let folder = try TemporaryFolder("lists")
        #expect(try HashLists(folder: folder.path + "/none").isEmpty)
        let lists = folder.path + "/lists"
        try FileManager.default.createDirectory(atPath: lists, withIntermediateDirectories: true)
        let many = (0..<40_000).map { "\(Domain.Digest(of: Array("\($0)".utf8)))  a name" }.joined(separator: "\n")
        try many.write(toFile: lists + "/many", atomically: true, encoding: .utf8)
        try "\(Domain.Digest(of: bytes))\n".write(toFile: lists + "/one", atomically: true, encoding: .utf8)
        let read = try HashLists(folder: lists)
        #expect(read.names == ["many", "one"])
        #expect(read.count == 40_001)
        for number in stride(from: 0, to: 40_000, by: 371) {
            #expect(read.reason(Domain.Digest(of: Array("\(number)".utf8))) == "on the list many")
        }
        #expect(read.reason(Domain.Digest(of: bytes)) == "on the list one")
        try "nothing of the kind\n\(String(repeating: "a", count: 65))\n".write(
            toFile: lists + "/three",
            atomically: true,
            encoding: .utf8
        )
        let error = #expect(throws: VaultError.self) { try HashLists(folder: lists) }
        #expect(error?.code == .unknown)
    }
}
