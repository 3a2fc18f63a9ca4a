import Domain

/// The SHA-256 of the package's description (WACZ 1.1.1), signed by the ledger's key.
struct PackageDigest: Codable, Hashable {
    /// The signature in the form of "WACZ Signing and Verification" 0.1.0 for keys without a name. That document knows
    /// ECDSA alone; this is Ed25519, whose key says so (RFC 8410).
    struct SignedData: Codable, Hashable {
        /// The text that is signed.
        var hash: String
        var created: String
        var software: String
        var version = "0.1.0"
        var signature: String
        var publicKey: String
    }

    var path = WACZLayout.package
    var hash: String
    var signedData: SignedData?

    init(_ digest: Digest, of package: DataPackage, signedBy key: SigningKey?) throws(VaultError) {
        hash = "sha256:\(digest)"
        guard let key else { return }
        signedData = SignedData(
            hash: hash,
            created: package.created,
            software: package.software,
            signature: try key.signature(ofLine: hash),
            publicKey: key.verifying.encoded
        )
    }
}

extension PackageDigest.SignedData {
    /// Whether it is of this sum and package, and the key signed it.
    func isRight(for sum: PackageDigest, of package: DataPackage, by key: VerifyingKey) -> Bool {
        hash == sum.hash && created == package.created && software == package.software && publicKey == key.encoded
            && key.signed(line: hash, signature)
    }
}
