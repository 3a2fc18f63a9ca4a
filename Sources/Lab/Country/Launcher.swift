import Domain
import Foundation
import Glibc
import Subprocess
import SystemPackage

/// Starts daemons so that none can outlive its owner, and ends them.
///
/// Each daemon is the first process of a PID namespace of its own. When the outer process dies, however it dies, the
/// kernel kills the daemon, and with a namespace's first process everything in it.
struct Launcher: Sendable {
    /// The user that daemons run as when the country is put up by root.
    static let nobody: UInt32 = 65_534
    /// Marks every process of the country in its environment, so that a lost record loses no process.
    static let mark: Environment.Key = "AJAR_LAB"

    /// Where programs are looked for.
    static let path = "/usr/sbin:/usr/bin:/sbin:/bin"

    let folder: FilePath

    /// Starts a daemon whose files are written. It has not yet begun to listen when this returns.
    func start(
        _ daemon: Daemon,
        in run: FilePath,
        of namespace: NetworkNamespace? = nil
    ) async throws(LabError) -> LabState.Running {
        let identity = run.appending("outer.pid")
        try Files.remove(identity)
        let script = "echo $$ >\"$1\"; log=\"$2\"; shift 2; exec \"$@\" </dev/null >>\"$log\" 2>&1"
        let arguments =
            ["--fork", "sh", "-c", script, "sh", identity.string, run.appending("log").string]
            + (namespace?.entering([]) ?? []) + Self.confinement + daemon.command
        do {
            let result = try await Subprocess.run(
                .name("setsid"),
                arguments: Arguments(arguments),
                environment: .custom([
                    Self.mark: folder.string, "PATH": Self.path, "LC_ALL": "C.UTF-8", "TZ": "UTC",
                ]),
                workingDirectory: run,
                output: .discarded,
                error: .string(limit: 4096)
            )
            guard result.terminationStatus.isSuccess else {
                throw LabError(.daemon, "would not start: \(result.standardError)", at: daemon.name)
            }
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.daemon, "would not start: \(error)", at: daemon.name)
        }
        let process = try await Self.identity(in: identity, of: daemon.name)
        return LabState.Running(name: daemon.name, host: daemon.host, process: process, listens: daemon.listens)
    }

    /// Root gives its daemons another user, with the one right to bind low ports; others need a user namespace to
    /// make a PID namespace. `setpriv` asks for the parent's death signal again, because the change of user forgets it.
    private static var confinement: [String] {
        guard geteuid() == 0 else {
            return ["unshare", "--user", "--map-current-user", "--pid", "--fork", "--kill-child"]
        }
        return [
            "unshare", "--pid", "--fork", "--kill-child", "setpriv", "--reuid=\(nobody)", "--regid=\(nobody)",
            "--clear-groups", "--inh-caps=-all,+net_bind_service", "--ambient-caps=+net_bind_service",
            "--no-new-privs", "--pdeathsig=KILL",
        ]
    }

    static func identity(in path: FilePath, of name: String) async throws(LabError) -> Int32 {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if let text = FileManager.default.contents(atPath: path.string),
                let process = Int32(String(decoding: text, as: UTF8.self).filter(\.isNumber)), text.last == 0x0a
            {
                return process
            }
            try await pause()
        }
        throw LabError(.daemon, "did not start within 10 seconds", at: name)
    }

    static func pause() async throws(LabError) {
        do {
            try await Task.sleep(for: .milliseconds(10))
        } catch {
            throw LabError(.badRequest, "interrupted")
        }
    }
}
