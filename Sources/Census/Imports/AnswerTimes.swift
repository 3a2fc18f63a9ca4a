import Domain

/// When the answers of a scan came whose file tells nothing else of its time.
struct AnswerTimes: Sendable {
    private var first: Int64 = .max
    private var last: Int64 = .min

    /// Seconds since 1970; what no clock could have shown is left out.
    mutating func note(_ second: UInt64) {
        guard (1..<253_402_300_800).contains(second) else { return }
        first = min(first, Int64(second))
        last = max(last, Int64(second))
    }

    mutating func note(_ at: Timestamp) { note(UInt64(clamping: at.seconds)) }

    /// A report of a program that lists what is open and does not say what it asked.
    func report(tool: String, isFinished: Bool, _ hints: ImportHints, ports: PortsAsked = .unknown) -> ScanReport {
        let known = first <= last
        return ScanReport(
            reach: Reach(
                addresses: hints.addresses,
                tcp: hints.ports.map(PortsAsked.list) ?? ports,
                udp: nil,
                discovery: .everyAddress,
                telling: .openOnly,
                tool: tool
            ),
            toolVersion: "",
            arguments: "",
            began: hints.began.map(TimeBounds.init(at:)) ?? (known ? TimeBounds(at: Timestamp(seconds: first)) : nil),
            ended: known
                ? TimeBounds(
                    notBefore: Timestamp(seconds: last),
                    notAfter: Timestamp(microseconds: last * 1_000_000 + 999_999)
                ) : nil,
            completeness: isFinished ? .complete : .incomplete(reason: "the file ends before the run does"),
            covered: isFinished || hints.addresses == nil ? nil : AddressSet()
        )
    }
}

/// The words of a line, cut at blanks without copying.
struct FieldCutter {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> ArraySlice<UInt8>? {
        while rest.first == 0x20 { rest.removeFirst() }
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: 0x20) ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }
}

extension ArraySlice<UInt8> {
    /// A decimal number of at most 18 digits.
    var number: UInt64? {
        guard !isEmpty, count <= 18 else { return nil }
        var value: UInt64 = 0
        for byte in self {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        return value
    }

    /// Dotted decimal without going through text, which is slow; other forms as ``IPAddress`` reads them.
    var address: IPAddress? {
        var (value, octet, digits, dots): (UInt32, UInt32, Int, Int) = (0, 0, 0, 0)
        for byte in self {
            if byte == UInt8(ascii: ".") {
                guard digits > 0, dots < 3 else { return nil }
                value = value << 8 | octet
                (octet, digits, dots) = (0, 0, dots + 1)
            } else {
                guard (0x30...0x39).contains(byte), digits < 3, digits == 0 || octet > 0 else {
                    return IPAddress(String(decoding: self, as: UTF8.self))
                }
                octet = octet * 10 + UInt32(byte - 0x30)
                digits += 1
                guard octet < 256 else { return nil }
            }
        }
        return dots == 3 && digits > 0 ? IPAddress(v4: value << 8 | octet) : nil
    }
}

extension Transport {
    init?(bytes: ArraySlice<UInt8>) {
        if bytes.elementsEqual("tcp".utf8) {
            self = .tcp
        } else if bytes.elementsEqual("udp".utf8) {
            self = .udp
        } else {
            return nil
        }
    }
}
