import Domain
import Foundation

/// Checks a WACZ that Ajar wrote: every bit of the files in the archive, and every record against the signed ledger.
/// What ZIP itself adds, such as a date that nobody reads, is no part of them.
struct WACZVerification {
    private static let longestDescription = 1 << 20

    private let files: UnpackedArchive
    private let progress: @Sendable (StageProgress) -> Void
    private var report = BundleReport(format: "wacz")

    static func run(
        _ path: String,
        progress: @escaping @Sendable (StageProgress) -> Void
    ) throws(VaultError) -> BundleReport {
        var report = BundleReport(format: "wacz")
        let files: UnpackedArchive
        do throws(VaultError) { files = try UnpackedArchive(path) } catch {
            guard error.code == .damaged else { throw error }
            report.add(
                path.splitLast.name,
                "cannot be unpacked: \(error.attempted)",
                affects: "the whole of it",
                sound: "what `unzip` can still take out, each file by its own sum"
            )
            return report
        }
        var verification = WACZVerification(files: files, progress: progress)
        try verification.verifyPackage()
        try verification.verifyRecords()
        return verification.report
    }

    private init(files: UnpackedArchive, progress: @escaping @Sendable (StageProgress) -> Void) {
        self.files = files
        self.progress = progress
    }

    // MARK: Files

    private mutating func verifyPackage() throws(VaultError) {
        let names = files.names
        let listed = WACZLayout.resources + (files[WACZLayout.locked] == nil ? [] : [WACZLayout.locked])
        guard names == listed + [WACZLayout.package, WACZLayout.packageDigest],
            let packageSpan = files[WACZLayout.package], let digestSpan = files[WACZLayout.packageDigest]
        else {
            add("the archive", "does not have the files that Ajar writes, in their order", "the list of files")
            return
        }
        let bytes = try packageSpan.readAll(upTo: Self.longestDescription)
        guard let package = try? JSONDecoder().decode(DataPackage.self, from: Data(bytes)) else {
            add(WACZLayout.package, "cannot be read", "the sums of the files")
            return
        }
        let sum = try digestSpan.readAll(upTo: Self.longestDescription)
        if try !isRight(sum, for: Digest(of: bytes), of: package) {
            add(WACZLayout.packageDigest, "is not that of \(WACZLayout.package)", "what the package says of itself")
        }
        guard package.resources.map(\.path) == listed else {
            add(WACZLayout.package, "does not list the files of the archive", "the sums of the files")
            return
        }
        for resource in package.resources {
            guard let span = files[resource.path] else { continue }
            let digest = try span.digest()
            report.files += 1
            report.bytes += span.length
            progress(StageProgress(done: Int(report.bytes), total: nil, what: "bytes"))
            if digest.map({ "sha256:\($0)" }) != resource.hash || span.length != resource.bytes {
                add(resource.path, "is not the file that \(WACZLayout.package) lists", "this file")
            }
        }
    }

    /// Whether the sum of the package is its own, and signed by the key of the ledger when it is signed.
    private func isRight(_ bytes: [UInt8], for digest: Digest, of package: DataPackage) throws(VaultError) -> Bool {
        guard let sum = try? JSONDecoder().decode(PackageDigest.self, from: Data(bytes)),
            sum.hash == "sha256:\(digest)", try DataPackage.json(sum) == bytes
        else { return false }
        guard let signed = sum.signedData else { return true }
        guard let span = files[BundleLayout.key] else { return false }
        let text = String(decoding: try span.readAll(upTo: Self.longestDescription), as: UTF8.self)
        guard let key = VerifyingKey(text: text) else { return false }
        return signed.isRight(for: sum, of: package, by: key)
    }

    // MARK: Records

    private mutating func verifyRecords() throws(VaultError) {
        var proofs = BundleProofs(
            checkpoint: files[BundleLayout.checkpoint],
            key: files[BundleLayout.key],
            &report
        )
        guard let span = files[BundleLayout.proofs], let archive = files[WACZLayout.archive] else { return }
        var lines = LineReader(span, longest: ProofLine.longest)
        do throws(VaultError) {
            var end = try recordEnd(archive, at: 0)
            var locks = BundleLocks()
            var lockedEnd: UInt64 = 0
            while let bytes = try lines.next() {
                guard let (line, leaf) = proofs.verify(bytes, line: lines.count, &report) else { continue }
                report.items += 1
                if line.missing != nil { report.missing += 1 }
                if let part = line.locked {
                    locks.add(part.file, of: line.leaf, digest: try lockedDigest(part, from: &lockedEnd))
                }
                locks.verify(leaf, &report)
                guard let offset = line.offset, let length = line.length else {
                    if leaf.place != nil, line.missing == nil { add(leaf, "has no record in the archive") }
                    continue
                }
                if offset != end { add(leaf, "begins where no record may begin") }
                end = offset.addingReportingOverflow(length).partialValue
                if try !isSealed(leaf, archive, offset, length) { add(leaf, "has a record that was not sealed") }
            }
            locks.finish(&report)
            if lockedEnd != files[WACZLayout.locked]?.length ?? 0 {
                add(WACZLayout.locked, "has bytes that no item accounts for", "those bytes")
            }
            if end != archive.length {
                add(WACZLayout.archive, "has bytes that no item accounts for", "those bytes")
            }
        } catch {
            add(BundleLayout.proofs, error.attempted, "the items from there on")
        }
    }

    /// The SHA-256 of what a line names; nil unless it begins where the one before ended.
    private func lockedDigest(_ part: ProofLine.Part, from end: inout UInt64) throws(VaultError) -> PayloadIndex.Key? {
        guard part.file == WACZLayout.locked, let all = files[WACZLayout.locked], part.offset == end,
            let length = part.length, length <= all.length - end
        else { return nil }
        let span = FileSpan(file: all.file, offset: all.offset + end, length: length)
        end += length
        return try span.digest().map { PayloadIndex.Key($0) }
    }

    /// Where the first record ends, which says who made the file and was never sealed.
    private func recordEnd(_ archive: FileSpan, at offset: UInt64) throws(VaultError) -> UInt64 {
        let start = try archive.read(at: offset, upTo: Leaf.Place.longestHeader)
        guard let end = headerEnd(start),
            let length = WARCHeader.value(of: "Content-Length", in: Array(start[..<end])).flatMap({ UInt64($0) }),
            length <= archive.length
        else { throw VaultError(.damaged, "find the end of the archive's first record") }
        return offset + UInt64(end) + length + UInt64(Segment.recordEnd.count)
    }

    private func headerEnd(_ bytes: [UInt8]) -> Int? {
        var index = 0
        while index + 4 <= bytes.count {
            if bytes[index] == 0x0d, bytes[index..<index + 4].elementsEqual(Segment.recordEnd) { return index + 4 }
            index += 1
        }
        return nil
    }

    /// Whether a record holds what its leaf says: the record as it was sealed, or a revisit with its payload.
    private func isSealed(
        _ leaf: Leaf,
        _ archive: FileSpan,
        _ offset: UInt64,
        _ length: UInt64
    ) throws(VaultError) -> Bool {
        guard let place = leaf.place, offset <= archive.length, length <= archive.length - offset else { return false }
        let end = UInt64(Segment.recordEnd.count)
        if leaf.kind == .identical { return try isResolved(leaf, archive, offset, length) }
        guard length == place.length, length >= UInt64(place.header) + end else { return false }
        let header = try archive.read(at: offset, upTo: place.header)
        let block = FileSpan(
            file: archive.file,
            offset: archive.offset + offset + UInt64(place.header),
            length: length - UInt64(place.header) - end
        )
        let last = try archive.read(at: offset + length - end, upTo: Int(end))
        let digest = try block.digest()
        return Digest(of: header) == place.digest && digest == leaf.block && last == Segment.recordEnd
    }

    /// A revisit that was made whole has a header of its own, made from the leaf; the answer's header and the payload are
    /// those that were sealed.
    private func isResolved(
        _ leaf: Leaf,
        _ archive: FileSpan,
        _ offset: UInt64,
        _ length: UInt64
    ) throws(VaultError) -> Bool {
        let most = Int(min(length, UInt64(Leaf.Place.longestHeader)))
        let start = try archive.read(at: offset, upTo: most)
        guard let payload = leaf.payload, payload.length <= length, let header = headerEnd(start) else { return false }
        let frame = payload.frame
        let block = UInt64(payload.head + frame.before.count + frame.after.count) + payload.length
        guard length == UInt64(header + Segment.recordEnd.count) + block else { return false }
        var full = leaf
        (full.kind, full.block) = (leaf.resolved.kind, nil)
        var expected = WARCHeader(full, blockLength: block)
        let original = WARCHeader.value(of: "Ajar-Payload-From", in: Array(start[..<header]))
        expected.add("Ajar-Payload-From", original)
        let base = offset + UInt64(header)
        let head = try archive.read(at: base, upTo: payload.head)
        let before = try archive.read(at: base + UInt64(payload.head), upTo: frame.before.count)
        let after = try archive.read(at: offset + length - 4 - UInt64(frame.after.count), upTo: frame.after.count + 4)
        let content = FileSpan(
            file: archive.file,
            offset: archive.offset + base + UInt64(payload.head + frame.before.count),
            length: payload.length
        )
        let digest = try content.digest()
        return expected.bytes == Array(start[..<header]) && Digest(of: head) == leaf.block && digest == payload.digest
            && before == frame.before && after == frame.after + Segment.recordEnd
    }

    // MARK: Faults

    private mutating func add(_ file: String, _ what: String, _ affects: String) {
        report.add(file, what, affects: affects, sound: "the items that no fault names")
    }

    private mutating func add(_ leaf: Leaf, _ what: String) {
        report.add(
            WACZLayout.archive,
            leaf: leaf.number,
            "\(leaf.target ?? "an item") \(what)",
            affects: "this record",
            sound: "the items that no fault names"
        )
    }
}
