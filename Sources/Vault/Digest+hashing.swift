import Crypto
package import Domain

extension Domain.Digest {
    /// The SHA-256 of `bytes`.
    package init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    init(_ digest: SHA256Digest) {
        guard let value = Self(bytes: digest) else { preconditionFailure("SHA-256 has 32 bytes") }
        self = value
    }
}
