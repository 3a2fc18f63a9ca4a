import Domain

/// The named fields before a WARC/1.1 record's block (ISO 28500:2017).
struct WARCHeader {
    private static let padding = "Ajar-Padding"

    private(set) var fields: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        fields.append((name, value))
    }

    var bytes: [UInt8] {
        var bytes = Array("WARC/1.1\r\n".utf8)
        for (name, value) in fields {
            bytes += name.utf8
            bytes += ": ".utf8
            bytes += value.utf8
            bytes += "\r\n".utf8
        }
        return bytes + "\r\n".utf8
    }

    /// The header in exactly `length` bytes, for a place that was kept free; nil when it does not fit.
    func bytes(paddedTo length: Int) -> [UInt8]? {
        let room = length - bytes.count
        guard room != 0 else { return bytes }
        let spare = room - Self.padding.utf8.count - 4
        guard spare > 0 else { return nil }
        var padded = self
        padded.add(Self.padding, String(repeating: "-", count: spare))
        return padded.bytes
    }

    /// The value of a field in a header's bytes.
    static func value(of name: String, in header: [UInt8]) -> String? {
        for line in header.split(separator: UInt8(ascii: "\n")) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            guard String(decoding: line[..<colon], as: UTF8.self).lowercased() == name.lowercased() else { continue }
            let value = line[line.index(after: colon)...].filter { $0 != UInt8(ascii: "\r") }
            return String(decoding: value.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self)
        }
        return nil
    }
}

extension WARCHeader {
    /// The longest target that is taken.
    static let longestTarget = 16_384

    /// A target with every byte percent-encoded that a URI may not hold, so that no name can break out of its line.
    static func target(_ text: String) -> String {
        var target = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"), 0...0x20, 0x7f...:
                target += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            default: target.unicodeScalars.append(UnicodeScalar(byte))
            }
        }
        return target
    }

    /// A media type without anything that could break out of its line, at most 200 bytes.
    static func mediaType(_ text: String) -> String {
        let visible = text.unicodeScalars.filter { (0x20...0x7e).contains($0.value) && $0 != "\"" && $0 != "\\" }
        return String(String.UnicodeScalarView(visible.prefix(200)))
    }

    /// What a record of `leaf` is headed by. `original` is the record that a revisit refers to.
    init(_ leaf: Leaf, blockLength: UInt64, original: Original? = nil) {
        add("WARC-Type", Self.type(leaf.kind))
        add("WARC-Record-ID", leaf.record.map { "<\($0)>" })
        add("WARC-Date", leaf.at.description)
        add(leaf.kind == .segment ? "WARC-Filename" : "WARC-Target-URI", leaf.target)
        add("WARC-IP-Address", leaf.endpoint?.address.description)
        add("WARC-Concurrent-To", leaf.concurrent.map { "<\($0)>" })
        switch leaf.kind {
        case .identical: add("WARC-Profile", Self.profile + "identical-payload-digest")
        case .notModified: add("WARC-Profile", Self.profile + "server-not-modified")
        default: break
        }
        if let original {
            add("WARC-Refers-To", "<\(original.record)>")
            add("WARC-Refers-To-Target-URI", original.target)
            add("WARC-Refers-To-Date", original.date)
            add("Ajar-Refers-To-Segment", original.segment)
        }
        if leaf.kind == .withheld {
            add("WARC-Refers-To", leaf.facts?["record"].map { "<\(Self.target($0))>" })
        }
        add("WARC-Truncated", leaf.truncated)
        add("WARC-Block-Digest", leaf.block.map { "sha256:\($0)" })
        // Tools disagree whether the digest of a chunked payload is taken before or after decoding; without it all agree.
        if let payload = leaf.payload, [.captured, .identical].contains(leaf.kind), !payload.isChunked {
            add("WARC-Payload-Digest", "sha256:\(payload.digest)")
        }
        add("Content-Type", leaf.contentType)
        add("Content-Length", String(blockLength))
    }

    private static let profile = "http://netpreserve.org/warc/1.1/revisit/"

    private static func type(_ kind: Leaf.Kind) -> String {
        switch kind {
        case .segment: "warcinfo"
        case .request: "request"
        case .captured: "response"
        case .identical, .notModified: "revisit"
        case .resource, .created, .recovered, .erased, .disowned, .stored: "resource"
        case .metadata, .runStarted, .runEnded, .outcome, .custody, .withheld, .unknown: "metadata"
        }
    }
}

/// The record that a revisit refers to.
struct Original {
    /// Nil while its group is not in the ledger.
    var leaf: UInt64?
    var record: String
    var target: String
    var date: String
    var segment: String
}
