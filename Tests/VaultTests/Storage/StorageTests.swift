import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Segments in S3 servers: in real ones where the tools' environment has them, and in a little one everywhere.
@Suite("Storage")
struct StorageTests {
    @Test(
        "What is brought to a store and removed here is read, verified and brought back",
        arguments: ObjectServer.available
    )
    func thereAndBack(_ server: ObjectServer) async throws {
        let stored = try await StoredCase()
        let names = try stored.local
        try await server.running { endpoint, _ in
            let store = try ObjectStore(endpoint)
            let report = try await stored.with(store) { try await $0.push(.all, dropping: true) }
            #expect(
                report.segments.allSatisfy { $0.outcome == .dropped && !$0.isLocal && $0.problem == nil },
                "\(report)"
            )
            #expect(try stored.local == [])
            try await checkReading(stored, store)
            let status = try await stored.with(store) { try await $0.checkedStorage() }
            #expect(!status.hasProblem, "\(status)")

            let back = try await stored.with(store) { try await $0.pull() }
            #expect(back.segments.filter { $0.outcome == .fetched }.count == names.count)
            let local = try stored.local
            #expect(names.allSatisfy(local.contains))
        }
        // Without the store, everything is here again.
        let report = try await Vault.verify(at: stored.path)
        #expect(report.faults == [] && report.unreachable == [])
        let vault = try await Vault.openReadOnly(at: stored.path)
        #expect(stored.isReadable(vault))
    }

    private func checkReading(_ stored: StoredCase, _ store: ObjectStore) async throws {
        let report = try await Vault.verify(at: stored.path, store: store)
        #expect(report.faults == [] && report.unreachable == [] && report.records > 8)
        let vault = try await Vault.openReadOnly(at: stored.path, store: store)
        #expect(vault.findings == [])
        #expect(stored.isReadable(vault))
    }

    @Test("A segment that is longer than one part goes in parts", arguments: ObjectServer.available)
    func inParts(_ server: ObjectServer) async throws {
        let stored = try await StoredCase([19 << 20], segment: 1 << 20)
        try await server.running { endpoint, _ in
            let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { _ in .none }
            try await FaultyRelay.running(at: endpoint.address, before: endpoint, plan: plan) { relay in
                let store = try ObjectStore(relay.endpoint)
                let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
                #expect(report.segments.contains { $0.outcome == .dropped }, "\(report)")
                #expect(relay.calls.filter { $0.target.contains("partNumber=") }.count == 3)
            }
            try await checkReadingOne(stored, try ObjectStore(endpoint))
        }
    }

    private func checkReadingOne(_ stored: StoredCase, _ store: ObjectStore) async throws {
        let report = try await Vault.verify(at: stored.path, store: store)
        #expect(report.faults == [] && report.unreachable == [])
    }

    @Test("Only full segments are brought by default, and sealing goes on in others", arguments: ObjectServer.available)
    func onlyFull(_ server: ObjectServer) async throws {
        let stored = try await StoredCase()
        try await server.running { endpoint, _ in
            let store = try ObjectStore(endpoint)
            let first = try await stored.with(store) { try await $0.push(.full, dropping: true) }
            #expect(first.segments.filter { $0.outcome == .dropped }.count == 3)
            #expect(first.segments.filter { $0.isLocal && $0.outcome == nil }.count >= 1)
            let later = noise(5_000, seed: 99)
            try await stored.with(store) { vault in
                try await vault.sealExchange("/later", later)
                let again = try await vault.sealExchange("/again", stored.bodies[0])
                #expect(again.isIdentical, "what lies in the store is known")
            }
            let report = try await Vault.verify(at: stored.path, store: store)
            #expect(report.faults == [] && report.unreachable == [])
            let second = try await stored.with(store) { try await $0.push(.all, dropping: false) }
            #expect(!second.hasProblem)
            let third = try await stored.with(store) { try await $0.push(.all, dropping: false) }
            #expect(third.segments.allSatisfy { $0.outcome != .stored || $0.length < 10_000 })
        }
    }

    @Test("Withheld bytes are nowhere: not here, and not in the store", arguments: ObjectServer.available)
    func withheld(_ server: ObjectServer) async throws {
        let stored = try await StoredCase()
        try await server.running { endpoint, objects in
            let store = try ObjectStore(endpoint)
            let pushed = try await stored.with(store) { try await $0.push(.all, dropping: true) }
            let item = Digest(of: stored.bodies[1])
            try await stored.with(store) { vault in
                _ = try await vault.withhold([item], reason: "a person's face", actor: "a@b")
                let after = try await vault.storage()
                let changed = zip(pushed.segments, after.segments).filter { $0.object != $1.object }
                #expect(changed.count == 1)
                #expect(changed.allSatisfy { $1.object == nil && $1.isLocal })
                if let objects, let name = changed.first?.0.object {
                    #expect(!FileManager.default.fileExists(atPath: "\(objects)/cases/test/\(name)"))
                }
                let again = try await vault.push(.all, dropping: true)
                #expect(!again.hasProblem)
            }
            let report = try await Vault.verify(at: stored.path, store: store)
            #expect(report.faults == [] && report.unreachable == [] && report.withheld == 1)
            let vault = try await Vault.openReadOnly(at: stored.path, store: store)
            #expect(try vault.bytes(of: Digest(of: stored.bodies[2]), upTo: 1 << 20) == stored.bodies[2])
            let error = #expect(throws: VaultError.self) { try vault.open(payload: item) }
            #expect(error?.code == .withheld)
        }
    }

    @Test("Withholding without the store changes nothing", arguments: ObjectServer.available)
    func withholdingOffline(_ server: ObjectServer) async throws {
        let stored = try await StoredCase()
        try await server.running { endpoint, _ in
            let store = try ObjectStore(endpoint)
            _ = try await stored.with(store) { try await $0.push(.all, dropping: false) }
        }
        try await stored.with(nil) { vault in
            let item = Digest(of: stored.bodies[1])
            let error = await #expect(throws: VaultError.self) {
                try await vault.withhold([item], reason: "r", actor: "a@b")
            }
            #expect(error?.code == .unreachable)
            #expect(vault.withholding(of: item) == nil)
            #expect(stored.isReadable(vault))
        }
    }

    @Test(
        "The store's certificate must be valid for its name",
        .enabled(if: ObjectServer.rclone.program != nil, "needs rclone: name its venv in AJAR_TOOLS")
    )
    func certificates() async throws {
        let folder = try TemporaryFolder("keys")
        let (certificate, key) = (folder.path + "/cert.pem", folder.path + "/key.pem")
        let address = "IP:127.91.0.1" + (2..<202).map { ",IP:127.91.0.\($0)" }.joined()
        let made = try await run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                "-subj",
                "/CN=store", "-addext", "subjectAltName=\(address)", "-keyout", key, "-out", certificate,
            ]
        )
        try #require(made.status == 0, "\(made.text)")
        let stored = try await StoredCase([300_000])
        try await ObjectServer.rclone.running(certificate: certificate, key: key) { endpoint, _ in
            let stranger = try ObjectStore(endpoint, attempts: 1, scheme: "https")
            let refused = try await stored.with(stranger) { try await $0.push(.full, dropping: true) }
            let problem = refused.segments.compactMap(\.problem).first ?? ""
            #expect(problem.contains("TLS") || problem.contains("CERTIFICATE"), "\(problem)")
            #expect(try !stored.local.isEmpty)
            let store = try ObjectStore(endpoint, scheme: "https", certificates: certificate)
            let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
            #expect(!report.hasProblem, "\(report)")
        }
    }
}
