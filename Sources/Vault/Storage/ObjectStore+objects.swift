import Crypto
import Domain
import Foundation
import NIOHTTP1

extension ObjectStore {
    /// An object's length and, where the bucket keeps versions, the version's name; nil when there is no such object.
    func look(at object: String) throws(VaultError) -> (length: UInt64, version: String?)? {
        var request = Request(.GET, object)
        // Its first byte, not its head alone: what a store answers to HEAD does not say why it refuses.
        request.headers = [(name: "range", value: "bytes=0-0")]
        let answer = try ask(request, to: "look for \(object)")
        if answer.status == 404 { return nil }
        // No first byte: it is empty.
        if answer.status == 416 { return (0, nil) }
        guard let length = answer.headers.first(name: "Content-Range").flatMap(ContentRange.init)?.total
        else { throw unreachable("look for \(object)", "it answered \(answer.status) and gives no length") }
        let version = answer.headers.first(name: "x-amz-version-id")
        return (length, version == "null" ? nil : version)
    }

    /// Bytes of an object that has `length` of them. Throws `damaged` when it is not there or has another length.
    func read(_ object: String, at offset: UInt64, count: Int, of length: UInt64) throws(VaultError) -> [UInt8] {
        guard count > 0, offset < length else { return [] }
        let last = min(length, offset + UInt64(count)) - 1
        let what = "read \(object)"
        var request = Request(.GET, object)
        request.headers = [(name: "range", value: "bytes=\(offset)-\(last)")]
        request.longest = count
        var reason = ""
        for _ in 0..<max(1, patience.attempts) {
            let answer = try ask(request, to: what)
            if answer.status == 404 {
                throw VaultError(.damaged, "\(what): the store \(settings.place) does not have it")
            }
            if answer.status == 416 { throw VaultError(.damaged, "\(what): it is shorter than \(length) bytes") }
            let field = answer.headers.first(name: "Content-Range") ?? ""
            if let range = ContentRange(field), range.total != length {
                throw VaultError(.damaged, "\(what): it has \(range.total) bytes, and \(length) were sealed")
            }
            let isWhole = answer.status == 200 && offset == 0 && UInt64(answer.body.count) == length
            // Some servers send a part with the status of a whole (rclone 1.75): what it is, its range says.
            let isPart = ContentRange(field) == ContentRange(offset, last, length)
            if isWhole || isPart, answer.body.count == Int(last - offset) + 1 { return answer.body }
            reason = "it answered \(answer.status) with \(answer.body.count) bytes for \(last - offset + 1)"
        }
        throw unreachable(what, reason)
    }

    /// Stores an object in one piece.
    func put(_ bytes: [UInt8], as object: String) throws(VaultError) {
        var request = Request(.PUT, object)
        request.body = bytes
        request.headers = [Self.sum(of: bytes), (name: "content-type", value: "application/warc")]
        let answer = try ask(request, to: "store \(object)")
        guard answer.status < 300 else { throw unreachable("store \(object)", "it answered \(answer.status)") }
    }

    /// The checksum that every store compares with what came. The signature covers the SHA-256 besides.
    static func sum(of bytes: [UInt8]) -> (name: String, value: String) {
        (name: "content-md5", value: Data(Insecure.MD5.hash(data: bytes)).base64EncodedString())
    }

    /// Versions of one object that are removed at most, one after the other.
    private static let mostVersions = 64

    /// Removes an object, with all versions where the bucket keeps them. Returns when the store says that there is none.
    func remove(_ object: String) throws(VaultError) {
        let what = "remove \(object)"
        for _ in 0..<Self.mostVersions {
            guard let found = try look(at: object) else { return }
            var request = Request(.DELETE, object)
            // Without the version's name, a bucket that keeps versions would only hide the object.
            if let version = found.version { request.query = [(name: "versionId", value: version)] }
            _ = try ask(request, to: what)
        }
        throw unreachable(what, "it is still there")
    }
}

/// What part of an object an answer has (RFC 9110, section 14.4).
struct ContentRange: Equatable {
    var first: UInt64
    var last: UInt64
    var total: UInt64

    init(_ first: UInt64, _ last: UInt64, _ total: UInt64) {
        (self.first, self.last, self.total) = (first, last, total)
    }

    /// Reads `bytes 0-99/1000`; nil for anything else.
    init?(_ field: String) {
        guard field.hasPrefix("bytes ") else { return nil }
        let parts = field.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let total = UInt64(parts[1]) else { return nil }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = UInt64(ends[0]), let last = UInt64(ends[1]) else { return nil }
        self.init(first, last, total)
    }
}
