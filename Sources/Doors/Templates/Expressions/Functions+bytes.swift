/// What the functions of texts do, on bytes.
extension Functions {
    static let blanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0d, 0x0b, 0x0c]

    static func lowercased(_ text: [UInt8]) -> [UInt8] {
        if text.allSatisfy({ $0 < 0x80 }) { return text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 } }
        // Bytes that are no UTF-8 must not change in length or value.
        guard let string = String(validating: text, as: UTF8.self) else {
            return text.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
        }
        return Array(string.lowercased().utf8)
    }

    static func length(_ value: Value) -> Int {
        if case .list(let parts) = value { parts.count } else { value.bytes.count }
    }

    static func titled(_ text: String) -> String {
        text.split(separator: " ", omittingEmptySubsequences: false)
            .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }

    static func repeated(_ text: [UInt8], _ times: Value) throws(ExpressionFault) -> [UInt8] {
        let times = try number(times)
        guard times >= 0, times * Double(max(text.count, 1)) <= Double(Bindings.longestText) else {
            throw .tooLarge("a text repeated \(times) times")
        }
        return (0..<Int(times)).flatMap { _ in text }
    }

    /// Whether the bytes lie in the text; nothing lies in every text.
    package static func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
        firstPlace(of: wanted, in: text[...]) != nil
    }

    /// Where the bytes first lie.
    static func firstPlace(of wanted: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard let first = wanted.first else { return text.startIndex }
        guard wanted.count <= text.count else { return nil }
        let place: Int? = text.withUnsafeBufferPointer { text in
            wanted.withUnsafeBufferPointer { wanted -> Int? in
                let last = text.count - wanted.count
                var place = 0
                while place <= last {
                    if text[place] == first, (1..<wanted.count).allSatisfy({ text[place + $0] == wanted[$0] }) {
                        return place
                    }
                    place += 1
                }
                return nil
            }
        }
        return place.map { text.startIndex + $0 }
    }

    static func replaced(_ text: [UInt8], _ old: [UInt8], _ new: [UInt8]) throws(ExpressionFault) -> [UInt8] {
        guard !old.isEmpty else { return text }
        var made: [UInt8] = []
        var rest = text[...]
        while let place = firstPlace(of: old, in: rest) {
            made += rest[..<place] + new
            rest = rest[(place + old.count)...]
            guard made.count <= Bindings.longestText else { throw .tooLarge("a text grown by replacing") }
        }
        return made + rest
    }

    static func count(of wanted: [UInt8], in text: [UInt8]) throws(ExpressionFault) -> Int {
        guard !wanted.isEmpty else { throw .type("nothing cannot be counted") }
        var (count, rest) = (0, text[...])
        while let place = firstPlace(of: wanted, in: rest) {
            count += 1
            rest = rest[(place + wanted.count)...]
        }
        return count
    }

    static func part(of arguments: [Value]) throws(ExpressionFault) -> [UInt8] {
        let text = arguments[0].bytes
        let start = try number(arguments[1])
        let end = arguments.count > 2 ? try number(arguments[2]) : Double(text.count)
        let from = start < 0 ? start + Double(text.count) : start
        let to = end < 0 ? end + Double(text.count) : end
        guard from >= 0, from <= to, to <= Double(text.count) else { throw .type("a part beyond the text") }
        return Array(text[Int(from)..<Int(to)])
    }

    /// `padding(text, pad, length, "prefix" or "suffix")`.
    static func padded(_ arguments: [Value]) throws(ExpressionFault) -> [UInt8] {
        let (text, pad) = (arguments[0].bytes, arguments[1].bytes)
        let length = try number(arguments[2])
        guard !pad.isEmpty, length <= Double(Bindings.longestText), length >= 0 else {
            throw .type("a padding of nothing")
        }
        let missing = max(Int(length) - text.count, 0)
        let padding = Array((0..<(missing / pad.count + 1)).flatMap { _ in pad }.prefix(missing))
        return arguments[3].string == "prefix" ? padding + text : text + padding
    }

    static func trimmed(_ text: [UInt8], of unwanted: [UInt8], left: Bool = true, right: Bool = true) -> [UInt8] {
        var rest = text[...]
        while left, let first = rest.first, unwanted.contains(first) { rest.removeFirst() }
        while right, let last = rest.last, unwanted.contains(last) { rest.removeLast() }
        return Array(rest)
    }

    static func without(prefix: [UInt8], _ text: [UInt8]) -> [UInt8] {
        text.starts(with: prefix) ? Array(text.dropFirst(prefix.count)) : text
    }

    static func without(suffix: [UInt8], _ text: [UInt8]) -> [UInt8] {
        ends(text, with: suffix) ? Array(text.dropLast(suffix.count)) : text
    }

    static func ends(_ text: some BidirectionalCollection<UInt8>, with end: [UInt8]) -> Bool {
        text.count >= end.count && text.suffix(end.count).elementsEqual(end)
    }

    static func lines(_ value: Value) -> [ArraySlice<UInt8>] {
        value.bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    }

    static func split(_ arguments: [Value]) throws(ExpressionFault) -> [Value] {
        let (text, separator) = (arguments[0].bytes, arguments[1].bytes)
        let limit = arguments.count > 2 ? try number(arguments[2]) : 10_000
        guard !separator.isEmpty else { throw .type("split by nothing") }
        var parts: [Value] = []
        var rest = text[...]
        while Double(parts.count + 1) < limit, let place = firstPlace(of: separator, in: rest) {
            parts.append(.text(Array(rest[..<place])))
            rest = rest[(place + separator.count)...]
        }
        return parts + [.text(Array(rest))]
    }

    static func element(_ list: Value, _ place: Value) throws(ExpressionFault) -> Value {
        let place = try number(place)
        if case .list(let parts) = list {
            guard place >= 0, place < Double(parts.count) else { throw .type("no element \(place)") }
            return parts[Int(place)]
        }
        let bytes = list.bytes
        guard place >= 0, place < Double(bytes.count) else { throw .type("no byte \(place)") }
        return .text([bytes[Int(place)]])
    }

    static func sorted(_ arguments: [Value]) -> Value {
        if arguments.count == 1, case .text(let bytes) = arguments[0] { return .text(bytes.sorted()) }
        return .list(arguments.flatMap(\.parts).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    }

    static func unique(_ arguments: [Value]) -> Value {
        if arguments.count == 1, case .text(let bytes) = arguments[0] {
            var seen: Set<UInt8> = []
            return .text(bytes.filter { seen.insert($0).inserted })
        }
        var seen: Set<[UInt8]> = []
        return .list(arguments.flatMap(\.parts).filter { seen.insert($0.bytes).inserted })
    }

    /// `replace_regex(text, pattern, new)`, where `$1` or `${1}` stands for a group.
    static func replaced(_ arguments: [Value], in surroundings: Surroundings) throws(ExpressionFault) -> [UInt8] {
        let text = arguments[0].bytes
        guard !arguments[2].bytes.contains(UInt8(ascii: "$")) else { throw .type("a replacement with groups") }
        let found: [[Range<Int>]]
        do { found = try surroundings.pattern(arguments[1].string).found(in: text, upTo: 100_000) } catch {
            throw .type("the pattern \(arguments[1].string.prefix(80)): \(error)")
        }
        var (made, place): ([UInt8], Int) = ([], 0)
        for groups in found {
            made += text[place..<groups[0].lowerBound] + arguments[2].bytes
            place = groups[0].upperBound
        }
        return made + text[place...]
    }
}
