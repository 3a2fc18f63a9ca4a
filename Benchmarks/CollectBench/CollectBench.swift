import CMalloc
import Collect
import Domain
import Foundation
import Glibc
import Scope
import Vault

/// The work that `scripts/bench-collect` times: one look at a source, sealed. Not installed.
///
/// `collect-bench URL VAULT LEVEL CONNECTIONS` collects what lies behind the URL, whose host is an address of 127.0.0.0/8,
/// into the vault, which is made where it is missing. What the last look left is kept beside the vault, so that the next is one
/// of a day later. It prints what it took.
@main
enum CollectBench {
    static func main() async {
        // As the program has it.
        mallopt(M_MMAP_THRESHOLD, 4 << 20)
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 4, let base = WebAddress(arguments[0]),
            let level = CollectionLevel(rawValue: arguments[2]),
            let connections = Int(arguments[3])
        else {
            FileHandle.standardError.write(Data("usage: collect-bench URL VAULT LEVEL CONNECTIONS\n".utf8))
            exit(64)
        }
        do {
            print(try await collect(base, arguments[1], level, connections))
        } catch {
            FileHandle.standardError.write(Data("collect-bench: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func collect(
        _ base: WebAddress,
        _ path: String,
        _ level: CollectionLevel,
        _ connections: Int
    ) async throws -> String {
        guard let address = IPAddress("\(base.host)") else {
            throw BenchError(description: "\(base.host) is no address")
        }
        let clock = ContinuousClock()
        let began = clock.now
        let memory = URL(filePath: path + ".outcome")
        let last = try? JSONDecoder().decode(Remembered.self, from: Data(contentsOf: memory))
        let day = (last?.day ?? 0) + 1
        let now = Timestamp(seconds: 1_705_320_000).adding(seconds: Int64(day) * 86_400)
        let vault = last == nil ? try await Vault.create(at: path) : try await Vault.open(at: path)
        let gate = Gate(scope: scope(of: address, connections), clock: .simulated(from: now))
        var limits = CollectLimits()
        limits.connections = connections
        limits.auditShare = 0
        limits.rereadAfterDays = 10_000
        let run = RunID("2024-01-15-collect-\(day)")
        let job = CollectJob(
            id: JobID(run: run, part: 1),
            run: run,
            source: Source(base: base, endpoint: Endpoint(address, base.port), kind: .listing),
            level: level,
            previous: last?.state,
            limits: limits
        )
        let outcome = try await CollectStage(gate: gate, vault: vault).perform(job)
        _ = try await vault.record(outcome: .collect(outcome))
        await gate.close()
        await vault.close()
        try JSONEncoder().encode(Remembered(day: day, state: outcome.state)).write(to: memory)
        let took = began.duration(to: clock.now)
        let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let requests = outcome.counts.listingRequests + outcome.counts.bodyRequests
        let changes = outcome.changeCounts.values.reduce(0, +)
        return
            "collect \(seconds) s \(usage.ru_maxrss >> 10) MiB \(requests) requests \(outcome.counts.entries) entries "
            + "\(changes) changes \(outcome.counts.bodyBytes) bytes \(outcome.completeness)"
    }

    private struct Remembered: Codable {
        var day: Int
        var state: Digest
    }

    private static func scope(of address: IPAddress, _ connections: Int) -> Scope {
        Scope(
            name: "bench",
            addresses: AddressSet(addresses: [address]),
            rate: Rate(perAddress: 1_000_000, total: 1_000_000, concurrent: max(32, connections)),
            contact: "bench@ajar.example",
            authority: "a benchmark",
            level: .mirror
        )
    }
}

struct BenchError: Error, CustomStringConvertible {
    let description: String
}
