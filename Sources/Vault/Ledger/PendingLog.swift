import Domain

/// Leaves that are durable but wait for the next checkpoint, in `ledger/pending`.
///
/// A frame is what one group of callers wrote: four bytes of length, the SHA-256 of what follows, and the leaves as an
/// ``EntryBundle``. It is whole or it was never acknowledged.
struct PendingLog {
    static let name = "pending"
    static let longestFrame = 256 << 20

    /// What a file of frames holds.
    struct Contents {
        var leaves: [[UInt8]] = []
        /// The length of the whole frames.
        var sound = 0
        /// What follows them.
        var rest = Rest.nothing

        enum Rest {
            case nothing
            /// A frame that was cut off while it was written, or of which a power cut left only parts.
            case unfinished
            /// A frame of full length whose bytes are not those that were written.
            case damaged
        }
    }

    private var file: OpenFile
    private var end: UInt64

    init(folder: Folder, end: UInt64) throws(VaultError) {
        file = try OpenFile(folder.path(Self.name), for: .changing)
        self.end = end
    }

    /// Makes leaves durable; they may be acknowledged when this returns.
    mutating func append(_ leaves: [[UInt8]]) throws(VaultError) {
        guard leaves.reduce(0, { $0 + $1.count + 2 }) <= Self.longestFrame else {
            throw VaultError(.tooLong, "write \(leaves.count) leaves at once")
        }
        let frame = Self.frame(leaves)
        try file.write(frame, at: end)
        try file.sync()
        end += UInt64(frame.count)
    }

    static func frame(_ leaves: [[UInt8]]) -> [UInt8] {
        let body = EntryBundle.encode(leaves)
        let length = (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) }
        return length + Digest(of: body).bytes + body
    }

    static func read(_ bytes: [UInt8]) -> Contents {
        var contents = Contents()
        while contents.sound < bytes.count {
            let rest = bytes[contents.sound...]
            guard rest.count >= 36 else { return contents.unfinished }
            let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard length > 0, length <= longestFrame, rest.count >= 36 + length else {
                // Frames are durable one by one: whole ones behind this one say that its length was changed.
                contents.rest = holdsFrame(rest.dropFirst()) ? .damaged : .unfinished
                return contents
            }
            let body = Array(rest.dropFirst(36).prefix(length))
            guard Digest(of: body).bytes == Array(rest.dropFirst(4).prefix(32)),
                let leaves = EntryBundle.decode(body)
            else {
                let isLast = rest.count == 36 + length
                contents.rest = isLast && hasUnwrittenSector(rest) ? .unfinished : .damaged
                return contents
            }
            contents.leaves += leaves
            contents.sound += 36 + length
        }
        return contents
    }

    /// Whether a sector of the disk that the last frame reaches into was never written, as after a power cut: leaves are
    /// JSON, and only the first bytes of a length can be zeros. `frame` has the file's own indices.
    private static func hasUnwrittenSector(_ frame: ArraySlice<UInt8>) -> Bool {
        let sector = 512
        return stride(from: frame.startIndex / sector * sector, to: frame.endIndex, by: sector).contains { start in
            let part = frame[max(start, frame.startIndex)..<min(start + sector, frame.endIndex)]
            return (part.count >= 8 || part.startIndex > frame.startIndex) && part.allSatisfy { $0 == 0 }
        }
    }

    /// Whether a whole frame begins anywhere in these bytes.
    private static func holdsFrame(_ bytes: ArraySlice<UInt8>) -> Bool {
        var start = bytes.startIndex
        while start + 36 < bytes.endIndex {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            if length > 0, length <= longestFrame, start + 36 + length <= bytes.endIndex {
                let body = Array(bytes[start + 36..<start + 36 + length])
                if Digest(of: body).bytes.elementsEqual(bytes[start + 4..<start + 36]) { return true }
            }
            start += 1
        }
        return false
    }
}

extension PendingLog.Contents {
    fileprivate var unfinished: Self {
        var contents = self
        contents.rest = .unfinished
        return contents
    }
}
