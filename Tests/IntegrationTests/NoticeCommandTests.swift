import Foundation
import TestSupport
import Testing

/// The letter to a door's owner.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct NoticeCommandTests {
    private struct Said: Decodable {
        struct Exchange: Decodable {
            var role: String
            var status: Int?
            var payload: String?
        }

        var grade: String
        var kind: String
        var contact: String
        var exchanges: [Exchange]
        var checks: [String]
        var remedies: [String]
    }

    @Test func aDoorThatWasFoundGetsALetter() async throws {
        try await SmallCountry.running { country in
            for stage in ["census", "doors"] { #expect(try await country.ajar(stage, "--quiet").status == 0) }
            let door = "http://\(country.endpoint)/data/User/"
            let (text, status) = try await country.ajar("notice", door)
            #expect(status == 0, "\(text)")
            for part in [
                "\(door) can be read by anyone", "We hold this to be proven", "login page: http://",
                "SHA-256 of what came: ", "How to check it:", "How to close it:", "tests@example.org",
            ] {
                #expect(text.contains(part), "\(part) is missing in \(text)")
            }
            #expect(!text.contains("a note\n"), "the letter repeats what was read")
            let json = try await country.ajar("notice", door, "--json")
            let said = try JSONDecoder().decode(Said.self, from: Data(json.text.utf8))
            #expect(said.grade == "proven" && said.kind == "data folder" && said.contact == "tests@example.org")
            #expect(said.exchanges.first?.role == "login page" && said.exchanges.last?.role == "sibling")
            #expect(said.exchanges.last?.status == 404)
            #expect(said.exchanges.allSatisfy { $0.payload?.count == 64 })
            #expect(!said.checks.isEmpty && !said.remedies.isEmpty)
        }
    }

    @Test func whatIsNoDoorGetsNone() async throws {
        try await SmallCountry.running { country in
            let root = "http://\(country.endpoint)/"
            let unknown = try await country.ajar("notice", root)
            #expect(unknown.status == 66, "\(unknown.text)")
            let noAddress = try await country.ajar("notice", "nowhere")
            #expect(noAddress.status == 64)
            let noLanguage = try await country.ajar("notice", root, "--language", "xx")
            #expect(noLanguage.status == 64)
        }
    }
}
