import Domain
import Doors
import Foundation
import Scope
import TestSupport
import Testing
import Vault

/// What a scripted website answers at one path.
struct Scripted: Sendable {
    var status = 200
    var fields = ["Content-Type": "text/html"]
    var body: [UInt8]

    static func page(_ text: String, _ status: Int = 200) -> Scripted {
        Scripted(status: status, body: Array(text.utf8))
    }

    static func json(_ text: String, _ status: Int = 200) -> Scripted {
        Scripted(status: status, fields: ["Content-Type": "application/json"], body: Array(text.utf8))
    }

    static func script(_ text: String) -> Scripted {
        Scripted(fields: ["Content-Type": "text/javascript"], body: Array(text.utf8))
    }

    static func bytes(_ body: [UInt8]) -> Scripted {
        Scripted(fields: ["Content-Type": "application/octet-stream"], body: body)
    }

    static func redirect(_ target: String) -> Scripted { Scripted(status: 302, fields: ["Location": target], body: []) }

    static let missing = page("<html><title>404</title><p>There is nothing here.</p></html>", 404)

    var raw: [UInt8] { ScriptedServer.reply(status, fields, body: body) }
}

/// Looks for doors at a website that answers as scripted.
func doorsOfSite(
    at address: IPAddress,
    _ pages: [String: Scripted],
    otherwise: @escaping @Sendable (String) -> Scripted = { _ in .missing }
) async throws -> DoorsOutcome {
    let answer: @Sendable (String) -> [UInt8] = { target in (pages[target] ?? otherwise(target)).raw }
    return try await ScriptedServer.running(at: address, answer: answer) { try await lookForDoors(at: $0.endpoint) }
}

/// Looks for doors at a service that is no website.
func doorsOfService(
    _ endpoint: Endpoint,
    speaks: ServiceProtocol = .unknown,
    banner: String = "",
    zones: [String] = [],
    limits: DoorsLimits = DoorsLimits()
) async throws -> DoorsOutcome {
    try await withTemporaryFolder("doors") { folder in
        let scope = Scope(
            name: "test",
            addresses: AddressSet(addresses: [endpoint.address]),
            zones: zones,
            rate: Rate(perAddress: 100_000, total: 100_000, concurrent: 32),
            contact: "test@ajar.example"
        )
        let gate = Gate(scope: scope)
        let vault = try await Vault.create(at: folder.appending(path: "vault").path(percentEncoded: false))
        let run = RunID("2024-01-15-doors-1")
        let service = ServiceSighting(
            endpoint: endpoint,
            speaks: speaks,
            banner: Array(banner.utf8),
            facts: [:],
            seal: nil,
            at: Timestamp(seconds: 0)
        )
        let job = DoorsJob(id: JobID(run: run, part: 1), run: run, websites: [], services: [service])
        let outcome = try await DoorsStage(gate: gate, vault: vault, limits: limits).perform(job)
        for step in outcome.doors.flatMap(\.proof) { #expect(try !vault.record(at: step.seal).isEmpty) }
        await gate.close()
        await vault.close()
        return outcome
    }
}
