package import Domain
import Foundation

/// One sealed item as a bundle tells of it: its leaf, the proof that the checkpoint signs for it, and its file.
///
/// A line of JSON in `proof/leaves.jsonl`.
struct ProofLine: Codable, Hashable {
    /// The most bytes of one line: a leaf of the greatest length, every byte of it escaped, and its proof.
    static let longest = 1 << 18

    /// The file in the bundle that has the payload, or the record.
    var file: String?
    /// Where in the file the record lies, when the file has many.
    var offset: UInt64?
    var length: UInt64?
    /// Where the record's bytes are, encrypted, when they are withheld for the holder of a key.
    var locked: Part?
    /// The number of the leaf.
    var leaf: UInt64
    /// The leaf, byte for byte.
    var entry: String
    /// The hashes from the leaf to the root, the lowest first, in base64.
    var proof: [String]
    /// Why the bundle does not have the bytes.
    var missing: String?

    /// A file of the bundle, or the part of it that begins at `offset`.
    struct Part: Codable, Hashable {
        var file: String
        var offset: UInt64?
        var length: UInt64?
    }

    init(_ item: BundleItem, proof: [Digest]) {
        leaf = item.leaf.number
        entry = String(decoding: item.entry, as: UTF8.self)
        self.proof = proof.map { Data($0.bytes).base64EncodedString() }
    }

    /// Nil when the bytes are no such line.
    init?(_ bytes: [UInt8]) {
        guard let line = try? JSONDecoder().decode(ProofLine.self, from: Data(bytes)) else { return nil }
        self = line
    }

    func encoded() throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) + [0x0a] } catch {
            throw VaultError(.tooLong, "write leaf \(leaf) into a bundle: \(error)")
        }
    }

    /// The hashes of the proof; nil when one is none.
    var path: [Digest]? {
        var path: [Digest] = []
        for text in proof.prefix(InclusionProof.longest + 1) {
            guard let bytes = Data(base64Encoded: text), let digest = Digest(bytes: bytes) else { return nil }
            path.append(digest)
        }
        return path.count == proof.count ? path : nil
    }
}

/// What a bundle's table of names says of one item, for people and spreadsheets.
package struct BundleRow: Sendable {
    /// The path in the bundle; nil for an item without bytes of its own.
    package var file: String?
    package var leaf: UInt64
    /// What the ledger calls it, such as `captured`, `resource`.
    package var kind: String
    package var at: Timestamp
    /// What it is of, percent-encoded: the name's own bytes.
    package var target: String?
    package var payload: Digest?
    package var length: UInt64?
    package var record: String?
    package var missing: String?

    init(_ line: ProofLine, _ leaf: Leaf) {
        file = line.file
        self.leaf = leaf.number
        kind = leaf.kind.rawValue
        at = leaf.at
        target = leaf.target
        payload = leaf.payload?.digest
        length = leaf.payload?.length
        record = leaf.record
        missing = line.missing
    }

    static let header = "file,leaf,kind,at,target,sha256,length,missing\r\n"

    /// The row as names.csv has it (RFC 4180).
    var text: String {
        let cells = [
            file ?? "", String(leaf), kind, at.description, target ?? "", payload?.description ?? "",
            length.map(String.init) ?? "", missing ?? "",
        ]
        return cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    private static func cell(_ text: String) -> String {
        let isPlain = !text.utf8.contains { $0 == 0x22 || $0 == 0x2c || $0 == 0x0a || $0 == 0x0d }
        return isPlain ? text : "\"\(text.replacing("\"", with: "\"\""))\""
    }
}
