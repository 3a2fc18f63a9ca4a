import Catalogue
import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// Items that are withheld or on a list, from the server to the pages.
@Suite struct WithholdingTests {
    static let secret = "SC045 返修 one that must not be kept\nSC045 수정할것\n"
    static let listed = "SC046 返修 one that is never to be opened\nSC046 수정할것\n"
    static let plain = "SC047 返修 one like any other\nSC047 수정할것\n"

    private func country(_ body: (SmallCountry) async throws -> Void) async throws {
        let files = ["home/alice/s.txt": Self.secret, "home/alice/l.txt": Self.listed, "home/alice/p.txt": Self.plain]
        try await SmallCountry.running(files: files.mapValues { Array($0.utf8) }) { country in
            for stage in ["census", "doors", "collect"] {
                let (text, status) = try await country.ajar(stage, "--quiet")
                #expect(status == 0, "\(text)")
            }
            try await body(country)
        }
    }

    /// All bytes of the segments, and of what was made from them.
    private func sealed(_ country: SmallCountry) throws -> Data {
        var all = Data()
        for folder in ["segments", "derived"] {
            let path = "\(country.path)/vault/\(folder)"
            for name in FileManager.default.enumerator(atPath: path)?.compactMap({ $0 as? String }) ?? [] {
                all += FileManager.default.contents(atPath: "\(path)/\(name)") ?? Data()
            }
        }
        return all
    }

    @Test func aWithheldItemIsGoneEverywhereAndSaidSo() async throws {
        try await country { country in
            let item = Digest(of: Array(Self.secret.utf8))
            #expect(try await country.ajar("read", "--quiet").status == 0)
            #expect(try sealed(country).range(of: Data("must not be kept".utf8)) != nil)
            let why = "it shows a person"
            let dry = try await country.ajar("withhold", "\(item)", "--reason", why, "--dry-run")
            #expect(dry.status == 0)
            #expect(try sealed(country).range(of: Data("must not be kept".utf8)) != nil)
            let address = "http://\(country.endpoint)/data/User/home/alice/s.txt"
            let done = try await country.ajar("withhold", address, "--reason", why)
            #expect(done.status == 0, "\(done.text)")
            #expect(done.text.contains("\(item)"))
            #expect(try sealed(country).range(of: Data("must not be kept".utf8)) == nil)
            #expect(try sealed(country).range(of: Data("like any other".utf8)) != nil)

            let verified = try await country.ajar("verify", "--rebuild")
            #expect(verified.status == 0, "\(verified.text)")
            #expect(verified.text.contains("s.txt were withheld on "))
            #expect(verified.text.contains(": \(why)"))
            let readings = try await country.ajar("read", "--list", "--json")
            #expect(!readings.text.contains("must not be kept"))
            #expect(readings.text.contains("like any other"))
            #expect(readings.text.contains(why))
            let custody = try await country.ajar("custody")
            #expect(custody.text.contains("withhold"))
            #expect(custody.text.contains("reason=\(why)"))
            let report = try await country.ajar("report", "--output", country.folder.path + "/out")
            #expect(report.status == 0)
            let html = try String(contentsOfFile: country.folder.path + "/out/index.html", encoding: .utf8)
            #expect(html.contains("1 files are withheld or on a list"))
            #expect(!html.contains("must not be kept"))
            try await desk(country, hides: item, because: why)
            let again = try await country.ajar("withhold", "\(item)", "--reason", why)
            #expect(again.status == 74, "\(again.text)")
        }
    }

    @Test func aListedFileIsSealedAndNeitherReadNorShown() async throws {
        try await country { country in
            let item = Digest(of: Array(Self.listed.utf8))
            try "\(item)  known\n".write(
                to: country.folder.appending(path: "list.txt"),
                atomically: true,
                encoding: .utf8
            )
            let added = try await country.ajar("hashes", "add", "list.txt")
            #expect(added.text == "list.txt: 1 hashes; 1 collected files are not shown.\n", "\(added.text)")
            #expect(try await country.ajar("read", "--quiet").status == 0)
            let readings = try await country.ajar("read", "--list", "--json")
            #expect(readings.text.contains("never to be opened: on the list list.txt"))
            #expect(!readings.text.contains("SC046"))
            #expect(readings.text.contains("SC047"))
            #expect(try sealed(country).range(of: Data("is never to be opened".utf8)) != nil)
            try await desk(country, hides: item, because: "never to be opened")
            #expect(try await country.ajar("custody").text.contains("hashes"))
            #expect(try await country.ajar("verify").status == 0)
        }
    }

    /// A digest as `sha1sum` and `md5sum` print it.
    private func sum(_ program: String, _ text: String, in country: SmallCountry) async throws -> String {
        try text.write(to: country.folder.appending(path: "summed"), atomically: true, encoding: .utf8)
        let line = try await Program.shell("\(program) summed", in: country.folder).text
        return String(line.prefix { $0 != " " })
    }

    @Test(arguments: ["md5sum", "sha1sum"])
    func aListOfOtherHashesHidesWhatWasReadBefore(program: String) async throws {
        try await country { country in
            let item = Digest(of: Array(Self.listed.utf8))
            #expect(try await country.ajar("read", "--quiet").status == 0)
            #expect(try await country.ajar("read", "--list", "--json").text.contains("SC046"))
            let hash = try await sum(program, Self.listed, in: country)
            try "\(hash)\n".write(to: country.folder.appending(path: "known"), atomically: true, encoding: .utf8)
            let added = try await country.ajar("hashes", "add", "known", "--quiet")
            #expect(added.status == 0, "\(added.text)")
            let said =
                "known, known.sha256: 2 hashes; 1 collected files are not shown.\n1 of the hashes are SHA-1 or MD5."
            #expect(added.text.hasPrefix(said), "\(added.text)")
            #expect(try String(contentsOfFile: country.path + "/hashes/known.sha256", encoding: .utf8) == "\(item)\n")
            try await desk(country, hides: item, because: "never to be opened: on the list known.sha256")
            let readings = try await country.ajar("report", "--output", country.folder.path + "/out")
            #expect(readings.status == 0)
            let html = try String(contentsOfFile: country.folder.path + "/out/index.html", encoding: .utf8)
            #expect(!html.contains("SC046"))
            #expect(try await country.ajar("verify").status == 0)
        }
    }

    @Test func bytesOnAListOfOtherHashesAreNeverHandedOut() async throws {
        try await country { country in
            let item = Digest(of: Array(Self.listed.utf8))
            let hash = try await sum("sha1sum", Self.listed, in: country)
            // Put there by hand, and met by no reader.
            try FileManager.default.createDirectory(
                atPath: country.path + "/hashes",
                withIntermediateDirectories: true
            )
            try "\(hash)\n".write(toFile: country.path + "/hashes/known", atomically: true, encoding: .utf8)
            let desk = try StartedProgram(["desk", "--case", country.path], in: country.folder)
            try await wait(for: "the desk's address") { desk.text.contains("?token=") && desk.text.contains("\n") }
            let line = try #require(desk.text.split(separator: "\n").first { $0.hasPrefix("http") })
            let parts = line.split(separator: "?token=")
            let command = "curl -s -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer \(parts[1])'"
            for (digest, status) in [(item, "410"), (Digest(of: Array(Self.plain.utf8)), "200")] {
                let address = "'\(parts[0].dropLast())/download/\(digest)'"
                #expect(try await Program.shell("\(command) \(address)", in: country.folder).text == status)
            }
            desk.send(SIGINT)
            #expect(try await desk.status() == 0)
            let out = country.folder.path + "/bundle"
            #expect(try await country.ajar("export", "--format", "folder", "--output", out, "--quiet").status == 0)
            let found = try await Program.shell("grep -rl 'is never to be opened' bundle", in: country.folder).text
            #expect(found == "", "\(found)")
            let names = try String(contentsOfFile: out + "/names.csv", encoding: .utf8)
            #expect(names.contains("never to be opened: on the list known"))
        }
    }

    /// Asks a desk for what is hidden and for what is not, and that what it handed out is told.
    private func desk(_ country: SmallCountry, hides item: Digest, because why: String) async throws {
        let shown = Digest(of: Array(Self.plain.utf8))
        let desk = try StartedProgram(["desk", "--case", country.path], in: country.folder)
        try await wait(for: "the desk's address") { desk.text.contains("?token=") && desk.text.contains("\n") }
        let line = try #require(desk.text.split(separator: "\n").first { $0.hasPrefix("http") })
        let parts = line.split(separator: "?token=")
        func get(_ path: String) async throws -> (status: String, text: String) {
            let command = "curl -s -w '%{http_code}' -H 'Authorization: Bearer \(parts[1])'"
            let address = "'\(parts[0].dropLast())\(path)'"
            let text = try await Program.shell("\(command) \(address)", in: country.folder).text
            return (String(text.suffix(3)), String(text.dropLast(3)))
        }
        #expect(try await get("/download/\(item)").status == "410")
        let file = try await get("/file/\(item)").text
        #expect(file.contains(why))
        #expect(!file.contains("/download/"))
        #expect(!file.contains("SC04"))
        #expect(try await get("/entries").text.contains(why))
        let download = try await get("/download/\(shown)")
        #expect(download.text == Self.plain)
        desk.send(SIGINT)
        #expect(try await desk.status() == 0)
        let custody = try await country.ajar("custody", "--json").text
        let entries = try JSONDecoder().decode([CustodyEntry].self, from: Data(custody.utf8))
        let told = entries.filter { $0.act.kind == .download }
        #expect(told.map(\.act.items) == [[shown]])
        #expect(told.allSatisfy { $0.leaves.count == 1 })
        #expect(entries.contains { $0.act.kind == .desk && $0.act.ended != nil && $0.leaves.count == 2 })
    }
}
