import Domain
import Glibc

/// Checks a bundle that is a folder: every file against SHA256SUMS, and every sealed item against the signed ledger.
struct FolderVerification {
    private let folder: Folder
    private let progress: @Sendable (StageProgress) -> Void
    private(set) var report: BundleReport
    /// The files that are there, by the hash of their path; with the SHA-256 that they have, once they were read.
    private var present: [Int: PayloadIndex.Key?] = [:]
    /// The files that a proven item accounts for.
    private var proven: Set<Int> = []
    private var locks = BundleLocks()

    init(_ folder: Folder, report: BundleReport, progress: @escaping @Sendable (StageProgress) -> Void) {
        self.folder = folder
        self.report = report
        self.progress = progress
    }

    mutating func run() throws(VaultError) {
        try walk("") { (path, _, verification) in verification.present[Self.key(path)] = .some(nil) }
        try verifySums()
        try verifyProofs()
        try walk("") { (path, isFile, verification) in verification.finish(path, isFile) }
    }

    private static func key(_ path: String) -> Int {
        var hasher = Hasher()
        for byte in path.utf8 { hasher.combine(byte) }
        return hasher.finalize()
    }

    /// Gives every file below a folder, and whether it is a regular one. Links are not followed.
    private mutating func walk(_ below: String, _ body: (String, Bool, inout Self) -> Void) throws(VaultError) {
        for name in try folder.folder(below.isEmpty ? "." : below).names() {
            let path = below.isEmpty ? name : "\(below)/\(name)"
            var status = stat()
            guard lstat(folder.path(path), &status) == 0 else {
                // A name that is no text leads nowhere.
                body(path, false, &self)
                continue
            }
            if status.st_mode & S_IFMT == S_IFDIR {
                try walk(path, body)
            } else {
                body(path, status.st_mode & S_IFMT == S_IFREG, &self)
            }
        }
    }

    // MARK: SHA256SUMS

    private mutating func verifySums() throws(VaultError) {
        guard let span = open(BundleDraft.sumsName) else { return }
        present[Self.key(BundleDraft.sumsName)] = .some(PayloadIndex.Key(MerkleHash.empty))
        var lines = LineReader(span, longest: SumLine.longest)
        do throws(VaultError) {
            while let line = try lines.next() { verify(line, number: lines.count) }
        } catch {
            report.add(
                BundleDraft.sumsName,
                error.attempted,
                affects: "the list of files from there on",
                sound: "the files that are proven"
            )
        }
    }

    private mutating func verify(_ bytes: [UInt8], number: Int) {
        guard let line = SumLine(bytes), let known = present[Self.key(line.path)] else {
            report.add(
                BundleDraft.sumsName,
                "line \(number) names no file that is there",
                affects: "one file, which is missing or was renamed",
                sound: "the files of the other lines"
            )
            return
        }
        guard known == nil else {
            report.add(
                BundleDraft.sumsName,
                "line \(number) names \(line.path) once more",
                affects: "this line",
                sound: "the files of the other lines"
            )
            return
        }
        guard let span = open(line.path) else { return }
        let digest: Digest?
        do throws(VaultError) { digest = try span.digest() } catch {
            report.add(line.path, error.attempted, affects: "this file", sound: "the others")
            return
        }
        guard let digest else { return }
        present[Self.key(line.path)] = .some(PayloadIndex.Key(digest))
        report.files += 1
        report.bytes += span.length
        progress(StageProgress(done: Int(report.bytes), total: nil, what: "bytes"))
        if digest != line.digest {
            report.add(
                line.path,
                "is not the file of line \(number) of \(BundleDraft.sumsName), or the line was changed",
                affects: "this file, unless its proof says that it is sound",
                sound: "the files that no fault names"
            )
        }
    }

    private mutating func open(_ path: String) -> FileSpan? {
        do throws(VaultError) { return try FileSpan(folder.path(path)) } catch {
            report.add(
                path,
                error.code == .missing ? "is missing" : "cannot be read: \(error.attempted)",
                affects: "what is in it",
                sound: "the other files"
            )
            return nil
        }
    }

    // MARK: Proofs

    private mutating func verifyProofs() throws(VaultError) {
        let (note, key) = (open(BundleLayout.checkpoint), open(BundleLayout.key))
        var proofs = BundleProofs(checkpoint: note, key: key, &report)
        guard let lines = open(BundleLayout.proofs), let names = open(BundleLayout.names) else { return }
        var (proofLines, rows) = (
            LineReader(lines, longest: ProofLine.longest), LineReader(names, longest: ProofLine.longest)
        )
        do throws(VaultError) {
            verify(row: try rows.next(), is: BundleRow.header, leaf: nil)
            while let bytes = try proofLines.next() {
                let row = try rows.next()
                guard let (line, leaf) = proofs.verify(bytes, line: proofLines.count, &report) else { continue }
                verify(row: row, is: BundleRow(line, leaf).text, leaf: leaf.number)
                verify(line, leaf)
                locks.verify(leaf, &report)
            }
            locks.finish(&report)
            if try rows.next() != nil {
                report.add(BundleLayout.names, "has more rows than items", affects: "those", sound: "the items")
            }
        } catch {
            report.add(
                BundleLayout.proofs,
                error.attempted,
                affects: "the items from there on",
                sound: "the items before"
            )
        }
    }

    private mutating func verify(row: [UInt8]?, is text: String, leaf: UInt64?) {
        guard row.map({ $0 + [0x0a] }) != Array(text.utf8) else { return }
        report.add(
            BundleLayout.names,
            leaf: leaf,
            "a row does not say what the ledger says",
            affects: "this row",
            sound: "the item, as \(BundleLayout.proofs) has it"
        )
    }

    private mutating func verify(_ line: ProofLine, _ leaf: Leaf) {
        report.items += 1
        if line.missing != nil { report.missing += 1 }
        if let locked = line.locked {
            let key = Self.key(locked.file)
            // A name of another form would be another file's.
            let isOwn = locked == ProofLine.Part(file: "\(BundleLayout.locked)/\(line.leaf)")
            proven.insert(key)
            locks.add(locked.file, of: line.leaf, digest: isOwn ? present[key] ?? nil : nil)
        }
        guard let file = line.file else {
            guard leaf.payload != nil, line.missing == nil else { return }
            report.add(
                BundleLayout.proofs,
                leaf: leaf.number,
                "names no file for an item that has bytes",
                affects: "its bytes",
                sound: "that it was sealed"
            )
            return
        }
        let key = Self.key(file)
        proven.insert(key)
        guard let payload = leaf.payload, present[key] == .some(.some(PayloadIndex.Key(payload.digest))) else {
            report.add(
                file,
                leaf: leaf.number,
                "is not what was sealed of \(leaf.target ?? "it")",
                affects: "this file",
                sound: "the other items"
            )
            return
        }
    }

    // MARK: What nothing accounts for

    private mutating func finish(_ path: String, _ isFile: Bool) {
        let key = Self.key(path)
        let known = present[key] ?? nil
        if !isFile || known == nil {
            let what = isFile ? "is not listed in \(BundleDraft.sumsName)" : "is no regular file"
            report.add(path, what, affects: "this file, which was added", sound: "the files that are listed")
            return
        }
        let folders = [BundleLayout.files, BundleLayout.records, BundleLayout.locked]
        if folders.contains(where: { path.hasPrefix("\($0)/") }), !proven.contains(key) {
            report.add(path, "no sealed item stands behind it", affects: "this file", sound: "the items")
        }
    }
}
