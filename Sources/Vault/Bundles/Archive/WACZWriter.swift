package import Domain
import Foundation

/// The names in a WACZ.
enum WACZLayout {
    static let archiveName = "data.warc"
    static let archive = "archive/\(archiveName)"
    static let index = "indexes/index.cdx"
    static let pages = "pages/pages.jsonl"
    static let package = "datapackage.json"
    static let packageDigest = "datapackage-digest.json"
    /// What is withheld for the holder of a key, encrypted, one record after the other. Only where there is something.
    static let locked = "locked/data"
    static let version = "1.1.1"
    /// Everything that the package lists in any case, in the order in which it lies in the archive.
    static let resources = [
        archive, index, pages, BundleLayout.proofs, BundleLayout.checkpoint, BundleLayout.key,
    ]
}

/// What a WACZ says of itself (Frictionless Data Package, WACZ 1.1.1).
struct DataPackage: Codable, Hashable {
    struct Resource: Codable, Hashable {
        var name: String
        var path: String
        var hash: String
        var bytes: UInt64
    }

    var profile = "data-package"
    var resources: [Resource] = []
    var version = WACZLayout.version
    var title: String
    var description: String
    var software = "ajar/\(ajarVersion)"
    var created: String

    private enum CodingKeys: String, CodingKey {
        case profile, resources, title, description, software, created
        case version = "wacz_version"
    }

    init(title: String, description: String, created: String) {
        self.title = title
        self.description = description
        self.created = created
    }

    mutating func add(_ path: String, _ digest: Digest, _ length: UInt64) {
        resources.append(
            Resource(name: path.splitLast.name, path: path, hash: "sha256:\(digest)", bytes: length)
        )
    }

    /// JSON with sorted keys: there is one way to write it.
    func encoded() throws(VaultError) -> [UInt8] { try Self.json(self) }

    static func json(_ value: some Encodable) throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(value)) + [0x0a] } catch {
            throw VaultError(.tooLong, "write JSON: \(error)")
        }
    }
}

extension BundleContents {
    /// Writes the chosen exchanges as a WACZ. Returns how much went in, and the SHA-256 of `datapackage.json`, which stands
    /// for all of it.
    package func writeWACZ(
        to output: String,
        title: String,
        description: String,
        at time: Timestamp,
        watch: BundleWatch
    ) throws(VaultError) -> (counts: BundleCounts, digest: Digest) {
        let draft = try BundleDraft(output: output)
        do throws(VaultError) {
            let package = DataPackage(title: title, description: description, created: time.roundedDown.description)
            var writer = try WACZWriter(self, in: draft, package: package, watch: watch)
            let digest = try writer.run(at: time)
            try draft.finish(as: WACZWriter.name)
            return (writer.counts, digest)
        } catch {
            // Why it failed matters more than what is left of it, which shows by its name.
            try? draft.discard()
            throw error
        }
    }
}

/// Writes one WACZ: the records into a file, because an archive must be told their length before they come, and what is
/// made from them behind.
private struct WACZWriter {
    static let name = "bundle.wacz"

    private let contents: BundleContents
    private let archive: ArchiveWriter
    private let warc: NewFile
    private let lines: NewFile
    private let watch: BundleWatch
    private let proofs: NewFile
    private let pages: NewFile
    private let locked: NewFile
    private var package: DataPackage
    private var records: StandaloneRecords
    private var prover: ProofReader
    private var index: SortedLines
    private(set) var counts = BundleCounts()

    init(
        _ contents: BundleContents,
        in draft: BundleDraft,
        package: DataPackage,
        watch: BundleWatch
    ) throws(VaultError) {
        self.contents = contents
        self.package = package
        self.watch = watch
        archive = try ArchiveWriter(draft.workPath(Self.name))
        warc = try draft.makeTag("records")
        lines = try draft.makeTag("index")
        proofs = try draft.makeTag("leaves")
        pages = try draft.makeTag("pages")
        locked = try draft.makeTag("locked")
        prover = ProofReader(contents.vault.files, contents.checkpoint)
        index = SortedLines(in: draft.workPath(""))
        records = StandaloneRecords(vault: contents.vault, archive: warc, watch: watch, total: contents.recordBytes)
    }

    mutating func run(at time: Timestamp) throws(VaultError) -> Digest {
        let contents = contents
        try records.begin("\(package.title): \(package.description)", at: time)
        try pages.append("{\"format\":\"json-pages-1.0\",\"id\":\"pages\",\"title\":\"All Pages\"}\n")
        try contents.visit { (item) throws(VaultError) in try add(item) }
        try put(try warc.written(), as: WACZLayout.archive)
        let lines = lines
        try index.finish { (line) throws(VaultError) in try lines.append(line + [0x0a]) }
        try put(try lines.written(), as: WACZLayout.index)
        try put(try pages.written(), as: WACZLayout.pages)
        try put(try proofs.written(), as: BundleLayout.proofs)
        try put(Array(contents.checkpoint.text.utf8), as: BundleLayout.checkpoint)
        try put(try contents.vault.files.folder.read(LedgerWriter.keyName), as: BundleLayout.key)
        if locked.length > 0 { try put(try locked.written(), as: WACZLayout.locked) }
        let description = try package.encoded()
        let digest = Digest(of: description)
        try put(description, as: WACZLayout.package)
        let sum = try PackageDigest(digest, of: package, signedBy: contents.key)
        try put(try DataPackage.json(sum), as: WACZLayout.packageDigest)
        try archive.finish()
        return digest
    }

    private mutating func add(_ item: BundleItem) throws(VaultError) {
        let leaf = item.leaf
        var line = ProofLine(item, proof: try prover.proof(of: leaf.number, item.entry))
        if let why = leaf.payload.flatMap({ contents.holdsBack($0.digest) }) {
            line.missing = why
            counts.missing += 1
        } else if let place = leaf.place {
            switch try records.copy(leaf, place) {
            case .success(let copy):
                (line.file, line.offset, line.length) = (WACZLayout.archive, copy.offset, copy.length)
                counts.files += 1
                counts.bytes += copy.length
                if let capture = CaptureLine(leaf, copy) { try index.add(capture.encoded()) }
                try addPage(leaf, copy)
            case .failure(let error):
                line.missing = error.attempted
                counts.missing += 1
            }
        }
        if let bytes = try contents.lockedBytes(of: leaf) {
            let offset = locked.length
            if try locked.append(bytes.span, when: bytes.digest) {
                let part = ProofLine.Part(file: WACZLayout.locked, offset: offset, length: bytes.span.length)
                line.locked = part
                counts.locked += 1
            }
        }
        counts.items += 1
        try proofs.append(line.encoded())
    }

    /// Pages are what a person can open: answers that are HTML.
    private func addPage(_ leaf: Leaf, _ copy: StandaloneRecords.Copy) throws(VaultError) {
        let answer = AnswerHead(copy.head)
        guard copy.type == "response", answer.status == "200", answer.type == "text/html", let target = leaf.target,
            let record = leaf.record
        else { return }
        let page = Page(id: record, url: target, title: target, ts: leaf.at.roundedDown.description)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { try pages.append(Array(try encoder.encode(page)) + [0x0a]) } catch let error as VaultError {
            throw error
        } catch {
            throw VaultError(.tooLong, "list the page \(target): \(error)")
        }
    }

    private struct Page: Encodable {
        var id: String
        var url: String
        var title: String
        var ts: String
    }

    // MARK: Files of the archive

    private mutating func put(_ bytes: [UInt8], as path: String) throws(VaultError) {
        list(path, try archive.add(path, bytes), UInt64(bytes.count))
    }

    private mutating func put(_ span: FileSpan, as path: String) throws(VaultError) {
        let watch = watch
        let digest = try archive.add(path, span) { (done) throws(VaultError) in try watch.tell(done, of: span.length) }
        list(path, digest, span.length)
    }

    private mutating func list(_ path: String, _ digest: Digest, _ length: UInt64) {
        if WACZLayout.resources.contains(path) || path == WACZLayout.locked { package.add(path, digest, length) }
    }
}
