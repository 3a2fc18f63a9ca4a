import Foundation
import Subprocess
import SystemPackage

/// The program as a user runs it.
enum Program {
    /// Where the build put the executables: beside the test bundle.
    static var folder: URL {
        var url = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
        for candidate in CommandLine.arguments where candidate.contains(".xctest") {
            url = URL(filePath: candidate)
            break
        }
        while !FileManager.default.isExecutableFile(
            atPath: url.deletingLastPathComponent().appending(path: "ajar").path
        ),
            url.path != "/"
        {
            url.deleteLastPathComponent()
        }
        return url.deletingLastPathComponent()
    }

    /// Runs `ajar` and gives what it printed, standard output first, and its exit status.
    static func ajar(_ arguments: [String], in working: URL) async throws -> (text: String, status: Int) {
        try await result(of: folder.appending(path: "ajar").path, arguments, in: working)
    }

    /// Runs a line of bash.
    static func shell(_ line: String, in working: URL) async throws -> (text: String, status: Int) {
        try await result(of: "/bin/bash", ["-c", line], in: working)
    }

    private static func result(
        of program: String,
        _ arguments: [String],
        in working: URL
    ) async throws -> (text: String, status: Int) {
        let result = try await run(
            .path(FilePath(program)),
            arguments: Arguments(arguments),
            environment: .inherit.updating(["NO_COLOR": "1"]),
            workingDirectory: FilePath(working.path),
            output: .string(limit: 1 << 22),
            error: .string(limit: 1 << 20)
        )
        let status =
            switch result.terminationStatus {
            case .exited(let code): Int(code)
            case .signaled(let signal): 128 + Int(signal)
            }
        return (result.standardOutput + result.standardError, status)
    }
}
