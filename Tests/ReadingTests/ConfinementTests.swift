import Domain
import Foundation
import Reading
import Subprocess
import SystemPackage
import Testing

/// The reader tries what a taken-over decoder would try, and must be refused.
@Suite struct ConfinementTests {
    private func reader(_ arguments: [String]) async throws -> (output: String, succeeded: Bool) {
        let result = try await Subprocess.run(
            .path(FilePath(ReadingCase.readerPath)),
            arguments: Arguments(arguments),
            environment: .custom([:]),
            output: .string(limit: 65_536),
            error: .discarded
        )
        return (result.standardOutput, result.terminationStatus.isSuccess)
    }

    @Test(arguments: ["open", "write", "connect", "exec", "fork", "trace", "signal", "executable-memory"])
    func refuses(_ act: String) async throws {
        let (output, succeeded) = try await reader(["--try", act])
        #expect(output.hasPrefix("\(act): refused"))
        #expect(succeeded)
    }

    /// The file rules hold also where the filter would not have caught the call first. TCP needs Landlock 4.
    @Test(arguments: ["open", "write", "connect"])
    func refusesByFileRulesAlone(_ act: String) async throws {
        let (version, _) = try await reader(["--version"])
        guard version.contains("confined by landlock: version ") else { return }
        let (output, _) = try await reader(["--try", act, "--file-rules-alone"])
        #expect(output.hasPrefix("\(act): refused"))
    }

    @Test func leavesNothingBehind() async throws {
        _ = try await reader(["--try", "write"])
        #expect(!FileManager.default.fileExists(atPath: "/tmp/ajar-reader-trial"))
    }

    @Test func saysWhichLayersHoldAndNamesItsTools() async throws {
        let greeting = try await ReaderProcess(path: ReadingCase.readerPath).greeting()
        #expect(
            greeting.layers.map(\.name) == ["no-new-privileges", "dies-with-parent", "landlock", "limits", "seccomp"]
        )
        #expect(greeting.layers.filter { !$0.isInForce && $0.name != "landlock" } == [])
        #expect(greeting.tools.map(\.name).contains("libav"))
        #expect(greeting.tools.allSatisfy { !$0.version.isEmpty && $0.version != "unknown" })
        #expect(greeting.settings["reader.confinement.seccomp"]?.hasPrefix("in force") == true)
    }

    @Test func namesTheFaultWhereThereIsNoReader() async throws {
        await #expect(throws: ReadingError.self) {
            _ = try await ReaderProcess(path: "/nonexistent/reader").greeting()
        }
        // A program that starts and does not greet is refused as well.
        await #expect(throws: ReadingError.self) { _ = try await ReaderProcess(path: "/bin/true").greeting() }
    }
}
