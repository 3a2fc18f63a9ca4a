import Foundation
import Glibc
import Lab
import Subprocess
import SystemPackage

/// A country with a network of its own while a test runs, put up by the program as a user would.
struct NamespaceCountry {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    let folder: URL
    var state: String { folder.appending(path: "s").path }
    private var world: String { folder.appending(path: "world.toml").path }

    /// Whether root may make network namespaces here, and the programs for what goes on between them are installed.
    static let isPossible: Bool = {
        let folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"]
        let programs = ["ip", "tc", "nft", "nsenter", "unshare", "lighttpd", "nsd", "sshd"]
        guard geteuid() == 0, programs.allSatisfy({ name in folders.contains { access("\($0)/\(name)", X_OK) == 0 } })
        else { return false }
        let probe = Process()
        probe.executableURL = URL(filePath: "/usr/bin/unshare")
        probe.arguments = ["--net", "true"]
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()

    var up: [String] { ["lab", "up", "--netns", "--world", world, "--state", state] }

    /// Runs a body with a place for a country, and takes the country down whatever happens.
    static func with(_ prefix: String = "10.77.5", _ body: (NamespaceCountry) async throws -> Void) async throws {
        // The state folder's path must be short, and the servers' user must be able to enter it.
        let folder = URL(filePath: "/tmp/ajar-far-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let country = NamespaceCountry(folder: folder)
        try NamespaceWorld.text(prefix).write(toFile: country.world, atomically: true, encoding: .utf8)
        do {
            try await body(country)
        } catch {
            try await Country.clear(FilePath(country.state))
            try FileManager.default.removeItem(at: folder)
            throw error
        }
        try await Country.clear(FilePath(country.state))
        try FileManager.default.removeItem(at: folder)
    }

    /// Runs the program, and fails unless it succeeds.
    @discardableResult
    func ajar(_ arguments: [String]) async throws -> String {
        let (text, status) = try await Program.ajar(arguments, in: folder)
        guard status == 0 else { throw Failed(description: "ajar \(arguments): \(status): \(text)") }
        return text
    }

    /// Runs the program in the observer's network.
    func observe(_ arguments: [String]) async throws -> String {
        let program = Program.folder.appending(path: "ajar").path
        return try await ajar(["lab", "run", "--state", state, "--", program] + arguments)
    }

    /// The processes that carry the country's mark.
    var processes: [Int32] {
        let mark = Array("AJAR_LAB=\(state)".utf8)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { process in
            guard let file = FileHandle(forReadingAtPath: "/proc/\(process)/environ") else { return false }
            defer { try? file.close() }
            let bytes = (try? file.readToEnd()) ?? Data()
            return bytes.split(separator: 0).contains { $0.elementsEqual(mark) }
        }
    }

    /// The network namespaces of all processes of this machine.
    static var namespaces: Set<String> {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return Set(
            names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/ns/net") }
        )
    }

    /// The interfaces of this process's own network namespace.
    static var interfaces: Set<String> {
        Set((try? FileManager.default.contentsOfDirectory(atPath: "/sys/class/net")) ?? [])
    }
}
