import Domain
import NIOHTTP1
import Wire

/// The way of a file into the store: in one piece where it is short, else in parts that are stored one by one and joined
/// there. Memory holds one part.
struct PartedUpload {
    /// The most that is stored in one piece, and the length of a part where the file is not too long for that.
    static let piece: UInt64 = 8 << 20
    /// S3 takes 10,000 parts.
    private static let mostParts: UInt64 = 9_000

    let store: ObjectStore
    let object: String
    let file: OpenFile
    let length: UInt64
    private let part: UInt64
    private var name: String?
    private var tags: [String] = []
    /// How often the store had lost the parts.
    private var losses = 0
    private static let mostLosses = 2

    init(_ file: OpenFile, length: UInt64, to store: ObjectStore, as object: String) {
        (self.store, self.object, self.file, self.length) = (store, object, file, length)
        let mebibytes = (length / Self.mostParts) >> 20
        part = max(Self.piece, (mebibytes + 1) << 20)
    }

    /// How far it is, in bytes.
    var done: UInt64 { min(length, UInt64(tags.count) * part) }

    /// Sends the next part; false when there is none left, and the object is whole.
    mutating func next() throws(VaultError) -> Bool {
        guard length > part else {
            try store.put(try read(0), as: object)
            tags = [""]
            return false
        }
        guard let upload = name else {
            name = try begin()
            return true
        }
        guard done < length else {
            try complete(upload)
            return false
        }
        try send(try read(done), upload)
        return true
    }

    private func read(_ offset: UInt64) throws(VaultError) -> [UInt8] {
        let count = min(part, length - offset)
        let bytes = try file.read(at: offset, upTo: Int(count))
        guard bytes.count == Int(count) else {
            throw VaultError(.damaged, "read \(count) bytes at \(offset)", path: file.path)
        }
        return bytes
    }

    private func begin() throws(VaultError) -> String {
        var request = ObjectStore.Request(.POST, object)
        request.query = [(name: "uploads", value: "")]
        request.headers = [(name: "content-type", value: "application/warc")]
        let answer = try store.ask(request, to: "begin to store \(object)")
        guard answer.status == 200, let name = S3Reply(parsing: answer.body).uploadID, !name.isEmpty else {
            throw store.unreachable("begin to store \(object)", "it answered \(answer.status) and named no upload")
        }
        return name
    }

    private mutating func send(_ bytes: [UInt8], _ upload: String) throws(VaultError) {
        let what = "store part \(tags.count + 1) of \(object)"
        var request = ObjectStore.Request(.PUT, object)
        request.query = [(name: "partNumber", value: "\(tags.count + 1)"), (name: "uploadId", value: upload)]
        request.headers = [ObjectStore.sum(of: bytes)]
        request.body = bytes
        let answer = try store.ask(request, to: what)
        if answer.status == 404, losses < Self.mostLosses {
            // Some stores drop an upload when one of its parts came broken: it begins anew.
            (name, tags, losses) = (nil, [], losses + 1)
            return
        }
        guard answer.status == 200, let tag = answer.headers.first(name: "ETag"), tag.utf8.count <= 200 else {
            throw store.unreachable(what, "it answered \(answer.status) without a tag")
        }
        tags.append(tag)
    }

    private func complete(_ upload: String) throws(VaultError) {
        let parts = tags.enumerated().map { number, tag in
            "<Part><PartNumber>\(number + 1)</PartNumber><ETag>\(Self.escaped(tag))</ETag></Part>"
        }
        var request = ObjectStore.Request(.POST, object)
        request.query = [(name: "uploadId", value: upload)]
        request.headers = [(name: "content-type", value: "application/xml")]
        request.body = Array("<CompleteMultipartUpload>\(parts.joined())</CompleteMultipartUpload>".utf8)
        let what = "join the parts of \(object)"
        let answer = try store.ask(request, to: what)
        // The answer to an earlier attempt may have been lost: then the upload is gone, and the object is there.
        if answer.status == 404, try store.look(at: object)?.length == length { return }
        guard answer.status == 200 else { throw store.unreachable(what, "it answered \(answer.status)") }
    }

    private static func escaped(_ text: String) -> String {
        text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;"][$0] ?? String($0) }.joined()
    }

    /// Has the store forget the parts. Nothing depends on it: what stays there costs room until the bucket's own rule for
    /// unfinished uploads removes it.
    func abandon() {
        guard let name else { return }
        var request = ObjectStore.Request(.DELETE, object)
        request.query = [(name: "uploadId", value: name)]
        // The upload failed, and why is known; that it could not be taken back either adds nothing.
        _ = try? store.ask(request, to: "forget the parts of \(object)", attempts: 1)
    }
}
