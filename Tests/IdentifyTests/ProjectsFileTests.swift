import Domain
import Identify
import Testing

@Suite struct ProjectsFileTests {
    @Test func readsProjects() throws {
        let text = """
            # invented
            [[project]]
            key = "harbour"
            titles = ["Harbour of Stars", "星港物语"]
            codes = ["HBR"]

            [[project]]
            key = "valley"
            companies = ["Green Lantern Valley GmbH"]
            """
        let projects = try ProjectsFile(parsing: Array(text.utf8), file: "projects.toml").projects
        #expect(projects.map(\.key) == ["harbour", "valley"])
        #expect(projects[0].titles == ["Harbour of Stars", "星港物语"])
        #expect(projects[1].codes.isEmpty)
        #expect(try ProjectsFile(parsing: [], file: "projects.toml").projects.isEmpty)
    }

    @Test(arguments: [
        ("[[project]]\nkey = \"a\"\ncodes = [\"AB\"]\ncolour = 3\n", 4),
        ("[[project]]\nkey = \"A b\"\ncodes = [\"AB\"]\n", 2),
        ("[[project]]\nkey = \"a\"\n", 2), ("[[project]]\nkey = \"a\"\ncodes = [\"A\"]\n", 3),
        ("[[project]]\nkey = \"a\"\ncodes = [\"AB\"]\n[[project]]\nkey = \"a\"\ncodes = [\"CD\"]\n", 5),
        ("[[project]]\nkey = \"a\"\ntitles = \"one\"\n", 3), ("[[project]\n", 1),
        ("[[project]]\ncodes = [\"AB\"]\n", 1),
        ("[[project]]\nkey = \"a\"\ntitles = [\"--\"]\n", 3),
    ]) func saysWhatIsWrongAndWhere(text: String, line: Int) {
        let error = #expect(throws: IdentifyError.self) {
            _ = try ProjectsFile(parsing: Array(text.utf8), file: "projects.toml")
        }
        #expect(error?.code == .badProjects)
        #expect(error?.place == "projects.toml:\(line)", "\(error?.description ?? "")")
    }

    @Test func refusesWhatIsNoText() {
        #expect(throws: IdentifyError.self) { _ = try ProjectsFile(parsing: [0xff, 0xfe], file: "p") }
        let long = Array(repeating: UInt8(ascii: "#"), count: ProjectsFile.sizeLimit + 1)
        #expect(throws: IdentifyError.self) { _ = try ProjectsFile(parsing: long, file: "p") }
        #expect(throws: IdentifyError.self) { _ = try ProjectsFile.load(from: "/nonexistent/projects.toml") }
    }
}
