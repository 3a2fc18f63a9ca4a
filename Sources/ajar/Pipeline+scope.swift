import Domain
import Vault

extension Pipeline {
    /// Seals the scope file in force, once for each wording, and gives its digest: each run names the scope it ran by.
    static func seal(scope bytes: [UInt8], in vault: Vault, at time: Timestamp) async throws -> Digest {
        let digest = Digest(of: bytes)
        guard !vault.contains(digest) else { return digest }
        _ = try await vault.seal(
            ResourceRecord(
                target: "ajar:scope",
                contentType: "application/toml",
                bytes: bytes,
                at: time,
                kind: .metadata
            )
        )
        return digest
    }
}
