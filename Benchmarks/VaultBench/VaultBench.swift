import Domain
import Foundation
import Glibc
import Vault

/// The work that `scripts/bench` times: the vault's, and what it is measured against. Not installed.
///
/// `vault-bench tree FOLDER` makes 5,000 files of about 1 GB in 150 folders, the same every time.
/// `vault-bench seal FOLDER VAULT` seals each of them as an exchange, as collection does, in a new vault.
/// `vault-bench write FOLDER FILE` appends them all to one file, with a sync after each 16 MB.
/// `vault-bench hash FOLDER` takes the SHA-256 of each, one after the other.
/// `vault-bench verify VAULT` reads every byte of a vault and compares it.
/// `vault-bench items VAULT COUNT` seals so many small items in a new vault.
/// `vault-bench bodies VAULT COUNT LENGTH [KEY]` seals so many bodies of so many bytes, no two alike, in a vault that is
/// made where it is missing; KEY is the file of the key that signs, where it lies outside.
/// `vault-bench open VAULT` opens it for reading, and then for writing.
///
/// Each prints what it did, in how many seconds, and the most memory it had.
@main
enum VaultBench {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            let seconds = try await perform(arguments)
            say("\(arguments[0]) \(seconds) s \(peakMebibytes) MiB\n", to: STDOUT_FILENO)
        } catch {
            say("vault-bench: \(error)\n", to: STDERR_FILENO)
            exit(1)
        }
    }

    private nonisolated static func perform(_ arguments: [String]) async throws -> Double {
        switch (arguments.first, arguments.count) {
        case ("tree", 2): try stopped { try SampleTree(arguments[1]).make() }
        case ("seal", 3): try await seal(arguments[1], in: arguments[2])
        case ("write", 3): try stopped { try write(arguments[1], to: arguments[2]) }
        case ("hash", 2): try stopped { try hash(arguments[1]) }
        case ("verify", 2): try await verify(arguments[1])
        case ("items", 3): try await items(Int(arguments[2]) ?? 0, in: arguments[1])
        case ("bodies", 4), ("bodies", 5):
            try await bodies(
                Int(arguments[2]) ?? 0,
                of: Int(arguments[3]) ?? 0,
                in: arguments[1],
                key: arguments.dropFirst(4).first
            )
        case ("open", 2): try await open(arguments[1])
        default: exit(64)
        }
    }

    /// As many as a walk over a source seals at one time.
    private static let callers = 32
    private static let piece = 1 << 16

    private static func seal(_ folder: String, in path: String) async throws -> Double {
        let files = try SampleTree(folder).files()
        return try await timed {
            let vault = try await Vault.create(at: path)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for index in stride(from: caller, to: files.count, by: callers) {
                            try await seal(files[index], in: vault)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await vault.close()
        }
    }

    private static func seal(_ file: String, in vault: Vault) async throws {
        let source = try Source(file)
        let target = "/" + file.split(separator: "/").suffix(2).joined(separator: "/")
        try await seal(target, of: Int(source.length), in: vault) { try source.next(piece) }
    }

    /// Seals an exchange whose body comes in pieces, as it does from a network.
    private static func seal(
        _ target: String,
        of length: Int,
        in vault: Vault,
        _ next: () throws -> [UInt8]?
    ) async throws {
        let writer = try await vault.beginExchange(
            ExchangeHead(
                address: WebAddress(scheme: .http, host: "files.example", target: target),
                endpoint: Endpoint(IPAddress(v4: 0x7f42_0001), 80),
                request: Array("GET \(target) HTTP/1.1\r\nHost: files.example\r\n\r\n".utf8),
                began: CaseClock.system.now()
            )
        )
        try await writer.append(head: Array("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n".utf8))
        while let bytes = try next() { try await writer.append(raw: bytes, content: bytes) }
        _ = try await writer.finish()
    }

    private static func bodies(_ count: Int, of length: Int, in path: String, key: String?) async throws -> Double {
        // Bytes that do not compress, with a mark in each piece by which no two pieces are alike.
        var state: UInt64 = 0x9e37_79b9_7f4a_7c15
        let noise = (0..<piece).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        return try await timed {
            let isThere = access(path + "/ledger", F_OK) == 0
            let vault = isThere ? try await Vault.open(at: path, key: key) : try await Vault.create(at: path, key: key)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<min(callers, count) {
                    group.addTask {
                        for number in stride(from: caller, to: count, by: callers) {
                            var sent = 0
                            try await seal("/many/\(number / 1_000)/\(number)", of: length, in: vault) {
                                guard sent < length else { return nil }
                                var bytes = Array(noise.prefix(length - sent))
                                for (place, byte) in "\(number) \(sent) ".utf8.enumerated() where place < bytes.count {
                                    bytes[place] = byte
                                }
                                sent += bytes.count
                                return bytes
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            await vault.close()
        }
    }

    private static func write(_ folder: String, to path: String) throws {
        let output = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard output >= 0 else { throw BenchError("cannot write \(path)") }
        defer { close(output) }
        var unsynced = 0
        for file in try SampleTree(folder).files() {
            let source = try Source(file)
            while let bytes = try source.next(1 << 20) {
                guard Glibc.write(output, bytes, bytes.count) == bytes.count else { throw BenchError("write \(path)") }
                unsynced += bytes.count
                if unsynced >= 16 << 20 {
                    guard fdatasync(output) == 0 else { throw BenchError("sync \(path)") }
                    unsynced = 0
                }
            }
        }
        guard fdatasync(output) == 0 else { throw BenchError("sync \(path)") }
    }

    private static func hash(_ folder: String) throws {
        for file in try SampleTree(folder).files() {
            let source = try Source(file)
            var hash = RunningHash()
            while let bytes = try source.next(1 << 20) { hash.add(bytes) }
            guard hash.isFinished() else { throw BenchError("hash \(file)") }
        }
    }

    private static func verify(_ vault: String) async throws -> Double {
        try await timed {
            let report = try await Vault.verify(at: vault)
            guard report.isSound else { throw BenchError("\(vault) is not sound: \(report.faults.prefix(3))") }
        }
    }

    private static func items(_ count: Int, in path: String) async throws -> Double {
        try await timed {
            let vault = try await Vault.create(at: path)
            let callers = 256
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        for number in stride(from: caller, to: count, by: callers) {
                            let record = ResourceRecord(
                                target: "ajar:item/\(number)",
                                contentType: "text/plain",
                                bytes: Array("item \(number)".utf8),
                                at: CaseClock.system.now()
                            )
                            _ = try await vault.seal(record)
                        }
                    }
                }
                try await group.waitForAll()
            }
            await vault.close()
        }
    }

    private static func open(_ path: String) async throws -> Double {
        let seconds = try await timed {
            let vault = try await Vault.openReadOnly(at: path)
            guard vault.contains(Digest(of: Array("item 1".utf8))) else { throw BenchError("item 1 is not there") }
            await vault.close()
        }
        let writing = try await timed {
            let vault = try await Vault.open(at: path)
            await vault.close()
        }
        say("open-for-writing \(writing) s \(peakMebibytes) MiB\n", to: STDOUT_FILENO)
        return seconds
    }

    // MARK: Measuring

    private static func timed(_ body: () async throws -> Void) async throws -> Double {
        let began = ContinuousClock.now
        try await body()
        return seconds(since: began)
    }

    private static func stopped(_ body: () throws -> Void) throws -> Double {
        let began = ContinuousClock.now
        try body()
        return seconds(since: began)
    }

    private static func seconds(since began: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        return Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1_000
    }

    private static var peakMebibytes: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1_024
    }

    private static func say(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
