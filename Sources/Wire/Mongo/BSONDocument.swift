/// A document of BSON (bsonspec.org, version 1.1) as a server sends it: names and the few kinds of values that are needed.
/// Values of other kinds are passed over by their length.
package struct BSONDocument: Hashable, Sendable {
    /// Why bytes are no document.
    package enum Fault: Error, Hashable, Sendable {
        case unfinished
        case syntax
        case tooLong
        case tooDeep
        case tooMany
    }

    package indirect enum Value: Hashable, Sendable {
        case number(Double)
        case text(String)
        case document(BSONDocument)
        case list([BSONDocument.Value])
        case truth(Bool)
        /// Some other kind, by its number.
        case other(UInt8)
    }

    package struct Element: Hashable, Sendable {
        package var name: String
        package var value: Value
    }

    /// Bytes of a document.
    package static let longest = 1 << 20
    /// Documents inside each other.
    package static let deepest = 16
    /// Elements of one document, with all inside it.
    package static let mostElements = 20_000

    package private(set) var elements: [Element] = []

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var reader = Reader(bytes: Array(bytes.prefix(Self.longest + 1)))
        self = try reader.document(0)
    }

    private init(_ elements: [Element]) { self.elements = elements }

    package subscript(name: String) -> Value? { elements.first { $0.name == name }?.value }

    private struct Reader {
        let bytes: [UInt8]
        var place = 0
        var count = 0

        mutating func take(_ length: Int) throws(Fault) -> ArraySlice<UInt8> {
            guard length >= 0, length <= bytes.count - place else { throw .unfinished }
            defer { place += length }
            return bytes[place..<place + length]
        }

        mutating func length() throws(Fault) -> Int {
            let number = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            guard number <= UInt32(BSONDocument.longest) else { throw .tooLong }
            return Int(number)
        }

        mutating func name() throws(Fault) -> String {
            guard let end = bytes[place...].firstIndex(of: 0) else { throw .unfinished }
            defer { place = end + 1 }
            return String(decoding: bytes[place..<end], as: UTF8.self)
        }

        mutating func document(_ depth: Int) throws(Fault) -> BSONDocument {
            guard depth < BSONDocument.deepest else { throw .tooDeep }
            let start = place
            let length = try length()
            guard length >= 5 else { throw .syntax }
            guard start + length <= bytes.count else { throw .unfinished }
            var elements: [Element] = []
            while true {
                guard place < start + length else { throw .syntax }
                let kind = try take(1)
                guard let kind = kind.first, kind != 0 else { break }
                count += 1
                guard count <= BSONDocument.mostElements else { throw .tooMany }
                let name = try name()
                elements.append(Element(name: name, value: try value(kind, depth)))
            }
            guard place == start + length else { throw .syntax }
            return BSONDocument(elements)
        }

        mutating func value(_ kind: UInt8, _ depth: Int) throws(Fault) -> Value {
            switch kind {
            case 0x01:
                let bits = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                return .number(Double(bitPattern: bits))
            case 0x02:
                let length = try length()
                guard length > 0 else { throw .syntax }
                return .text(String(decoding: try take(length).dropLast(), as: UTF8.self))
            case 0x03: return .document(try document(depth + 1))
            case 0x04: return .list(try document(depth + 1).elements.map(\.value))
            case 0x08: return .truth(try take(1).first == 1)
            case 0x10:
                let bits = try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                return .number(Double(Int32(bitPattern: bits)))
            case 0x12:
                let bits = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                return .number(Double(Int64(bitPattern: bits)))
            default: return try passOver(kind)
            }
        }

        private mutating func passOver(_ kind: UInt8) throws(Fault) -> Value {
            switch kind {
            case 0x05: _ = try take(try length() + 1)
            case 0x06, 0x0a, 0x7f, 0xff: break
            case 0x07: _ = try take(12)
            case 0x09, 0x11: _ = try take(8)
            case 0x0b: _ = (try name(), try name())
            case 0x0c: _ = try take(try length() + 12)
            case 0x0d, 0x0e: _ = try take(try length())
            case 0x0f:
                let length = try length()
                guard length >= 4 else { throw .syntax }
                _ = try take(length - 4)
            case 0x13: _ = try take(16)
            default: throw .syntax
            }
            return .other(kind)
        }
    }
}
