import Domain
import Foundation
import Glibc
import Vault

/// A process that tests of the vault can kill.
///
/// `vault-writer seal FOLDER SEED` makes or opens a vault and seals from four tasks until it is killed; each line on its
/// standard output names a payload whose sealing had returned: `digest leaf record`.
/// `vault-writer some FOLDER SEED COUNT` seals COUNT small things in the same way and ends: with an odd SEED as if killed.
/// `vault-writer lock FOLDER SEED COUNT KEY` seals COUNT small things and withholds every other one, encrypted to a key;
/// every other of these is then destroyed.
/// `vault-writer fill FOLDER COUNT CALLERS` seals COUNT small exchanges and tells how long it took.
/// `vault-writer stream FOLDER MEGABYTES` seals one long body and tells how long it took and the memory used.
/// `vault-writer open FOLDER` tells how long opening took.
/// It exits with 1 and one line on its standard error when the vault refuses.
@main
enum VaultWriter {
    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3 else { exit(64) }
        do {
            switch arguments[1] {
            case "seal": try await seal(in: arguments[2], seed: UInt64(arguments[3]) ?? 0)
            case "some": try await some(arguments[2], UInt64(arguments[3]) ?? 0, Int(arguments[4]) ?? 0)
            case "lock": try await lock(arguments[2], UInt64(arguments[3]) ?? 0, Int(arguments[4]) ?? 0, arguments[5])
            case "fill": try await fill(arguments[2], Int(arguments[3]) ?? 0, callers: Int(arguments[4]) ?? 1)
            case "stream": try await stream(arguments[2], megabytes: Int(arguments[3]) ?? 0)
            case "open": try await open(arguments[2])
            default: exit(64)
            }
        } catch {
            say("\(error)\n", to: STDERR_FILENO)
            exit(1)
        }
    }

    private static func vault(_ folder: String, limits: VaultLimits = VaultLimits()) async throws(VaultError) -> Vault {
        if access("\(folder)/ledger/checkpoint", F_OK) == 0 { return try await Vault.open(at: folder, limits: limits) }
        return try await Vault.create(at: folder, limits: limits)
    }

    private static func seal(in folder: String, seed: UInt64) async throws {
        // Small limits, so that segments, streams and checkpoints begin and end all the time.
        var limits = VaultLimits()
        limits.segmentBytes = 1 << 20
        limits.bodyInMemory = 20_000
        limits.leavesPerCheckpoint = 40
        let vault = try await vault(folder, limits: limits)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<4 as Range<UInt64> {
                group.addTask {
                    var source = Noise(seed: seed &* 4 &+ caller)
                    while true { try await sealOne(in: vault, &source) }
                }
            }
            try await group.next()
        }
    }

    private static func some(_ folder: String, _ seed: UInt64, _ count: Int) async throws {
        var limits = VaultLimits()
        limits.segmentBytes = 1 << 16
        limits.bodyInMemory = 2_000
        limits.leavesPerCheckpoint = 30
        let vault = try await vault(folder, limits: limits)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<4 as Range<UInt64> {
                group.addTask {
                    var source = Noise(seed: seed &* 4 &+ caller)
                    for _ in 0..<count / 4 { try await sealOne(in: vault, &source, longest: 9_000) }
                }
            }
            try await group.waitForAll()
        }
        if seed % 2 == 0 { await vault.close() }
        exit(0)
    }

    private static func lock(_ folder: String, _ seed: UInt64, _ count: Int, _ key: String) async throws {
        guard let recipient = Recipient(key) else { exit(64) }
        var limits = VaultLimits()
        limits.segmentBytes = 1 << 16
        let vault = try await vault(folder, limits: limits)
        var source = Noise(seed: seed)
        for number in 0..<count {
            let bytes = source.bytes(Int(1 + source.next() % 5_000))
            let seal = try await exchange(bytes, "/\(source.next())", in: vault).response
            say("\(seal.payload.map(\.description) ?? "-") \(seal.leaf) \(seal.record)\n", to: STDOUT_FILENO)
            guard number % 2 == 1, let payload = seal.payload else { continue }
            _ = try await vault.withhold([payload], reason: "r", actor: "a", encryptedTo: recipient)
            if number % 4 == 3 { _ = try await vault.withhold([payload], reason: "s", actor: "b") }
        }
        if seed % 2 == 0 { await vault.close() }
        exit(0)
    }

    private static func sealOne(in vault: Vault, _ source: inout Noise, longest: UInt64 = 200_000) async throws {
        // One in four is no exchange, one in four is long enough to be streamed.
        let choice = source.next() % 4
        let length = Int(source.next() % (choice == 1 ? longest : min(longest / 3, 3_000)))
        let bytes = source.bytes(length)
        let seal: Seal
        if choice == 0 {
            let record = ResourceRecord(
                target: "ajar:noise",
                contentType: "x/y",
                bytes: bytes,
                at: CaseClock.system.now()
            )
            seal = try await vault.seal(record)
        } else {
            seal = try await exchange(bytes, "/\(source.next())", in: vault).response
        }
        say("\(seal.payload.map(\.description) ?? "-") \(seal.leaf) \(seal.record)\n", to: STDOUT_FILENO)
    }

    private static func exchange(_ bytes: [UInt8], _ path: String, in vault: Vault) async throws -> SealedExchange {
        let writer = try await vault.beginExchange(
            ExchangeHead(
                address: WebAddress(scheme: .http, host: "files.example", target: path),
                endpoint: Endpoint(IPAddress(v4: 0x7f42_0001), 80),
                request: Array("GET \(path) HTTP/1.1\r\nHost: files.example\r\n\r\n".utf8),
                began: CaseClock.system.now()
            )
        )
        try await writer.append(head: Array("HTTP/1.1 200 OK\r\nContent-Length: \(bytes.count)\r\n\r\n".utf8))
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(10_000))
            try await writer.append(raw: piece, content: piece)
            rest = rest.dropFirst(piece.count)
        }
        return try await writer.finish()
    }

    private static func fill(_ folder: String, _ count: Int, callers: Int) async throws {
        let vault = try await vault(folder)
        var noise = Noise(seed: UInt64(CaseClock.system.now().microseconds))
        let salt = noise.next()
        let took = try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<callers {
                    group.addTask {
                        var source = Noise(seed: salt &+ UInt64(caller))
                        for number in 0..<count / callers {
                            _ = try await exchange(source.bytes(2_000), "/\(caller)/\(number)", in: vault)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let closing = await ContinuousClock().measure { await vault.close() }
        say("sealed \(count) in \(took), closed in \(closing)\n", to: STDOUT_FILENO)
    }

    private static func stream(_ folder: String, megabytes: Int) async throws {
        let vault = try await vault(folder)
        let piece = Noise(seed: 7).filled(1 << 16)
        let took = try await ContinuousClock().measure {
            let writer = try await vault.beginExchange(
                ExchangeHead(
                    address: WebAddress(scheme: .http, host: "files.example", target: "/long"),
                    endpoint: Endpoint(IPAddress(v4: 0x7f42_0001), 80),
                    request: Array("GET /long HTTP/1.1\r\n\r\n".utf8),
                    began: CaseClock.system.now()
                )
            )
            try await writer.append(head: Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
            for _ in 0..<megabytes * 16 { try await writer.append(raw: piece, content: piece) }
            let sealed = try await writer.finish()
            say("\(sealed.response.payload.map(\.description) ?? "-") \(sealed.response.length)\n", to: STDOUT_FILENO)
        }
        await vault.close()
        say("streamed in \(took), \(try peakMemory()) MiB at most\n", to: STDOUT_FILENO)
    }

    /// The most memory this program held, in MiB. `getrusage` would count what its parent held when it was forked.
    private static func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) / 1_024
    }

    private static func open(_ folder: String) async throws {
        let clock = ContinuousClock()
        let began = clock.now
        let vault = try await Vault.open(at: folder)
        let opened = clock.now
        let reading = try await Vault.openReadOnly(at: folder)
        say("opened in \(opened - began), read-only in \(clock.now - opened)\n", to: STDOUT_FILENO)
        await reading.close()
        await vault.close()
    }

    /// One line, written at once: a reader never sees half of what was acknowledged.
    private static func say(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = write(descriptor, bytes, bytes.count)
    }
}

/// Bytes that follow from a seed.
struct Noise {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state >> 8
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: next()) { bytes += $0.prefix(7) } }
        return Array(bytes.prefix(count))
    }

    func filled(_ count: Int) -> [UInt8] {
        var copy = self
        return copy.bytes(count)
    }
}
