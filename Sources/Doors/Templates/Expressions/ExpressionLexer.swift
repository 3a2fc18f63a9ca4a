/// Cuts an expression into its words.
struct ExpressionLexer {
    enum Token: Hashable {
        case number(Double)
        /// What stands between quotes, escapes taken out.
        case text(String)
        case name(String)
        case symbol(String)
        case end
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ source: String) {
        bytes = Array(source.utf8)
    }

    private static let symbols = [
        "||", "&&", "==", "!=", "<=", ">=", "=~", "!~", "??", "<<", ">>", "**", "<", ">", "+", "-", "*", "/", "%", "&",
        "|", "^", "!", "~", "?", ":", "(", ")", ",",
    ]

    mutating func next() throws(ExpressionFault) -> Token {
        while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
        guard place < bytes.count else { return .end }
        let byte = bytes[place]
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): return .text(try quoted(by: byte))
        case UInt8(ascii: "["): return .name(try bracketed())
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case let byte where Self.mayName(byte): return .name(name())
        default: return .symbol(try symbol())
        }
    }

    private static func mayName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private mutating func name() -> String {
        let start = place
        while place < bytes.count, Self.mayName(bytes[place]) || bytes[place] == UInt8(ascii: ".") { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func bracketed() throws(ExpressionFault) -> String {
        guard let close = bytes[place...].firstIndex(of: UInt8(ascii: "]")) else {
            throw .syntax("a bracket without end")
        }
        defer { place = close + 1 }
        return String(decoding: bytes[(place + 1)..<close], as: UTF8.self)
    }

    private mutating func number() throws(ExpressionFault) -> Double {
        let start = place
        while place < bytes.count, Self.mayName(bytes[place]) || bytes[place] == UInt8(ascii: ".") { place += 1 }
        let word = String(decoding: bytes[start..<place], as: UTF8.self)
        if word.hasPrefix("0x"), let whole = UInt64(word.dropFirst(2), radix: 16) { return Double(whole) }
        guard word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2e || $0 == 0x65 }),
            let number = Double(word)
        else { throw .syntax("\(word) is no number") }
        return number
    }

    private mutating func symbol() throws(ExpressionFault) -> String {
        for symbol in Self.symbols where bytes[place...].starts(with: symbol.utf8) {
            place += symbol.utf8.count
            return symbol
        }
        throw .syntax("'\(String(decoding: [bytes[place]], as: UTF8.self))' means nothing here")
    }

    /// A backslash takes the next character as it is, save for the escapes that Go's strings have.
    private mutating func quoted(by quote: UInt8) throws(ExpressionFault) -> String {
        var text: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == quote { return String(decoding: text, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "`"), place < bytes.count else {
                text.append(byte)
                continue
            }
            let escaped = bytes[place]
            place += 1
            text.append(escaped)
        }
        throw .syntax("a text without its closing quote")
    }
}
