import Crypto
import Domain

/// Copies sealed records so that they stand alone: as they are, byte for byte, but for revisits of an equal payload, which
/// become what the server sent: their own header with the payload that was sealed before.
///
/// A "not modified" is what the server sent, and stays a revisit.
struct StandaloneRecords {
    private static let piece = 1 << 20
    /// Bytes of a block that are kept to be looked at: more than any header that is taken.
    private static let keptHead = 1 << 16

    /// What an index must know of a record that was copied.
    struct Copy {
        var offset: UInt64
        var length: UInt64
        /// The block's first bytes.
        var head: [UInt8]
        /// WARC's word for it.
        var type: String
    }

    let vault: Vault
    let archive: NewFile
    let watch: BundleWatch
    /// Bytes of payloads that are done, and all of them.
    var done: UInt64 = 0
    let total: UInt64

    /// Writes the record that tells who made the file.
    func begin(_ job: String, at time: Timestamp) throws(VaultError) {
        let block = Array(
            "software: ajar/\(ajarVersion)\r\nformat: WARC File Format 1.1\r\ndescription: \(job.shown)\r\n".utf8
        )
        var header = WARCHeader()
        header.add("WARC-Type", "warcinfo")
        header.add("WARC-Record-ID", "<\(newRecordName())>")
        header.add("WARC-Date", time.description)
        header.add("WARC-Filename", WACZLayout.archiveName)
        header.add("WARC-Block-Digest", "sha256:\(Domain.Digest(of: block))")
        header.add("Content-Type", "application/warc-fields")
        header.add("Content-Length", String(block.count))
        try archive.append(header.bytes + block + Segment.recordEnd)
    }

    /// Copies the record of a leaf. When its bytes are not those that were sealed, nothing is written, and what is wrong
    /// is returned.
    mutating func copy(_ leaf: Leaf, _ place: Leaf.Place) throws(VaultError) -> Result<Copy, VaultError> {
        if let entry = vault.withheld[leaf: leaf.number] {
            return .failure(VaultError(.withheld, "the bytes were \(entry.withholding.sentence)"))
        }
        let mark = archive.mark
        let start = archive.length
        do throws(VaultError) {
            let segment = try vault.reader.segment(place.segment)
            let head: [UInt8]
            let type: String
            if leaf.kind == .identical, let payload = leaf.payload {
                head = try resolve(leaf, place, payload, from: segment)
                type = leaf.resolved.word
            } else {
                (head, type) = try copyWhole(leaf, place, from: segment)
            }
            done += place.length + (leaf.kind == .identical ? leaf.payload?.length ?? 0 : 0)
            return .success(Copy(offset: start, length: archive.length - start, head: head, type: type))
        } catch {
            switch error.code {
            case .diskFull, .system, .closed, .exists, .tooLong, .unreachable: throw error
            default:
                try archive.takeBack(to: mark)
                return .failure(error)
            }
        }
    }

    private func copyWhole(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        from file: any SegmentBytes
    ) throws(VaultError) -> (head: [UInt8], type: String) {
        let header = try file.read(at: place.offset, upTo: place.header)
        guard Domain.Digest(of: header) == place.digest else { throw damaged(leaf, file) }
        try archive.append(header)
        var hash = SHA256()
        var head: [UInt8] = []
        var position = place.offset + UInt64(place.header)
        let end = place.offset + place.length - UInt64(Segment.recordEnd.count)
        while position < end {
            let bytes = try file.read(at: position, upTo: Int(min(UInt64(Self.piece), end - position)))
            guard !bytes.isEmpty else { throw damaged(leaf, file) }
            if head.isEmpty { head = Array(bytes.prefix(Self.keptHead)) }
            hash.update(data: bytes)
            try archive.append(bytes)
            position += UInt64(bytes.count)
            try watch.tell(done + position - place.offset, of: total)
        }
        guard Domain.Digest(hash.finalize()) == leaf.block else { throw damaged(leaf, file) }
        try archive.append(Segment.recordEnd)
        return (head, WARCHeader.value(of: "WARC-Type", in: header) ?? "")
    }

    private func resolve(
        _ leaf: Leaf,
        _ place: Leaf.Place,
        _ payload: Leaf.Payload,
        from file: any SegmentBytes
    ) throws(VaultError) -> [UInt8] {
        let own = try file.read(at: place.offset + UInt64(place.header), upTo: payload.head)
        guard Domain.Digest(of: own) == leaf.block, let location = vault.index[payload.digest] else {
            throw damaged(leaf, file)
        }
        let original = try vault.reader.original(at: location)
        let frame = payload.frame
        let block = UInt64(own.count + frame.before.count + frame.after.count) + payload.length
        var full = leaf
        (full.kind, full.block) = (leaf.resolved.kind, nil)
        var header = WARCHeader(full, blockLength: block)
        header.add("Ajar-Payload-From", "<\(original.record)>")
        try archive.append(header.bytes + own + frame.before)
        let reader = try vault.open(payload: payload.digest)
        var position: UInt64 = 0
        while let bytes = try reader.next(upTo: Self.piece) {
            try archive.append(bytes)
            position += UInt64(bytes.count)
            try watch.tell(done + position, of: total)
        }
        guard position == payload.length else { throw damaged(leaf, file) }
        try archive.append(frame.after + Segment.recordEnd)
        return own
    }

    private func damaged(_ leaf: Leaf, _ file: any SegmentBytes) -> VaultError {
        VaultError(.damaged, "copy the record of leaf \(leaf.number)", path: file.path)
    }
}

extension Leaf {
    /// What a revisit becomes when its payload stands in it, with WARC's word.
    var resolved: (kind: Kind, word: String) {
        contentType?.hasPrefix("application/http") ?? false ? (.captured, "response") : (.resource, "resource")
    }
}

extension Leaf.Payload {
    /// What stands around the content when an answer in chunks is made whole. Its own chunks were not kept, because its
    /// content was known: it comes in one.
    var frame: (before: [UInt8], after: [UInt8]) {
        isChunked ? (Array("\(String(length, radix: 16))\r\n".utf8), Array("\r\n0\r\n\r\n".utf8)) : ([], [])
    }
}
