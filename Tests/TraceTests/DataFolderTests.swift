import Domain
import Foundation
import TestSupport
import Testing
import Trace

@Suite struct DataFolderTests {
    private let side = "name = \"Exits\"\npurpose = \"vpn\"\nlicence = \"CC0\"\ndate = \"2024-01-15\"\n"

    @Test func readsListsWithTheirSideFiles() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("vpn.txt", "192.0.2.0/24\n".utf8)
        _ = try folder.write("vpn.txt.toml", side.utf8)
        let files = try DataFolder.load(folder.path)
        #expect(files.map(\.source.name) == ["Exits"])
        #expect(files.map(\.source.date) == [Day(year: 2024, month: 1, day: 15)])
        #expect(files.map(\.source.purpose) == [.vpn])
    }

    @Test func aMissingFolderHoldsNothing() throws {
        #expect(try DataFolder.load("/nonexistent/lists").isEmpty)
    }

    @Test(arguments: [
        ("name = \"Exits\"\npurpose = \"spy\"\nlicence = \"CC0\"\n", ":2"),
        ("name = \"Exits\"\npurpose = \"vpn\"\nlicence = \"CC0\"\nsize = 3\n", ":4"),
        ("name = \"Exits\"\npurpose = \"vpn\"\nlicence = \"\"\n", ":3"),
        ("name = \"Exits\"\npurpose = \"vpn\"\nlicence = \"CC0\"\ndate = \"15.1.2024\"\n", ":4"),
        ("name = \"Exits\"\npurpose = vpn\n", ":2"), ("name = \"Exits\"\n", ""),
    ]) func saysWhatIsWrongAndWhere(text: String, line: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("vpn.txt", "192.0.2.0/24\n".utf8)
        _ = try folder.write("vpn.txt.toml", text.utf8)
        let error = #expect(throws: TraceError.self) { _ = try DataFolder.load(folder.path) }
        #expect(error?.code == .badSideFile)
        #expect(error?.place.hasSuffix("vpn.txt.toml\(line)") == true, "\(error?.place ?? "")")
    }

    @Test func dataWithoutASideFileIsRefused() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("vpn.txt", "192.0.2.0/24\n".utf8)
        #expect(throws: TraceError.self) { _ = try DataFolder.load(folder.path) }
    }

    @Test func aSideFileWithoutDataIsRefused() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("vpn.txt.toml", side.utf8)
        #expect(throws: TraceError.self) { _ = try DataFolder.load(folder.path) }
    }
}
