/// A piece of an XML text.
package enum XMLPiece: Hashable, Sendable {
    case start(name: String, attributes: [String: String])
    case end(name: String)
    /// Text between tags, with its references resolved; white space alone is left out.
    case text(String)
}

/// Cuts an XML text (XML 1.0, fifth edition) into pieces, byte by byte, in bounded memory.
///
/// For files of programs that may have been cut off anywhere: what came before stays. It loads nothing, knows the five
/// predefined entities and character references only, and skips comments, instructions and document types.
package struct XMLScanner: Sendable {
    /// Bytes of one tag or text; the rest of it is dropped and ``isCut`` set.
    package static let maximumLength = 4 << 20
    /// Attributes of one tag.
    package static let maximumAttributes = 64

    /// Whether something was too long.
    package private(set) var isCut = false
    /// Whether a tag was not well formed and left out.
    package private(set) var isBroken = false
    /// Whether the text ends outside of a tag, as far as it was fed.
    package var isBetweenTags: Bool { state == .text }

    private enum State: Equatable {
        case text
        case tag
        case quoted(UInt8)
        /// `<!` and what follows: a comment, a document type, or CDATA.
        case declaration
        case comment
        case instruction
    }

    private var state = State.text
    private var held: [UInt8] = []
    private var pieces: [XMLPiece] = []

    package init() {}

    /// The pieces that these bytes complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [XMLPiece] {
        for byte in bytes { step(byte) }
        defer { pieces.removeAll(keepingCapacity: true) }
        return pieces
    }

    private mutating func step(_ byte: UInt8) {
        switch state {
        case .text:
            guard byte == UInt8(ascii: "<") else { return hold(byte) }
            endText()
            state = .tag
        case .tag: stepTag(byte)
        case .quoted(let mark):
            hold(byte)
            if byte == mark { state = .tag }
        case .declaration:
            hold(byte)
            if held.count == 3, held == Array("!--".utf8) {
                state = .comment
                held.removeAll(keepingCapacity: true)
            } else if byte == UInt8(ascii: ">") {
                leave()
            }
        case .comment: stepComment(byte, end: Array("-->".utf8))
        case .instruction: stepComment(byte, end: Array("?>".utf8))
        }
    }

    private mutating func stepTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "!") where held.isEmpty:
            hold(byte)
            state = .declaration
        case UInt8(ascii: "?") where held.isEmpty: state = .instruction
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            hold(byte)
            state = .quoted(byte)
        case UInt8(ascii: ">"):
            endTag()
            leave()
        default: hold(byte)
        }
    }

    /// Only the end is looked for; no more of it is kept than that needs.
    private mutating func stepComment(_ byte: UInt8, end: [UInt8]) {
        held.append(byte)
        if held.count > end.count { held.removeFirst() }
        if held == end { leave() }
    }

    private mutating func leave() {
        held.removeAll(keepingCapacity: true)
        state = .text
    }

    private mutating func hold(_ byte: UInt8) {
        if held.count < Self.maximumLength { held.append(byte) } else { isCut = true }
    }

    private mutating func endText() {
        if held.contains(where: { $0 > 0x20 }) { pieces.append(.text(Self.resolved(held[...]))) }
        held.removeAll(keepingCapacity: true)
    }

    private mutating func endTag() {
        var rest = held[...]
        if rest.first == UInt8(ascii: "/") {
            pieces.append(.end(name: Self.name(&rest, after: 1)))
            return
        }
        let isEmpty = rest.last == UInt8(ascii: "/")
        if isEmpty { rest.removeLast() }
        let name = Self.name(&rest, after: 0)
        guard !name.isEmpty else {
            isBroken = true
            return
        }
        pieces.append(.start(name: name, attributes: attributes(&rest)))
        if isEmpty { pieces.append(.end(name: name)) }
    }

    private mutating func attributes(_ rest: inout ArraySlice<UInt8>) -> [String: String] {
        var attributes: [String: String] = [:]
        while true {
            rest = rest.drop { $0 <= 0x20 }
            guard !rest.isEmpty else { return attributes }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 > 0x20 }
            rest = rest[name.endIndex...].drop { $0 <= 0x20 || $0 == UInt8(ascii: "=") }
            guard let mark = rest.first, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'"),
                let end = rest.dropFirst().firstIndex(of: mark), attributes.count < Self.maximumAttributes
            else {
                isBroken = true
                return attributes
            }
            attributes[String(decoding: name, as: UTF8.self)] = Self.resolved(rest[(rest.startIndex + 1)..<end])
            rest = rest[(end + 1)...]
        }
    }

    private static func name(_ rest: inout ArraySlice<UInt8>, after start: Int) -> String {
        rest = rest.dropFirst(start)
        let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "=") }
        rest = rest[name.endIndex...]
        return String(decoding: name.prefix(256), as: UTF8.self)
    }

    /// Text in which references stand for what they mean; what is no reference stays as it is.
    private static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = bytes
        while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<mark]
            rest = rest[(mark + 1)...]
            let name = rest.prefix(10).prefix { $0 != UInt8(ascii: ";") }
            if name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";"), let scalar = scalar(name) {
                text += Array(String(Character(scalar)).utf8)
                rest = rest[(name.endIndex + 1)...]
            } else {
                text.append(UInt8(ascii: "&"))
            }
        }
        return String(decoding: text + rest, as: UTF8.self)
    }

    private static func scalar(_ name: ArraySlice<UInt8>) -> UnicodeScalar? {
        let named: [String: UnicodeScalar] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
        let text = String(decoding: name, as: UTF8.self)
        if let scalar = named[text] { return scalar }
        guard text.hasPrefix("#") else { return nil }
        let isHex = text.hasPrefix("#x")
        return UInt32(text.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(UnicodeScalar.init)
    }
}
