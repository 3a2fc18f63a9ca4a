package import Domain
import Foundation
import SwiftASN1
import X509

/// Who vouches for the authorities of time-stamps: the certificates that a chain must lead to.
package struct StampRoots: Sendable {
    let certificates: [Certificate]

    /// Reads certificates in PEM, as many as there are.
    package init(pem text: String, path: String) throws(VaultError) {
        let mark = "-----END CERTIFICATE-----"
        do {
            certificates = try text.components(separatedBy: mark).dropLast().map { part in
                guard let start = part.range(of: "-----BEGIN CERTIFICATE-----") else {
                    throw VaultError(.damaged, "read a certificate", path: path)
                }
                return try Certificate(pemEncoded: String(part[start.lowerBound...]) + mark + "\n")
            }
        } catch { throw VaultError(.damaged, "read the authorities' certificates: \(error)", path: path) }
        guard !certificates.isEmpty else { throw VaultError(.damaged, "find a certificate", path: path) }
    }
}

extension Vault {
    /// The question about the last checkpoint; nil where that has a time-stamp already.
    package func stampQuery() async throws(VaultError) -> TimeStampQuery? {
        let checkpoint = try await checkpoint()
        guard !layout.stamps.has(VaultLayout.stampName(checkpoint.size)) else { return nil }
        return try TimeStampQuery(checkpoint)
    }

    /// Checks an authority's reply and keeps it: sealed, and beside the ledger as `stamps/<size>.tsr`.
    ///
    /// A reply that is not what it should be is sealed as well, and is not kept as a time-stamp; what is wrong with it is
    /// returned. Without roots the chain of its certificate is left unchecked.
    package func keep(
        reply: [UInt8],
        to query: TimeStampQuery,
        from authority: String,
        roots: StampRoots?,
        at: Timestamp
    ) async throws(VaultError) -> String? {
        let fault = await Self.fault(with: reply, to: query, roots)
        let name = "ajar:stamp/\(query.checkpoint.size)" + (fault == nil ? "" : "/refused")
        let type = TimeStampQuery.replyType
        _ = try await seal(ResourceRecord(target: name, contentType: type, bytes: reply, at: at))
        if let fault {
            try await record(noStamp: fault, to: query, from: authority, at: at)
            return fault
        }
        try layout.stamps.make()
        try layout.stamps.replace(VaultLayout.stampName(query.checkpoint.size), with: reply)
        try layout.stamps.sync()
        return nil
    }

    private static func fault(with reply: [UInt8], to query: TimeStampQuery, _ roots: StampRoots?) async -> String? {
        do throws(StampFault) {
            let stamp = try TimeStampReply(reply)
            let signer = try stamp.verify(imprint: query.checkpoint.imprint, nonce: query.nonce)
            guard let roots else { return nil }
            return try await stamp.doubt(about: signer, roots: roots.certificates)
        } catch { return error.description }
    }

    private struct Refusal: Encodable {
        var authority: String
        var size: UInt64
        var why: String
    }

    /// Seals that an authority gave no time-stamp, and why.
    package func record(
        noStamp why: String,
        to query: TimeStampQuery,
        from authority: String,
        at: Timestamp
    ) async throws(VaultError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let size = query.checkpoint.size
        let bytes: [UInt8]
        do { bytes = Array(try encoder.encode(Refusal(authority: authority, size: size, why: why))) } catch {
            throw VaultError(.tooLong, "write why there is no time-stamp: \(error)")
        }
        let target = "ajar:stamp/\(size)/none"
        let type = "application/json"
        _ = try await seal(ResourceRecord(target: target, contentType: type, bytes: bytes, at: at, kind: .metadata))
    }
}

extension VaultLayout {
    /// The replies of time-stamp authorities, by the size of the checkpoint that they are over.
    var stamps: Folder { ledger.folder("stamps") }

    static func stampName(_ size: UInt64) -> String { "\(size).tsr" }
}

extension VaultLayout {
    /// The name beside the ledger of the time-stamp that a leaf has; nil for any other leaf.
    static func stampName(of leaf: Leaf) -> String? {
        guard leaf.kind == .resource, leaf.contentType == TimeStampQuery.replyType,
            let target = leaf.target, target.hasPrefix("ajar:stamp/"),
            let size = UInt64(target.dropFirst("ajar:stamp/".count))
        else { return nil }
        return stampName(size)
    }

    /// The size of the checkpoint that a leaf says got no time-stamp; nil for any other leaf.
    static func unstampedSize(of leaf: Leaf) -> UInt64? {
        guard leaf.kind == .metadata, let target = leaf.target, target.hasPrefix("ajar:stamp/"),
            target.hasSuffix("/none")
        else { return nil }
        return UInt64(target.dropFirst("ajar:stamp/".count).dropLast("/none".count))
    }
}
