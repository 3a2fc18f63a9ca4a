import Foundation
import Glibc
import SystemPackage

extension Launcher {
    /// Waits until daemons listen; one that dies, or takes longer than 15 seconds, is an error with its last words.
    func awaitReady(
        _ started: [(daemon: Daemon, running: LabState.Running, run: FilePath)],
        in namespace: NetworkNamespace? = nil
    ) async throws(LabError) {
        let deadline = ContinuousClock.now + .seconds(15)
        var waiting = started
        while true {
            let ports = ListeningPorts.read(of: namespace?.keeper ?? waiting.first?.running.process)
            waiting.removeAll { item in
                item.daemon.listens.allSatisfy(ports.endpoints.contains)
                    && (item.daemon.socket.map { Files.exists(item.run.appending($0)) } ?? true)
            }
            guard let first = waiting.first else { return }
            let isDead = waiting.first { !Self.isAlive($0.running.process) }
            if let failed = isDead ?? (ContinuousClock.now > deadline ? first : nil) {
                let words = Self.lastWords(in: failed.run)
                throw LabError(
                    .daemon,
                    isDead == nil ? "does not listen: \(words)" : "died: \(words)",
                    at: failed.daemon.name
                )
            }
            try await Self.pause()
        }
    }

    private static func lastWords(in run: FilePath) -> String {
        let texts = ["log", "error.log"].compactMap { FileManager.default.contents(atPath: run.appending($0).string) }
        return String(String(decoding: texts.joined(), as: UTF8.self).suffix(400)).trimmingCharacters(
            in: .whitespacesAndNewlines
        )
    }

    /// Ends processes at once and waits until they are gone. Daemons of the country keep nothing that could be lost.
    static func end(_ processes: [Int32]) async throws(LabError) {
        for process in processes where kill(process, SIGKILL) != 0 && errno != ESRCH {
            throw LabError(.daemon, "cannot end process \(process): \(String(cString: strerror(errno)))")
        }
        let deadline = ContinuousClock.now + .seconds(10)
        var rest = processes
        while true {
            rest.removeAll { !isAlive($0) }
            guard let first = rest.first else { return }
            guard ContinuousClock.now < deadline else { throw LabError(.daemon, "process \(first) does not end") }
            try await pause()
        }
    }

    /// Whether the process runs. One that is dead and not yet collected by its parent does not.
    static func isAlive(_ process: Int32) -> Bool {
        guard let text = Files.readKernelTable("/proc/\(process)/stat") else { return false }
        // The name in parentheses may hold anything; the state follows the last one (proc(5)).
        let state = String(decoding: text, as: UTF8.self).split(separator: ")").last?.split(separator: " ").first
        return state != "Z" && state != "X" && state != nil
    }

    /// Every process that carries this country's mark, whether or not a record names it.
    func marked() -> [Int32] {
        let mark = Array("\(Self.mark)=\(folder)".utf8)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? [] // No /proc, no processes.
        return names.compactMap { Int32($0) }.filter { process in
            guard let environment = Files.readKernelTable("/proc/\(process)/environ") else {
                return false
            }
            return environment.split(separator: 0).contains { $0.elementsEqual(mark) } && Self.isAlive(process)
        }
    }
}
