import Collect
import Domain
import Foundation
import Scope
import Synchronization
import TestSupport
import Vault

/// A case with a vault and a clock that a test sets, for collecting from one source day after day.
struct Notebook: Sendable {
    let vault: Vault
    var limits = Self.limits
    var level = CollectionLevel.mirror
    var patience = Patience()
    var salt: UInt64 = 1
    var scheme = WebAddress.Scheme.http
    /// Connections that the scope allows at one time.
    var concurrent = 32

    /// Nothing is drawn by chance.
    private static var limits: CollectLimits {
        var limits = CollectLimits()
        limits.auditShare = 0
        return limits
    }

    /// Noon of the first day.
    static let start = Timestamp(seconds: 1_705_320_000)

    static func with<Result>(_ body: (Notebook) async throws -> Result) async throws -> Result {
        try await withTemporaryFolder("vault") { folder in
            let vault = try await Vault.create(at: folder.appending(path: "vault").path(percentEncoded: false))
            let result = try await body(Notebook(vault: vault))
            await vault.close()
            return result
        }
    }

    static func scope(_ address: IPAddress, concurrent: Int = 32) -> Scope {
        Scope(
            name: "test",
            addresses: AddressSet(addresses: [address]),
            rate: Rate(perAddress: 100_000, total: 100_000, concurrent: concurrent),
            contact: "test@ajar.example",
            authority: "a test",
            level: .mirror
        )
    }

    func source(_ endpoint: Endpoint, _ path: String) -> Source {
        let base = WebAddress(scheme: scheme, host: endpoint.address.description, port: endpoint.port, target: path)
        return Source(base: base, endpoint: endpoint, kind: scheme == .ftp ? .anonymousFTP : .listing)
    }

    /// Collects on the given day after the first.
    func collect(
        _ endpoint: Endpoint,
        _ path: String = "/",
        day: Int64 = 0,
        after previous: CollectOutcome? = nil,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws -> CollectOutcome {
        let gate = Gate(
            scope: Self.scope(endpoint.address, concurrent: concurrent),
            clock: .simulated(from: Self.start.adding(seconds: day * 86_400))
        )
        let stage = CollectStage(gate: gate, vault: vault, patience: patience, progress: progress)
        let run = RunID("2024-01-15-collect-\(day + 1)")
        let job = CollectJob(
            id: JobID(run: run, part: 1),
            run: run,
            source: source(endpoint, path),
            level: level,
            previous: previous?.state,
            limits: limits,
            salt: salt
        )
        let outcome = try await stage.perform(job)
        await gate.close()
        return outcome
    }

    func bytes(_ version: EntryVersion?) throws -> [UInt8]? {
        try version?.payload.map { try vault.bytes(of: $0, upTo: 1 << 24) }
    }
}

extension CollectOutcome {
    /// Kinds by path.
    var kinds: [String: ChangeKind] { Dictionary(changes.map { ($0.path.description, $0.kind) }) { $1 } }

    func change(_ path: String) -> EntryChange? { changes.first { $0.path == PathName(path) } }
}

/// A folder that servers serve, with files at given times.
struct Shelf {
    let folder: URL

    /// Writes bytes under a name of any bytes, with a modification time in seconds.
    func put(_ name: String, _ text: String, _ time: Int = 1_705_000_020) throws {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(time))],
            ofItemAtPath: file.path(percentEncoded: false)
        )
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: folder.appending(path: name))
    }
}
