/// Reads JSON from bytes that a server sent. Nothing may follow the document but blanks.
package struct JSONParser {
    /// Why bytes are no JSON, or too much of it.
    package enum Fault: Error, Hashable, Sendable { case syntax, tooDeep, tooMany }

    private let bytes: [UInt8]
    private var place = 0
    private var values = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func parse(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value(0)
        parser.skipBlanks()
        guard parser.place == bytes.count else { throw .syntax }
        return value
    }

    private mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func take(word: String) -> Bool {
        guard bytes[place...].starts(with: word.utf8) else { return false }
        place += word.utf8.count
        return true
    }

    private mutating func value(_ depth: Int) throws(Fault) -> JSONValue {
        guard depth <= JSONValue.deepest else { throw .tooDeep }
        values += 1
        guard values <= JSONValue.mostValues else { throw .tooMany }
        skipBlanks()
        guard place < bytes.count else { throw .syntax }
        switch bytes[place] {
        case UInt8(ascii: "{"): return .object(try members(depth))
        case UInt8(ascii: "["): return .list(try elements(depth))
        case UInt8(ascii: "\""): return .text(try text())
        default:
            if take(word: "true") { return .truth(true) }
            if take(word: "false") { return .truth(false) }
            if take(word: "null") { return .null }
            return .number(try number())
        }
    }

    private mutating func members(_ depth: Int) throws(Fault) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = []
        place += 1
        if take(UInt8(ascii: "}")) { return [] }
        while true {
            skipBlanks()
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw .syntax }
            let name = try text()
            guard take(UInt8(ascii: ":")) else { throw .syntax }
            members.append(JSONValue.Member(name: name, value: try value(depth + 1)))
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "}")) else { throw .syntax }
            return members
        }
    }

    private mutating func elements(_ depth: Int) throws(Fault) -> [JSONValue] {
        var elements: [JSONValue] = []
        place += 1
        if take(UInt8(ascii: "]")) { return [] }
        while true {
            elements.append(try value(depth + 1))
            if take(UInt8(ascii: ",")) { continue }
            guard take(UInt8(ascii: "]")) else { throw .syntax }
            return elements
        }
    }

    private mutating func number() throws(Fault) -> Double {
        let start = place
        while place < bytes.count, "+-.eE0123456789".utf8.contains(bytes[place]) { place += 1 }
        guard place - start <= 64, let number = Double(String(decoding: bytes[start..<place], as: UTF8.self)),
            number.isFinite
        else { throw .syntax }
        return number
    }

    private mutating func text() throws(Fault) -> String {
        var units: [UInt8] = []
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            units += try escape()
        }
        throw .syntax
    }

    private mutating func escape() throws(Fault) -> [UInt8] {
        guard place < bytes.count else { throw .syntax }
        let letter = bytes[place]
        place += 1
        switch letter {
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0c]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "u"):
            var units = [try unit()]
            if (0xd800...0xdbff).contains(units[0]), take(word: "\\u") { units.append(try unit()) }
            return Array(String(decoding: units, as: UTF16.self).utf8)
        default: throw .syntax
        }
    }

    private mutating func unit() throws(Fault) -> UInt16 {
        guard place + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[place..<(place + 4)], as: UTF8.self), radix: 16)
        else { throw .syntax }
        place += 4
        return unit
    }
}
