import Domain
import Foundation
import TestSupport
import Vault

/// A vault of several small segments, for what is brought to a store.
struct StoredCase {
    let folder: TemporaryFolder
    var path: String { folder.path + "/v" }
    let bodies: [[UInt8]]
    let limits: VaultLimits

    /// `sizes` are the lengths of the bodies, each of which has a segment to itself where it is longer than `segment`.
    init(_ sizes: [Int] = [300_000, 300_000, 300_000, 4_000], segment: UInt64 = 250_000) async throws {
        folder = try TemporaryFolder("vault")
        var limits = VaultLimits()
        limits.segmentBytes = segment
        self.limits = limits
        bodies = sizes.enumerated().map { noise($1, seed: UInt64($0) + 7) }
        let vault = try await Vault.create(at: path, clock: stillClock, limits: limits)
        for (number, body) in bodies.enumerated() { try await vault.sealExchange("/file\(number)", body) }
        await vault.close()
    }

    func open(_ store: ObjectStore?) async throws -> Vault {
        try await Vault.open(at: path, clock: stillClock, limits: limits, store: store)
    }

    /// Does `body` with the vault open, and closes it whatever happens.
    func with<Value>(_ store: ObjectStore?, _ body: (Vault) async throws -> Value) async throws -> Value {
        let vault = try await open(store)
        do {
            let value = try await body(vault)
            await vault.close()
            return value
        } catch {
            await vault.close()
            throw error
        }
    }

    /// The segments that are files here.
    var local: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path + "/segments").sorted()
        }
    }

    /// Whether every body can be read as it was sealed.
    func isReadable(_ vault: Vault) -> Bool {
        bodies.allSatisfy { body in
            (try? vault.bytes(of: Digest(of: body), upTo: body.count)) == body
        }
    }
}

extension ObjectStore {
    /// A store that is asked often and soon, and not for long.
    convenience init(
        _ endpoint: Endpoint,
        attempts: Int = 5,
        seconds: Int64 = 20,
        scheme: String = "http",
        certificates: String? = nil
    ) throws {
        var settings = StoreSettings(endpoint: "\(scheme)://\(endpoint)", bucket: ObjectServer.bucket)
        settings.prefix = "cases/test"
        settings.certificates = certificates
        var patience = Patience()
        (patience.attempts, patience.pause) = (attempts, 5)
        (patience.connectSeconds, patience.idleSeconds, patience.leastSeconds) = (5, seconds, seconds)
        patience.slowest = 1 << 40
        try self.init(settings, patience: patience) {
            StoreCredentials(accessKeyID: ObjectServer.accessKeyID, secretKey: ObjectServer.secretKey)
        }
    }
}
