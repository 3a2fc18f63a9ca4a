import Domain

/// Checks a bag: its payload as a folder, and its tags against what they must say of it.
struct BagVerification {
    private static let longestTag = 1 << 20

    private let bag: Folder
    private var report: BundleReport

    /// Verifies the bag in a folder that has the declaration of one.
    static func run(
        _ bag: Folder,
        progress: @escaping @Sendable (StageProgress) -> Void
    ) throws(VaultError) -> BundleReport {
        let payload = Folder(bag.path(String(BagFiles.payload.dropLast())))
        var folder = FolderVerification(payload, report: BundleReport(format: "bagit"), progress: progress)
        try folder.run()
        var verification = BagVerification(bag: bag, report: folder.report)
        try verification.verifyTags()
        return verification.report
    }

    private mutating func verifyTags() throws(VaultError) {
        let tags = [BagFiles.declaration, BagFiles.info, BagFiles.manifest, BagFiles.tagManifest]
        for name in try bag.names() where !tags.contains(name) && "\(name)/" != BagFiles.payload {
            report.add(name, "is no part of the bag", affects: "this file, which was added", sound: "the payload")
        }
        guard
            let declaration = attempt(
                BagFiles.declaration,
                { (tag) throws(VaultError) in try tag.readAll(upTo: 4_096) }
            ),
            let info = attempt(BagFiles.info, { (tag) throws(VaultError) in try tag.digest() }) ?? nil,
            let manifest = attempt(BagFiles.manifest, { (tag) throws(VaultError) in try tag.digest() }) ?? nil,
            let list = attempt(BagFiles.tagManifest, { (tag) throws(VaultError) in try tag.readAll(upTo: 4_096) })
        else { return }
        if declaration != Array(BagFiles.declarationText.utf8) { addChanged(BagFiles.declaration) }
        let expected = BagFiles.tagManifest(declaration: Digest(of: declaration), info: info, manifest: manifest)
        if list != Array(expected.utf8) { addChanged("\(BagFiles.tagManifest), or a file that it lists") }
        if try !isListed() { addChanged(BagFiles.manifest) }
    }

    /// Whether the manifest lists what the payload's own list does, and that list.
    private mutating func isListed() throws(VaultError) -> Bool {
        let sumsPath = BagFiles.payload + BundleDraft.sumsName
        guard let sums = attempt(sumsPath, { (file) throws(VaultError) in file }),
            let manifest = attempt(BagFiles.manifest, { (file) throws(VaultError) in file }),
            let digest = try sums.digest()
        else { return true }
        var (listed, lines) = (
            LineReader(sums, longest: SumLine.longest), LineReader(manifest, longest: SumLine.longest)
        )
        do throws(VaultError) {
            while let line = try listed.next() {
                guard let sum = SumLine(line) else { return false }
                guard try lines.next() == Array("\(sum.digest)  \(BagFiles.payload)\(sum.path)".utf8) else {
                    return false
                }
            }
            let (last, none) = (try lines.next(), try lines.next())
            return last == Array("\(digest)  \(sumsPath)".utf8) && none == nil
        } catch { return false }
    }

    private mutating func attempt<Value>(
        _ name: String,
        _ work: (FileSpan) throws(VaultError) -> Value
    ) -> Value? {
        do throws(VaultError) { return try work(try FileSpan(bag.path(name))) } catch {
            report.add(name, "cannot be read: \(error.attempted)", affects: "this tag", sound: "the payload")
            return nil
        }
    }

    private mutating func addChanged(_ name: String) {
        report.add(name, "is not as it was written", affects: "what the bag says of itself", sound: "the payload")
    }
}
