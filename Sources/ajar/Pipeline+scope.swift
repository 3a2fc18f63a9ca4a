import Domain
import Vault

extension Pipeline {
    /// Seals a file in force, the scope or the settings, once for each wording, and gives its digest: each run names what
    /// it ran by.
    static func seal(
        _ bytes: [UInt8],
        as target: String,
        _ contentType: String = "application/toml",
        in vault: Vault,
        at time: Timestamp
    ) async throws -> Digest {
        let digest = Digest(of: bytes)
        guard !vault.contains(digest) else { return digest }
        _ = try await vault.seal(
            ResourceRecord(
                target: target,
                contentType: contentType,
                bytes: bytes,
                at: time,
                kind: .metadata
            )
        )
        return digest
    }
}
