import Foundation
import Glibc
import Subprocess
import SystemPackage

extension Launcher {
    /// Makes a network namespace and a process that keeps it. The process carries the country's mark, so whatever ends
    /// the country's processes ends the namespace, and with it every interface in it.
    func keepNamespace(_ name: String) async throws(LabError) -> NetworkNamespace {
        let identity = folder.appending("run").appending("\(name).pid")
        try Files.makeFolder(identity.removingLastComponent())
        try Files.remove(identity)
        let script = "echo $$ >\"$1\"; exec unshare --net sleep infinity </dev/null >/dev/null 2>&1"
        try await command(["setsid", "--fork", "sh", "-c", script, "sh", identity.string], marked: true)
        let keeper = try await Self.identity(in: identity, of: name)
        let deadline = ContinuousClock.now + .seconds(10)
        while try Self.namespace(of: "\(keeper)") == Self.namespace(of: "self") {
            guard Self.isAlive(keeper), ContinuousClock.now < deadline else {
                throw LabError(.environment, "this machine lets no network namespace be made", at: name)
            }
            try await Self.pause()
        }
        return NetworkNamespace(keeper: keeper)
    }

    /// Runs a command inside a namespace; what it complains of is the error.
    func run(_ words: [String], in namespace: NetworkNamespace) async throws(LabError) {
        try await command(namespace.entering(words))
    }

    /// Runs a command that reads the lines from the file that is its last argument.
    ///
    /// A file and no pipe: writing to a program that gave up before it read would end this one.
    func run(_ words: [String], lines: [String], in namespace: NetworkNamespace) async throws(LabError) {
        let script = folder.appending("run").appending("\(words[0]).lines")
        try Files.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: script)
        try await run(words + [script.string], in: namespace)
    }

    private func command(_ words: [String], marked: Bool = false) async throws(LabError) {
        var environment: [Environment.Key: String] = ["PATH": Self.path, "LC_ALL": "C.UTF-8"]
        if marked { environment[Self.mark] = folder.string }
        do {
            let result = try await Subprocess.run(
                .name(words[0]),
                arguments: Arguments(Array(words.dropFirst())),
                environment: .custom(environment),
                input: .none,
                output: .discarded,
                error: .string(limit: 4096)
            )
            guard result.terminationStatus.isSuccess else {
                let complaint = result.standardError.trimmingCharacters(in: .whitespacesAndNewlines)
                throw LabError(.environment, complaint, at: words.joined(separator: " "))
            }
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.environment, "cannot be run: \(error)", at: words[0])
        }
    }

    /// What names a process's network namespace; nil when the process is gone.
    private static func namespace(of process: String) throws(LabError) -> String? {
        var buffer = [CChar](repeating: 0, count: 64)
        let count = readlink("/proc/\(process)/ns/net", &buffer, buffer.count - 1)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
