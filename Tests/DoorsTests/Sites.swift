import Domain
import Doors
import Foundation
import Scope
import TestSupport
import Testing
import Vault

/// Looks for doors at websites of one endpoint, and checks that each step of each proof is sealed.
func lookForDoors(
    at endpoint: Endpoint,
    names: [String] = ["cloud.example"],
    limits: DoorsLimits = DoorsLimits()
) async throws -> DoorsOutcome {
    try await withTemporaryFolder("doors") { folder in
        let scope = Scope(
            name: "test",
            addresses: AddressSet(addresses: [endpoint.address]),
            rate: Rate(perAddress: 100_000, total: 100_000, concurrent: 32),
            contact: "test@ajar.example"
        )
        let gate = Gate(scope: scope)
        let vault = try await Vault.create(at: folder.appending(path: "vault").path(percentEncoded: false))
        let run = RunID("2024-01-15-doors-1")
        let websites = names.map { website($0, endpoint) }
        let job = DoorsJob(id: JobID(run: run, part: 1), run: run, websites: websites, services: [])
        let outcome = try await DoorsStage(gate: gate, vault: vault, limits: limits).perform(job)
        for step in outcome.doors.flatMap(\.proof) {
            #expect(try !vault.record(at: step.seal).isEmpty)
        }
        await gate.close()
        await vault.close()
        return outcome
    }
}

private func website(_ name: String, _ endpoint: Endpoint) -> WebsiteSighting {
    WebsiteSighting(
        name: name,
        endpoint: endpoint,
        scheme: .http,
        origins: [.scope],
        status: 200,
        title: nil,
        software: nil,
        frontPage: nil,
        seal: nil,
        at: Timestamp(seconds: 0)
    )
}

/// A page that asks for a password.
let loginPage = "<html><title>Cloud</title><form action=/login><input name=u><input type=password></form></html>"

/// Writes the files, serves them with nginx, and looks for doors.
func doors(
    of server: String,
    files: [String: String],
    at address: IPAddress,
    names: [String] = ["cloud.example"],
    limits: DoorsLimits = DoorsLimits()
) async throws -> DoorsOutcome {
    try await withTemporaryFolder("www") { root in
        for (name, text) in files.merging(["index.html": loginPage], uniquingKeysWith: { given, _ in given }) {
            let file = root.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        return try await withNginx(at: address, server: "root \(root.path(percentEncoded: false)); \(server)") {
            try await lookForDoors(at: $0, names: names, limits: limits)
        }
    }
}
