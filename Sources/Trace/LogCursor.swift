import Domain

/// A place in a log line, which walks over its fields. Every step either succeeds and moves on, or says no.
struct LogCursor {
    private(set) var index = 0

    mutating func skip(_ byte: UInt8, _ line: Span<UInt8>) -> Bool {
        guard index < line.count, line[index] == byte else { return false }
        index += 1
        return true
    }

    /// Client, identity, user, `[date]`, `"request"`, status and bytes.
    mutating func commonFields(_ line: Span<UInt8>) -> LogEntry? {
        guard let client = address(line), skip(UInt8(ascii: " "), line), let time = dateAfterUser(line),
            skip(UInt8(ascii: " "), line),
            let isWrite = request(line), let status = number(line, upTo: 999), skip(UInt8(ascii: " "), line),
            let bytes = size(line)
        else { return nil }
        return LogEntry(client: client, time: time, isWrite: isWrite, status: Int(status), bytes: bytes, agent: nil)
    }

    /// What stands between quotes, where `\` takes the next byte out of its meaning.
    mutating func quoted(_ line: Span<UInt8>) -> Range<Int>? {
        guard skip(UInt8(ascii: "\""), line) else { return nil }
        let start = index
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "\""):
                index += 1
                return start..<index - 1
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    private mutating func number(_ line: Span<UInt8>, upTo limit: UInt64) -> UInt64? {
        let start = index
        var value: UInt64 = 0
        while index < line.count, case let digit = line[index] &- UInt8(ascii: "0"), digit < 10 {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry, sum <= limit else { return nil }
            value = sum
            index += 1
        }
        return index > start ? value : nil
    }

    private mutating func size(_ line: Span<UInt8>) -> UInt64? {
        skip(UInt8(ascii: "-"), line) ? 0 : number(line, upTo: .max)
    }

    /// An IPv4 address by hand, for speed; anything else through its text.
    private mutating func address(_ line: Span<UInt8>) -> IPAddress? {
        let start = index
        if let value = quad(line) { return IPAddress(v4: value) }
        index = start
        while index < line.count, line[index] != UInt8(ascii: " ") {
            index += 1
            // The longest is an IPv4-mapped address in brackets with a zone.
            guard index - start <= 64 else { return nil }
        }
        var text = line.extracting(start..<index).withUnsafeBufferPointer { Array($0) }[...]
        if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") { text = text.dropFirst().dropLast() }
        let bare = text.prefix { $0 != UInt8(ascii: "%") }
        return IPAddress(String(decoding: bare, as: UTF8.self))?.unmapped
    }

    private mutating func quad(_ line: Span<UInt8>) -> UInt32? {
        var value: UInt32 = 0
        for part in 0..<4 {
            if part > 0, !skip(UInt8(ascii: "."), line) { return nil }
            let start = index
            guard let octet = number(line, upTo: 255), index - start == 1 || line[start] != UInt8(ascii: "0") else {
                return nil
            }
            value = value << 8 | UInt32(octet)
        }
        return index < line.count && line[index] == UInt8(ascii: " ") ? value : nil
    }

    /// The first ` [date]` from here on: a user's name may hold spaces and brackets.
    private mutating func dateAfterUser(_ line: Span<UInt8>) -> Int64? {
        while index + 28 <= line.count {
            if line[index] == UInt8(ascii: "["), line[index &- 1] == UInt8(ascii: " "),
                let time = LogDate.parse(line.extracting(index..<index + 28))
            {
                index += 28
                return time
            }
            index += 1
        }
        return nil
    }

    /// Whether the request writes. Ends before the status.
    ///
    /// Servers that do not escape quotes let a request hold them: the request then ends at the first quote with a
    /// status behind it.
    private mutating func request(_ line: Span<UInt8>) -> Bool? {
        guard skip(UInt8(ascii: "\""), line) else { return nil }
        let start = index
        while index < line.count {
            let byte = line[index]
            if byte == UInt8(ascii: "\""), isStatus(line, at: index + 1) {
                let isWrite = LogMethod.isWrite(line.extracting(start..<index))
                index += 2
                return isWrite
            }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private func isStatus(_ line: Span<UInt8>, at start: Int) -> Bool {
        guard start + 5 <= line.count, line[start] == UInt8(ascii: " "), line[start + 4] == UInt8(ascii: " ") else {
            return false
        }
        for index in start + 1..<start + 4 where line[index] &- UInt8(ascii: "0") >= 10 { return false }
        return true
    }
}
