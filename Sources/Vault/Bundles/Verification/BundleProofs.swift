import Domain

/// Checks the proof section of a bundle: the checkpoint's signature, and each leaf's way to the signed root.
struct BundleProofs {
    private static let longestNote = 1 << 16

    private var checkpoint: Checkpoint?
    private var key: VerifyingKey?
    private var last: UInt64?

    /// Reads the checkpoint and the key that a bundle has.
    init(checkpoint note: FileSpan?, key: FileSpan?, _ report: inout BundleReport) {
        do throws(VaultError) {
            guard let note, let key else { throw VaultError(.missing, "find the checkpoint and its key") }
            let text = String(decoding: try key.readAll(upTo: Self.longestNote), as: UTF8.self)
            guard let key = VerifyingKey(text: text), text == "\(key.text)\n" else {
                throw VaultError(.damaged, "read the key")
            }
            let bytes = try note.readAll(upTo: Self.longestNote)
            let checkpoint = Checkpoint(note: String(decoding: bytes, as: UTF8.self), key: key)
            guard let checkpoint, checkpoint.text.utf8.elementsEqual(bytes) else {
                throw VaultError(.damaged, "check the signature of the checkpoint")
            }
            (self.key, self.checkpoint) = (key, checkpoint)
            (report.origin, report.key, report.signed) = (checkpoint.origin, key.text, checkpoint.size)
        } catch {
            report.add(
                BundleLayout.checkpoint,
                "cannot be used: \(error.attempted)",
                affects: "that anything here was sealed",
                sound: "nothing is proven without it"
            )
        }
    }

    /// The leaf of a line, when it is in the signed tree; what is wrong goes into the report.
    mutating func verify(_ bytes: [UInt8], line number: Int, _ report: inout BundleReport) -> (ProofLine, Leaf)? {
        guard let line = ProofLine(bytes) else {
            report.add(
                BundleLayout.proofs,
                "line \(number) is no proof",
                affects: "the item of this line",
                sound: "the other lines"
            )
            return nil
        }
        do throws(VaultError) {
            return (line, try prove(line))
        } catch {
            report.add(
                BundleLayout.proofs,
                leaf: line.leaf,
                error.attempted,
                affects: line.file ?? "what leaf \(line.leaf) speaks of",
                sound: "the other items"
            )
            return nil
        }
    }

    private mutating func prove(_ line: ProofLine) throws(VaultError) -> Leaf {
        if let last, line.leaf <= last { throw VaultError(.damaged, "leaf \(line.leaf) is out of its order") }
        last = line.leaf
        let entry = Array(line.entry.utf8)
        guard let checkpoint, let path = line.path,
            InclusionProof(leaf: line.leaf, size: checkpoint.size, path: path).root(from: MerkleHash.leaf(entry))
                == checkpoint.root
        else { throw VaultError(.damaged, "the proof of leaf \(line.leaf) does not lead to the signed root") }
        let leaf = try Leaf(entry, number: line.leaf)
        if line.leaf == 0, leaf.facts?["key"] != key?.text {
            throw VaultError(.damaged, "the ledger's first leaf names another key")
        }
        return leaf
    }
}
