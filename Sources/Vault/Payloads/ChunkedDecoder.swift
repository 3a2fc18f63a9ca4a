/// Takes a body out of its chunks (RFC 9112, section 7.1), as it arrives.
///
/// A cut body gives what came before the cut. What does not follow the grammar is refused, and the body is then kept and
/// named as it was received.
struct ChunkedDecoder {
    struct Malformed: Error {}

    /// The longest line of a chunk's size with its extensions, or of a trailer.
    static let longestLine = 1_024

    private enum State {
        case size
        case data(UInt64)
        case dataEnd
        case trailer
        case end
    }

    private var state = State.size
    private var line: [UInt8] = []

    /// The content in the next raw bytes.
    mutating func decode(_ raw: some Collection<UInt8>) throws(Malformed) -> [UInt8] {
        var content: [UInt8] = []
        var rest = raw[...]
        while let byte = rest.first {
            switch state {
            case .data(let left):
                let piece = rest.prefix(Int(min(left, UInt64(rest.count))))
                content += piece
                rest = rest.dropFirst(piece.count)
                let remaining = left - UInt64(piece.count)
                state = remaining == 0 ? .dataEnd : .data(remaining)
            case .size, .dataEnd, .trailer:
                rest = rest.dropFirst()
                line.append(byte)
                guard line.count <= Self.longestLine else { throw Malformed() }
                if byte == UInt8(ascii: "\n") { try endLine() }
            case .end:
                // What a server sends behind the end is kept with the raw bytes and is no content.
                return content
            }
        }
        return content
    }

    private mutating func endLine() throws(Malformed) {
        var text = line.dropLast()
        if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
        line = []
        switch state {
        case .size:
            let digits = text.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
            guard !digits.isEmpty, digits.count <= 16, digits.first != UInt8(ascii: "+"),
                let size = UInt64(String(decoding: digits, as: UTF8.self), radix: 16), size <= UInt64(Int64.max)
            else { throw Malformed() }
            state = size == 0 ? .trailer : .data(size)
        case .dataEnd:
            guard text.isEmpty else { throw Malformed() }
            state = .size
        case .trailer:
            if text.isEmpty { state = .end }
        case .data, .end: break
        }
    }
}
