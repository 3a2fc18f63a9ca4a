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
        let size = query.checkpoint.size
        let number = (1...).first { !layout.stamps.has(VaultLayout.stampName(size, $0)) } ?? 1
        var leaf = Leaf(.resource, at: at)
        leaf.target = fault == nil ? VaultLayout.stampTarget(size, number) : "ajar:stamp/\(size)/refused"
        leaf.contentType = TimeStampQuery.replyType
        leaf.facts = [VaultLayout.authority: String(authority.prefix(1_000))]
        _ = try await writer().submit([.record(NewRecord(leaf, block: reply, mayRevisit: true))])
        if let fault {
            try await record(noStamp: fault, to: query, from: authority, at: at)
            return fault
        }
        try layout.stamps.make()
        try layout.stamps.replace(VaultLayout.stampName(size, number), with: reply)
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
        var leaf = Leaf(.metadata, at: at)
        leaf.target = "ajar:stamp/\(size)/none"
        leaf.contentType = "application/json"
        leaf.facts = [VaultLayout.authority: String(authority.prefix(1_000))]
        _ = try await writer().submit([.record(NewRecord(leaf, block: bytes))])
    }

    /// Whether the leaves that no checkpoint covers tell of time-stamps and nothing else. To sign for them would take the
    /// place of the checkpoint that they are over, and need a time-stamp of its own.
    package var onlyStampsWait: Bool {
        let (checkpoint, leaves) = files.pending
        return leaves.enumerated().allSatisfy { index, bytes in
            // One that cannot be read is no stamp.
            guard let leaf = try? Leaf(bytes, number: checkpoint.size + UInt64(index)) else { return false }
            return leaf.kind == .segment || leaf.target?.hasPrefix(VaultLayout.stampPrefix) == true
        }
    }
}

extension VaultLayout {
    /// The replies of time-stamp authorities, by the size of the checkpoint that they are over.
    var stamps: Folder { ledger.folder("stamps") }

    /// The fact that names the authority.
    static let authority = "authority"
    static let stampPrefix = "ajar:stamp/"

    /// The file of the first, second … time-stamp over a checkpoint.
    static func stampName(_ size: UInt64, _ number: Int = 1) -> String {
        number == 1 ? "\(size).tsr" : "\(size)-\(number).tsr"
    }

    /// What a time-stamp is sealed under.
    static func stampTarget(_ size: UInt64, _ number: Int) -> String {
        number == 1 ? "\(stampPrefix)\(size)" : "\(stampPrefix)\(size)/\(number)"
    }

    /// The size of the checkpoint that a file beside the ledger is a time-stamp of; nil for any other name.
    static func stampedSize(_ name: String) -> UInt64? {
        guard name.hasSuffix(".tsr") else { return nil }
        let parts = name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard let size = UInt64(parts[0]), let number = parts.count == 1 ? 1 : Int(parts[1]), number > 0,
            stampName(size, number) == name
        else { return nil }
        return size
    }
}

extension VaultLayout {
    /// The name beside the ledger of the time-stamp that a leaf has; nil for any other leaf.
    static func stampName(of leaf: Leaf) -> String? {
        guard leaf.kind == .resource, leaf.contentType == TimeStampQuery.replyType,
            let target = leaf.target, target.hasPrefix(stampPrefix)
        else { return nil }
        let parts = target.dropFirst(stampPrefix.count).split(separator: "/", omittingEmptySubsequences: false)
        guard let size = UInt64(parts[0]), let number = parts.count == 1 ? 1 : Int(parts[1]),
            stampTarget(size, number) == target
        else { return nil }
        return stampName(size, number)
    }

    /// The size of the checkpoint that a leaf says got no time-stamp; nil for any other leaf.
    static func unstampedSize(of leaf: Leaf) -> UInt64? {
        guard leaf.kind == .metadata, let target = leaf.target, target.hasPrefix(stampPrefix), target.hasSuffix("/none")
        else { return nil }
        return UInt64(target.dropFirst(stampPrefix.count).dropLast("/none".count))
    }
}
