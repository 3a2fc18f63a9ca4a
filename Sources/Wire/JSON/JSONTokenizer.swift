/// Cuts a JSON text (RFC 8259) into tokens, byte by byte, in bounded memory.
///
/// Foundation's decoder refuses bytes that are no UTF-8, builds the whole tree, and nginx lists names as they lie on the
/// disk. A text that is no JSON sets ``isBroken``; what came before stays.
package struct JSONTokenizer: Sendable {
    /// The deepest nesting that is read.
    package static let maximumDepth = 64
    /// Bytes of one string or literal; the rest is dropped and ``isCut`` set.
    package static let maximumLength = 64 * 1024

    /// Whether the text breaks the grammar; nothing after that place is read.
    package private(set) var isBroken = false
    /// Whether a string was too long.
    package private(set) var isCut = false
    /// Whether the outermost value is whole.
    package private(set) var isComplete = false

    private enum State {
        case value
        case string
        case escape
        case unicode(digits: Int)
        case literal
        case afterValue
        /// After `{` or `[`: an end may come at once.
        case first
        case key
        case colon
    }

    private var state = State.value
    private var isKey = false
    private var text: [UInt8] = []
    private var code: UInt32 = 0
    private var highSurrogate: UInt32 = 0
    /// Whether each open container is an object.
    private var open: [Bool] = []
    private var tokens: [JSONToken] = []

    package init() {}

    /// The tokens that these bytes complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [JSONToken] {
        for byte in bytes where !isBroken { step(byte) }
        defer { tokens.removeAll(keepingCapacity: true) }
        return tokens
    }

    private mutating func step(_ byte: UInt8) {
        switch state {
        case .string: stepString(byte)
        case .escape: stepEscape(byte)
        case .unicode(let digits): stepUnicode(byte, digits)
        case .literal: stepLiteral(byte)
        case _ where byte.isSpace: break
        case .value: beginValue(byte)
        case .first: stepFirst(byte)
        case .key: if byte == UInt8(ascii: "\"") { beginString(isKey: true) } else { isBroken = true }
        case .colon: if byte == UInt8(ascii: ":") { state = .value } else { isBroken = true }
        case .afterValue: stepAfterValue(byte)
        }
    }

    private mutating func beginValue(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard open.count < Self.maximumDepth else {
                isBroken = true
                return
            }
            let isObject = byte == UInt8(ascii: "{")
            open.append(isObject)
            tokens.append(isObject ? .beginObject : .beginArray)
            state = .first
        case UInt8(ascii: "\""): beginString(isKey: false)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            text = [byte]
            state = .literal
        default: isBroken = true
        }
    }

    private mutating func stepFirst(_ byte: UInt8) {
        let isObject = open.last == true
        if byte == UInt8(ascii: isObject ? "}" : "]") {
            close(isObject: isObject)
        } else if isObject {
            if byte == UInt8(ascii: "\"") { beginString(isKey: true) } else { isBroken = true }
        } else {
            beginValue(byte)
        }
    }

    private mutating func stepAfterValue(_ byte: UInt8) {
        switch (byte, open.last) {
        case (UInt8(ascii: ","), .some(let isObject)): state = isObject ? .key : .value
        case (UInt8(ascii: "}"), .some(true)): close(isObject: true)
        case (UInt8(ascii: "]"), .some(false)): close(isObject: false)
        default: isBroken = true
        }
    }

    private mutating func close(isObject: Bool) {
        open.removeLast()
        tokens.append(isObject ? .endObject : .endArray)
        endValue()
    }

    private mutating func endValue() {
        state = .afterValue
        if open.isEmpty { isComplete = true }
    }

    private mutating func beginString(isKey: Bool) {
        self.isKey = isKey
        text.removeAll(keepingCapacity: true)
        highSurrogate = 0
        state = .string
    }

    private mutating func stepString(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\\"): state = .escape
        case UInt8(ascii: "\""):
            endSurrogate()
            tokens.append(isKey ? .key(text) : .string(text))
            if isKey { state = .colon } else { endValue() }
        default:
            endSurrogate()
            append(byte)
        }
    }

    private mutating func stepEscape(_ byte: UInt8) {
        state = .string
        if byte == UInt8(ascii: "u") {
            code = 0
            state = .unicode(digits: 0)
            return
        }
        endSurrogate()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): append(byte)
        case UInt8(ascii: "b"): append(0x08)
        case UInt8(ascii: "f"): append(0x0c)
        case UInt8(ascii: "n"): append(0x0a)
        case UInt8(ascii: "r"): append(0x0d)
        case UInt8(ascii: "t"): append(0x09)
        default: isBroken = true
        }
    }

    private mutating func stepUnicode(_ byte: UInt8, _ digits: Int) {
        guard let digit = byte.hexValue else {
            isBroken = true
            return
        }
        code = code << 4 | UInt32(digit)
        guard digits == 3 else {
            state = .unicode(digits: digits + 1)
            return
        }
        state = .string
        if (0xd800...0xdbff).contains(code) {
            endSurrogate()
            highSurrogate = code
        } else if highSurrogate != 0, (0xdc00...0xdfff).contains(code) {
            append(UnicodeScalar(0x10000 + (highSurrogate - 0xd800) << 10 + (code - 0xdc00)))
            highSurrogate = 0
        } else {
            endSurrogate()
            append(UnicodeScalar(code))
        }
    }

    /// Half a pair stands for nothing.
    private mutating func endSurrogate() {
        guard highSurrogate != 0 else { return }
        highSurrogate = 0
        append(nil as UnicodeScalar?)
    }

    private mutating func stepLiteral(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "E"),
            UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            append(byte)
        default:
            tokens.append(.literal(text))
            endValue()
            step(byte)
        }
    }

    private mutating func append(_ scalar: UnicodeScalar?) {
        for byte in String(scalar ?? "\u{fffd}").utf8 { append(byte) }
    }

    private mutating func append(_ byte: UInt8) {
        if text.count < Self.maximumLength { text.append(byte) } else { isCut = true }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
