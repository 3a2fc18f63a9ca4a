import Foundation
import Glibc
import TestSupport

/// The program while it runs, so that a test can send it signals. Killed when the test lets go of it.
final class StartedProgram {
    private let process = Process()
    private let output: URL

    init(_ arguments: [String], in folder: URL) throws {
        output = folder.appending(path: "output-\(UUID().uuidString)")
        try Data().write(to: output)
        process.executableURL = Program.folder.appending(path: "ajar")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let file = try FileHandle(forWritingTo: output)
        process.standardOutput = file
        process.standardError = file
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    var isRunning: Bool { process.isRunning }

    /// What it printed so far.
    var text: String { (try? String(contentsOf: output, encoding: .utf8)) ?? "" }

    /// Its exit status as a shell tells it.
    func status(within limit: Duration = .seconds(60)) async throws -> Int {
        try await wait(for: "the program's end", within: limit) { !process.isRunning }
        let status = Int(process.terminationStatus)
        return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }
}
