import Domain
import Foundation

/// The line of a CDXJ index that leads to one record: the address in sort-friendly form, the time, and where it lies.
struct CaptureLine: Encodable {
    private var url: String
    private var mime: String?
    private var status: String?
    private var digest: String?
    private var length: String
    private var offset: String
    private var filename: String

    private let key: String
    private let time: String

    private enum CodingKeys: String, CodingKey {
        case url, mime, status, digest, length, offset, filename
    }

    /// Nil for records that nobody looks up by their address: requests, and what Ajar wrote of its own work.
    init?(_ leaf: Leaf, _ copy: StandaloneRecords.Copy) {
        guard let target = leaf.target, ["response", "resource", "revisit"].contains(copy.type),
            let key = Self.key(target)
        else { return nil }
        let answer = AnswerHead(copy.head)
        url = target
        switch copy.type {
        case "revisit": mime = "warc/revisit"
        case "response": mime = answer.type
        default: mime = leaf.contentType
        }
        status = copy.type == "resource" ? nil : answer.status
        digest = leaf.payload.map { "sha256:\($0.digest)" }
        // Without the empty lines that end a record, as other indexers count.
        length = "\(copy.length - UInt64(Segment.recordEnd.count))"
        (offset, filename) = ("\(copy.offset)", WACZLayout.archiveName)
        self.key = key
        time = leaf.at.roundedDown.description.filter(\.isNumber)
    }

    func encoded() throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array("\(key) \(time) ".utf8) + Array(try encoder.encode(self)) } catch {
            throw VaultError(.tooLong, "index \(url): \(error)")
        }
    }

    /// The address with its host turned round, as the "sort-friendly URI reordering transform" of the web archives has it;
    /// nil for addresses without a host.
    static func key(_ target: String) -> String? {
        guard let colon = target.firstIndex(of: ":"), target[colon...].hasPrefix("://") else { return nil }
        let rest = target[colon...].dropFirst(3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }.lowercased()
        let (path, query) = split(rest.dropFirst(authority.count))
        let parts = authority.split(separator: ":", maxSplits: 1)
        var host = (parts.first ?? "").split(separator: ".")
        if host.count > 1, let first = host.first, first.hasPrefix("www"), first.dropFirst(3).allSatisfy(\.isNumber) {
            host.removeFirst()
        }
        let usual = WebAddress.Scheme(rawValue: String(target[..<colon])).map { "\($0.defaultPort)" }
        let port = parts.count < 2 || String(parts[1]) == usual ? "" : ":\(parts[1])"
        var arguments = query.split(separator: "&", omittingEmptySubsequences: false).sorted().joined(separator: "&")
        if !arguments.isEmpty { arguments = "?" + arguments }
        return "\(host.reversed().joined(separator: ","))\(port))\(tidy(path))\(arguments)"
    }

    private static func split(_ text: Substring) -> (path: String, query: String) {
        let path = text.prefix { $0 != "?" }
        return (unescaped(path).lowercased(), unescaped(text.dropFirst(path.count + 1)).lowercased())
    }

    /// Escapes undone until there are none left, and made again where they must be.
    private static func unescaped(_ text: Substring) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<8 {
            let next = PathName(percentEncoded: String(decoding: bytes, as: UTF8.self)).bytes
            // What is no UTF-8 would not survive another turn.
            guard next != bytes, String(validating: next, as: UTF8.self) != nil else {
                bytes = next
                break
            }
            bytes = next
        }
        return bytes.map { byte in
            let isPlain = (0x21...0x7e).contains(byte) && byte != 0x23 && byte != 0x25
            return isPlain ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
        .joined()
    }

    private static func tidy(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }
}

/// The first line and the media type of an answer, as far as an index needs them.
struct AnswerHead {
    var status: String?
    var type: String?

    init(_ block: [UInt8]) {
        let lines = block.split(separator: UInt8(ascii: "\n"), maxSplits: 400, omittingEmptySubsequences: false)
        let first = lines.first.map { String(decoding: $0, as: UTF8.self).split(separator: " ") } ?? []
        if first.count > 1, first[1].utf8.count == 3, first[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            status = String(first[1])
        }
        for line in lines.dropFirst() {
            guard line.count > 1 else { return }
            let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 1)
            guard parts.count == 2, String(decoding: parts[0], as: UTF8.self).lowercased() == "content-type" else {
                continue
            }
            let value = String(decoding: parts[1], as: UTF8.self).prefix { $0 != ";" }.filter {
                $0.isASCII && !$0.isWhitespace
            }
            type = value.isEmpty ? nil : String(WARCHeader.mediaType(value).lowercased())
            return
        }
    }
}
