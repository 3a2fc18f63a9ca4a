import Domain

/// How much went into a bundle.
package struct BundleCounts: Hashable, Codable, Sendable {
    /// Sealed items that the bundle proves.
    package var items: UInt64 = 0
    /// Files that have their bytes.
    package var files: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Items whose bytes could not be read: withheld, or damaged.
    package var missing: UInt64 = 0
    /// Records among them that the bundle has encrypted, for the holder of a key.
    package var locked: UInt64 = 0
}

/// The names that a bundle's own files have below its payload.
enum BundleLayout {
    static let proofs = "proof/leaves.jsonl"
    static let checkpoint = "proof/checkpoint"
    static let key = "proof/vkey"
    static let names = "names.csv"
    /// What was received.
    static let files = "files"
    /// What Ajar wrote down of its own work: runs, outcomes.
    static let records = "records"
    /// What is withheld for the holder of a key, encrypted: a file a record.
    static let locked = "locked"
}

extension BundleDraft {
    /// Writes the sealed payloads as a tree of files, the table of their names, and the proof of each.
    package func writeTree(
        _ contents: BundleContents,
        watch: BundleWatch
    ) throws(VaultError) -> BundleCounts {
        var writer = try TreeWriter(contents, into: self, watch: watch)
        return try writer.run()
    }

    /// Writes the checkpoint and the key that it is checked with.
    func writeCheckpoint(of contents: BundleContents) throws(VaultError) {
        try write(Array(contents.checkpoint.text.utf8), to: BundleLayout.checkpoint)
        try write(try contents.vault.files.folder.read(LedgerWriter.keyName), to: BundleLayout.key)
    }
}

/// Writes one tree of files.
private struct TreeWriter {
    private let draft: BundleDraft
    private let contents: BundleContents
    private let watch: BundleWatch
    private let proofs: NewFile
    private let table: NewFile
    private var prover: ProofReader
    private var names = FileNames()
    /// Where in the proofs the line is that first had a target with a payload, by the hash of both.
    private var places: [Int: UInt64] = [:]
    private var counts = BundleCounts()
    private var done: UInt64 = 0

    init(_ contents: BundleContents, into draft: BundleDraft, watch: BundleWatch) throws(VaultError) {
        self.draft = draft
        self.contents = contents
        self.watch = watch
        prover = ProofReader(contents.vault.files, contents.checkpoint)
        proofs = try draft.make(BundleLayout.proofs)
        table = try draft.make(BundleLayout.names)
    }

    mutating func run() throws(VaultError) -> BundleCounts {
        let contents = contents
        try table.append(BundleRow.header)
        try contents.visit { (item) throws(VaultError) in
            // Requests have no payload; bundles of records have them.
            if item.leaf.kind != .request { try add(item) }
        }
        try draft.close(proofs, as: BundleLayout.proofs)
        try draft.close(table, as: BundleLayout.names)
        try draft.writeCheckpoint(of: contents)
        return counts
    }

    private mutating func add(_ item: BundleItem) throws(VaultError) {
        var line = ProofLine(item, proof: try prover.proof(of: item.leaf.number, item.entry))
        if let payload = item.leaf.payload, let target = item.leaf.target {
            try place(item.leaf, payload, target, &line)
            try lock(item.leaf, &line)
            done += payload.length
        }
        counts.items += 1
        try proofs.append(line.encoded())
        try table.append(BundleRow(line, item.leaf).text)
        try watch.tell(done, of: contents.payloadBytes)
    }

    private mutating func place(
        _ leaf: Leaf,
        _ payload: Leaf.Payload,
        _ target: String,
        _ line: inout ProofLine
    ) throws(VaultError) {
        var hasher = Hasher()
        hasher.combine(target)
        hasher.combine(payload.digest)
        let key = hasher.finalize()
        if let file = try known(key, target, payload.digest) {
            line.file = file
            return
        }
        let isOwn = leaf.kind == .metadata || target.hasPrefix("ajar:")
        let root = isOwn ? BundleLayout.records : BundleLayout.files
        let path = names.path(for: target, leaf: leaf.number, below: root)
        let fault: String?
        if let why = contents.holdsBack(payload.digest) {
            fault = why
        } else {
            fault = try copy(payload.digest, to: path)
        }
        if let fault {
            line.missing = fault
            counts.missing += 1
            return
        }
        line.file = path
        places[key] = proofs.length
        counts.files += 1
        counts.bytes += payload.length
    }

    /// Copies what a withheld record holds encrypted.
    private mutating func lock(_ leaf: Leaf, _ line: inout ProofLine) throws(VaultError) {
        guard let bytes = try contents.lockedBytes(of: leaf) else { return }
        let path = "\(BundleLayout.locked)/\(leaf.number)"
        let file = try draft.make(path)
        guard try file.append(bytes.span, when: bytes.digest) else { return try draft.drop(path) }
        try draft.close(file, as: path)
        line.locked = ProofLine.Part(file: path)
        counts.locked += 1
    }

    /// The file that an earlier item with the same target and payload has.
    private func known(_ key: Int, _ target: String, _ payload: Digest) throws(VaultError) -> String? {
        guard let place = places[key] else { return nil }
        var lines = LineReader(try proofs.written(), from: place, longest: ProofLine.longest)
        guard let bytes = try lines.next(), let line = ProofLine(bytes) else { return nil }
        let leaf = try Leaf(Array(line.entry.utf8), number: line.leaf)
        return leaf.target == target && leaf.payload?.digest == payload ? line.file : nil
    }

    /// Copies a payload; gives what is wrong when it cannot be read as it was sealed.
    private func copy(_ payload: Digest, to path: String) throws(VaultError) -> String? {
        let reader: PayloadReader
        do throws(VaultError) { reader = try contents.vault.open(payload: payload) } catch {
            // That the store cannot be reached says nothing of the payload: the bundle would lack it for no reason.
            guard error.code != .unreachable else { throw error }
            return error.attempted
        }
        let file = try draft.make(path)
        while true {
            let bytes: [UInt8]?
            do throws(VaultError) { bytes = try reader.next(upTo: 1 << 20) } catch {
                try draft.drop(path)
                guard error.code != .unreachable else { throw error }
                return error.attempted
            }
            guard let bytes else { break }
            try file.append(bytes)
            try watch.tell(done + file.length, of: contents.payloadBytes)
        }
        guard try draft.close(file, as: path) == payload else {
            throw VaultError(.damaged, "copy payload \(payload)", path: path)
        }
        return nil
    }
}
