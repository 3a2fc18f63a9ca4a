import Glibc

/// A log read piece by piece: visits are counted, lines that no format takes are kept.
///
/// Memory is bounded by the number of clients and visits, which are limited, and never by the log's length.
package struct LogScan: Sendable {
    /// A longer line is no request; its first bytes are kept.
    package static let lineLimit = 64 * 1024
    /// Unparsed bytes kept apart, at most. The whole log is in the vault in any case.
    package static let unparsedLimit = 16 << 20

    package private(set) var lines = 0
    package private(set) var unparsedLines = 0
    /// The lines that no format takes, each with a line feed behind it; cut at ``unparsedLimit``.
    package private(set) var unparsed: [UInt8] = []
    package private(set) var visits = VisitCounter()
    /// How many lines each format took, by its place in ``logFormats``.
    package private(set) var taken: [Int]

    private let formats: [any LogFormat]
    /// The format that took the last line: logs rarely change theirs.
    private var current = 0
    /// The beginning of a line whose end has not come yet.
    private var rest: [UInt8] = []
    /// Whether the line at hand has grown over the limit.
    private var isOverlong = false

    package init(formats: [any LogFormat] = logFormats) {
        self.formats = formats
        taken = Array(repeating: 0, count: formats.count)
    }

    /// Takes the next piece of the log, of any size.
    package mutating func read(_ piece: [UInt8]) {
        piece.withUnsafeBufferPointer { bytes in
            var start = 0
            while start < bytes.count, let base = bytes.baseAddress {
                let left = bytes.count - start
                guard let found = memchr(base + start, 0x0a, left) else {
                    keep(UnsafeBufferPointer(rebasing: bytes[start...]))
                    return
                }
                let end = UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
                let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
                if rest.isEmpty, !isOverlong {
                    take(line.span)
                } else {
                    keep(line)
                    finishLine()
                }
                start = end + 1
            }
        }
    }

    /// The log has ended; a last line without an end counts as one.
    package mutating func finish() {
        if !rest.isEmpty || isOverlong { finishLine() }
    }

    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
        let room = Self.lineLimit - rest.count
        rest.append(contentsOf: bytes.prefix(room))
        if bytes.count > room { isOverlong = true }
    }

    private mutating func finishLine() {
        let line = rest
        rest.removeAll(keepingCapacity: true)
        if isOverlong {
            lines += 1
            reject(line.span)
        } else {
            take(line.span)
        }
        isOverlong = false
    }

    private mutating func take(_ whole: Span<UInt8>) {
        lines += 1
        guard whole.count <= Self.lineLimit else { return reject(whole.extracting(first: Self.lineLimit)) }
        let hasReturn = !whole.isEmpty && whole[whole.count - 1] == 0x0d
        let line = hasReturn ? whole.extracting(droppingLast: 1) : whole
        if let entry = formats[current].parse(line) {
            taken[current] += 1
            visits.count(entry, in: line)
            return
        }
        for (index, format) in formats.enumerated() where index != current {
            guard let entry = format.parse(line) else { continue }
            current = index
            taken[index] += 1
            visits.count(entry, in: line)
            return
        }
        reject(whole)
    }

    private mutating func reject(_ line: Span<UInt8>) {
        unparsedLines += 1
        guard unparsed.count + line.count < Self.unparsedLimit else { return }
        line.withUnsafeBufferPointer { unparsed.append(contentsOf: $0) }
        unparsed.append(0x0a)
    }
}
