/// One line of a scan file, without its end.
package struct ScanLine: Sendable {
    package var bytes: ArraySlice<UInt8>
    /// The first is 1.
    package var number: UInt64
    /// Where it begins in the file, in bytes.
    package var offset: UInt64
    /// Whether the line's end was there; the last line of a file that was cut has none.
    package var isWhole: Bool

    package init(bytes: ArraySlice<UInt8>, number: UInt64, offset: UInt64, isWhole: Bool) {
        self.bytes = bytes
        self.number = number
        self.offset = offset
        self.isWhole = isWhole
    }

    /// As text; bytes that are no UTF-8 become replacement characters.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func hasPrefix(_ prefix: StaticString) -> Bool {
        prefix.withUTF8Buffer { bytes.starts(with: $0) }
    }

    var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

/// Cuts a file that comes in pieces into lines, in bounded memory.
struct LineCutter {
    private var held: [UInt8] = []
    /// Bytes of the line at hand that were too many.
    private var dropped = 0
    private var number: UInt64 = 1
    private var offset: UInt64

    /// `offset` is where in the file the first byte stands.
    init(offset: UInt64 = 0) {
        self.offset = offset
    }

    /// Hands over each line that these bytes end.
    mutating func feed(_ piece: [UInt8], each take: (ScanLine, _ dropped: Int) -> Void) {
        var start = 0
        piece.withUnsafeBufferPointer { buffer in
            while start < buffer.count {
                guard let end = buffer[start...].firstIndex(of: 0x0a) else { break }
                hand(piece[start..<end], length: end - start, isWhole: true, take)
                offset += 1
                start = end + 1
            }
        }
        hold(piece[start...])
    }

    /// Hands over what has no end.
    mutating func finish(each take: (ScanLine, _ dropped: Int) -> Void) {
        guard !held.isEmpty else { return }
        hand([], length: 0, isWhole: false, take)
    }

    private mutating func hold(_ rest: ArraySlice<UInt8>) {
        let room = max(0, ImportLimits.line - held.count)
        held += rest.prefix(room)
        dropped += max(0, rest.count - room)
    }

    private mutating func hand(
        _ bytes: ArraySlice<UInt8>,
        length: Int,
        isWhole: Bool,
        _ take: (ScanLine, Int) -> Void
    ) {
        var line = bytes
        if !held.isEmpty || bytes.count > ImportLimits.line {
            hold(bytes)
            line = held[...]
        }
        let total = line.count + dropped
        if line.last == 0x0d { line.removeLast() }
        take(ScanLine(bytes: line, number: number, offset: offset, isWhole: isWhole), dropped)
        offset += UInt64(total)
        number += 1
        held.removeAll(keepingCapacity: true)
        dropped = 0
    }
}
