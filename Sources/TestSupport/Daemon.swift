package import Domain
import Foundation
import Glibc

/// A real server, started for a test and killed with all its children at the end, also when the test process dies.
///
/// A shell in a session of its own starts the program and, beside it, a watcher that reads from a pipe whose other end
/// only this process holds: when the pipe closes, for whatever reason, the watcher kills the whole session.
package final class Daemon: Sendable {
    /// What to start, and how to tell that it is ready.
    package struct Command: Sendable {
        package var executable: String
        package var arguments: [String]
        package var environment: [String: String]
        /// Where it will listen; it is ready when all of them accept.
        package var listensAt: [Endpoint]

        package init(
            _ executable: String,
            _ arguments: [String],
            environment: [String: String] = [:],
            listensAt: [Endpoint]
        ) {
            self.executable = executable
            self.arguments = arguments
            self.environment = environment
            self.listensAt = listensAt
        }
    }

    private static let shell = """
        exec 3<&0 0</dev/null
        trap '' TERM
        (read -r _ <&3; kill -TERM 0; i=0; while [ $i -lt 40 ] && [ -d /proc/$$ ]; do sleep 0.05; i=$((i+1)); done; \
        kill -KILL 0) &
        (exec 3<&-; trap - TERM; exec "$@")
        exit $?
        """

    private let process: Process
    private let leash: FileHandle
    private let log: URL

    private init(_ command: Command, log: URL) throws {
        self.log = log
        try Data().write(to: log)
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Overdue(description: "no pipe: errno \(errno)") }
        // Close-on-exec: a daemon started beside this one must not hold the leash as well.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        leash = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setsid")
        process.arguments = ["-w", "/bin/sh", "-c", Self.shell, "sh", command.executable] + command.arguments
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
            .merging(command.environment) { $1 }
        process.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        try Self.withoutBlockedSignals { try process.run() }
    }

    /// The threads of a test block most signals, and a child has the mask of the thread that starts it: it would never
    /// hear that it shall end, and leave its lock files behind.
    private static func withoutBlockedSignals(_ body: () throws -> Void) throws {
        var none = sigset_t()
        var former = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &former)
        defer { pthread_sigmask(SIG_SETMASK, &former, nil) }
        try body()
    }

    /// What the program wrote to its standard output and standard error.
    package var output: String { (try? String(decoding: Data(contentsOf: log), as: UTF8.self)) ?? "" }

    package var isRunning: Bool { process.isRunning }

    /// Starts the program, waits until it accepts connections, runs the body, and kills it.
    package static func running<Result>(
        _ command: Command,
        within limit: Duration = .seconds(20),
        _ body: (Daemon) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder("daemon") { folder in
            let daemon = try Daemon(command, log: folder.appending(path: "output.log"))
            let result: Result
            do {
                try await daemon.awaitReady(command, within: limit)
                result = try await body(daemon)
            } catch {
                await daemon.stop()
                throw error
            }
            await daemon.stop()
            return result
        }
    }

    private func awaitReady(_ command: Command, within limit: Duration) async throws {
        do {
            try await wait(for: command.executable, within: limit) {
                guard process.isRunning else {
                    throw Overdue(description: "\(command.executable) ended at once")
                }
                return command.listensAt.allSatisfy(accepts)
            }
        } catch let overdue as Overdue {
            throw Overdue(description: "\(overdue)\n\(output)")
        }
    }

    /// Kills the program and everything it started, and waits for its end.
    package func stop() async {
        try? leash.close()
        try? await wait(for: "the daemon's end", within: .seconds(10)) { !process.isRunning }
    }
}
