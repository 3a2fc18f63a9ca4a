import Domain

/// One WARC file that grows at its end only.
///
/// Used by the scribe alone. Bytes are gathered and written in one piece, each once.
final class Segment {
    private static let gathered = 1 << 20

    let number: UInt32
    let file: OpenFile
    /// Where the next record begins, gathered bytes included.
    private(set) var end: UInt64
    private var waiting: [UInt8] = []
    private var isDirty = false

    init(number: UInt32, file: OpenFile, end: UInt64) {
        self.number = number
        self.file = file
        self.end = end
    }

    static func name(_ number: UInt32) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".warc"
    }

    /// The number in a segment's name; nil for any other name.
    static func number(_ name: String) -> UInt32? {
        guard name.hasSuffix(".warc"), let number = UInt32(name.dropLast(5)), self.name(number) == name else {
            return nil
        }
        return number
    }

    func append(_ bytes: some Collection<UInt8>) throws(VaultError) {
        isDirty = true
        if waiting.count + bytes.count > Self.gathered { try flush() }
        if bytes.count > Self.gathered {
            try file.write(bytes, at: end)
        } else {
            waiting += bytes
        }
        end += UInt64(bytes.count)
    }

    /// Fills a place that was kept free.
    func fill(_ bytes: [UInt8], at offset: UInt64) throws(VaultError) {
        try flush()
        isDirty = true
        try file.write(bytes, at: offset)
    }

    private func flush() throws(VaultError) {
        guard !waiting.isEmpty else { return }
        try file.write(waiting, at: end - UInt64(waiting.count))
        waiting.removeAll(keepingCapacity: true)
    }

    /// Drops what was never sealed.
    func cut(to offset: UInt64) throws(VaultError) {
        try flush()
        isDirty = true
        try file.truncate(to: offset)
        end = offset
    }

    func sync() throws(VaultError) {
        guard isDirty else { return }
        try flush()
        try file.sync()
        isDirty = false
    }

    /// Appends a whole record, and tells the leaf where it lies.
    func append(_ leaf: inout Leaf, header: WARCHeader, block: [[UInt8]]) throws(VaultError) {
        let (head, offset) = (header.bytes, end)
        try append(head)
        for part in block { try append(part) }
        try append(Segment.recordEnd)
        leaf.place = Leaf.Place(
            segment: number,
            offset: offset,
            length: end - offset,
            header: head.count,
            digest: Digest(of: head)
        )
    }

    static let recordEnd = Array("\r\n\r\n".utf8)
}
