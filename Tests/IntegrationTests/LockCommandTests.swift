import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// Items that are kept encrypted for somebody, as a person meets them.
@Suite(.enabled(if: isInstalled("nginx"), "needs nginx"))
struct LockCommandTests {
    private static let secret = "SC045 返修 one that only a court may see\nSC045 수정할것\n"

    private func country(_ body: (SmallCountry) async throws -> Void) async throws {
        try await SmallCountry.running(files: ["home/alice/s.txt": Array(Self.secret.utf8)]) { country in
            for stage in ["census", "doors", "collect", "read"] {
                let (text, status) = try await country.ajar(stage, "--quiet")
                #expect(status == 0, "\(text)")
            }
            try await body(country)
        }
    }

    private func makeKey(_ name: String, in folder: URL) async throws -> String {
        let made = try await Program.ajar(["custody", "key", "--output", name], in: folder)
        #expect(made.status == 0, "\(made.text)")
        return made.text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// All bytes of the segments.
    private func segments(_ country: SmallCountry) throws -> Data {
        let path = "\(country.path)/vault/segments"
        return try FileManager.default.contentsOfDirectory(atPath: path).reduce(into: Data()) {
            $0 += try Data(contentsOf: URL(filePath: "\(path)/\($1)"))
        }
    }

    @Test func anItemIsEncryptedAndUnlockedByTheKeysHolderAlone() async throws {
        try await country { country in
            let item = Digest(of: Array(Self.secret.utf8))
            let key = try await makeKey("court.key", in: country.folder)
            let other = try await makeKey("other.key", in: country.folder)
            #expect(Recipient(key) != nil && key != other)
            let why = ["--reason", "the court has it", "--encrypt-to", key]
            let address = "http://\(country.endpoint)/data/User/home/alice/s.txt"
            let done = try await Program.ajar(["withhold", address, "--case", country.path] + why, in: country.folder)
            #expect(done.status == 0, "\(done.text)")
            #expect(try segments(country).range(of: Data("only a court".utf8)) == nil)
            let id = try #require(Recipient(key)).id
            let verified = try await country.ajar("verify", "--rebuild")
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.contains("encrypted to the key \(id): the court has it; locked/"))
            #expect(try await !country.ajar("read", "--list", "--json").text.contains("only a court"))

            let wrong = try await country.ajar("unlock", "\(item)", "--key", "other.key", "--output", "out.txt")
            #expect(wrong.status == 65, "\(wrong.text)")
            #expect(wrong.text.split(separator: "\n").count == 1, "\(wrong.text)")
            #expect(!FileManager.default.fileExists(atPath: country.folder.path + "/out.txt"))
            let right = try await country.ajar("unlock", address, "--key", "court.key", "--output", "out.txt")
            #expect(right.status == 0, "\(right.text)")
            let output = country.folder.appending(path: "out.txt")
            #expect(try String(contentsOf: output, encoding: .utf8) == Self.secret)
            let again = try await country.ajar("unlock", "\(item)", "--key", "court.key", "--output", "out.txt")
            #expect(again.status == 73, "\(again.text)")

            let custody = try await country.ajar("custody", "--json").text
            let unlocks = try JSONDecoder().decode([CustodyEntry].self, from: Data(custody.utf8))
                .filter { $0.act.kind == .unlock }
            #expect(unlocks.count == 3)
            #expect(unlocks.allSatisfy { $0.leaves.count == 2 && $0.act.items == [item] })
            #expect(unlocks.map { $0.act.outcome == "complete" } == [false, true, false])
            #expect(unlocks[1].act.settings["recipient"] == key)
            try await exported(country, item, id)
            #expect(try await country.ajar("verify").status == 0)
        }
    }

    /// A bundle proves the item, says why its bytes are not there, and opens for the key's holder without the case.
    private func exported(_ country: SmallCountry, _ item: Digest, _ id: String) async throws {
        for format in ["folder", "wacz"] {
            let path = "\(country.folder.path)/bundle-\(format)"
            let written = try await country.ajar("export", "--format", format, "--output", path, "--quiet")
            #expect(written.status == 0, "\(written.text)")
            let verified = try await Program.ajar(["verify", path], in: country.folder)
            #expect(verified.status == 0)
            #expect(verified.text.contains("it has the bytes encrypted"), "\(verified.text)")
            let unlock = ["unlock", "\(item)", "--bundle", path, "--output", "from-\(format)"]
            let wrong = try await Program.ajar(unlock + ["--key", "other.key"], in: country.folder)
            #expect(wrong.status == 65 && wrong.text.split(separator: "\n").count == 1, "\(wrong.text)")
            let right = try await Program.ajar(unlock + ["--key", "court.key"], in: country.folder)
            #expect(right.status == 0, "\(right.text)")
            let output = country.folder.appending(path: "from-\(format)")
            #expect(try String(contentsOf: output, encoding: .utf8) == Self.secret)
            let both = try await country.ajar("unlock", "\(item)", "--bundle", path, "--key", "k", "--output", "o")
            #expect(both.status == 64, "\(both.text)")
        }
        let lines = try String(contentsOfFile: "\(country.folder.path)/bundle-folder/names.csv", encoding: .utf8)
        #expect(lines.split(separator: "\n").contains { $0.contains("\(item)") && $0.contains("to the key \(id)") })
    }

    @Test func whatWasEncryptedIsDestroyedWhenItIsWithheldAgainForNobody() async throws {
        try await country { country in
            let item = Digest(of: Array(Self.secret.utf8))
            let key = try await makeKey("court.key", in: country.folder)
            let locked = try await country.ajar("withhold", "\(item)", "--reason", "r", "--encrypt-to", key)
            #expect(locked.status == 0, "\(locked.text)")
            let files = { try FileManager.default.contentsOfDirectory(atPath: country.path + "/vault/locked") }
            #expect(try !files().isEmpty)
            let gone = try await country.ajar("withhold", "\(item)", "--reason", "the term is over")
            #expect(gone.status == 0, "\(gone.text)")
            #expect(try files() == [])
            let id = try #require(Recipient(key)).id
            let verified = try await country.ajar("verify", "--rebuild")
            #expect(verified.status == 0, "\(verified.text)")
            let said = "and what was encrypted to the key \(id) destroyed: the term is over"
            #expect(verified.text.contains(said), "\(verified.text)")
            #expect(try await country.ajar("read", "--list", "--json").text.contains(said))
            let unlock = try await country.ajar("unlock", "\(item)", "--key", "court.key", "--output", "o")
            #expect(unlock.status == 74 && unlock.text.contains(said), "\(unlock.text)")
            let again = try await country.ajar("withhold", "\(item)", "--reason", "r")
            #expect(again.status == 74, "\(again.text)")
            let custody = try await country.ajar("custody", "--json").text
            let acts = try JSONDecoder().decode([CustodyEntry].self, from: Data(custody.utf8)).map(\.act)
                .filter { $0.kind == .withhold }
            #expect(acts.map { $0.settings["recipient"] } == [key, nil, nil])
        }
    }

    @Test func aKeyIsMadeOutsideOfTheCaseForItsOwnerAlone() async throws {
        try await withTemporaryFolder("keys") { folder in
            let scope = "name = \"k\"\ncontact = \"k@example.org\"\nports = [1]\n[ranges]\nin = [\"127.88.3.2\"]\n"
            try scope.write(to: folder.appending(path: "scope.toml"), atomically: true, encoding: .utf8)
            let made = try await Program.ajar(["init", "--case", "case", "--scope", "scope.toml"], in: folder)
            #expect(made.status == 0, "\(made.text)")
            let text = try await makeKey("one.key", in: folder)
            var status = stat()
            #expect(stat(folder.appending(path: "one.key").path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            #expect(!text.contains("PRIVATE"))
            let inside = try await Program.ajar(["custody", "key", "--output", "case/keys/x.key"], in: folder)
            #expect(inside.status == 64, "\(inside.text)")
            let twice = try await Program.ajar(["custody", "key", "--output", "one.key"], in: folder)
            #expect(twice.status == 73, "\(twice.text)")
            let item = String(repeating: "0", count: 64)
            let slip = ["withhold", item, "--reason", "r", "--case", "case", "--encrypt-to", String(text.dropLast(2))]
            #expect(try await Program.ajar(slip, in: folder).status == 64)
            let none = ["unlock", item, "--key", "scope.toml", "--output", "o", "--case", "case"]
            let refused = try await Program.ajar(none, in: folder)
            #expect(refused.status == 65, "\(refused.text)")
        }
    }
}
