package import Domain
import Foundation
import Synchronization
import Vault

/// An S3-compatible store in this process, with its objects in memory: as much of the protocol as a store of segments is
/// asked for. It looks at the name of the key and at the sum of what came, and not at signatures: real servers do.
package final class LittleObjectStore: Sendable {
    private struct Contents {
        var objects: [String: [UInt8]] = [:]
        /// The parts of each unfinished upload, by their numbers.
        var uploads: [String: [Int: [UInt8]]] = [:]
        var begun = 0
    }

    /// Guards the objects; each connection is answered on a thread of the server's.
    private let contents = Mutex(Contents())

    private init() {}

    /// Runs a store at the address while the body does.
    package static func running<Value>(
        at address: IPAddress,
        _ body: (Endpoint) async throws -> Value
    ) async throws -> Value {
        let store = LittleObjectStore()
        let script = HostileServer.Script { received in
            Request(received).map { [.send(store.answer($0)), .close] }
        }
        return try await HostileServer.running(at: address, script) { try await body($0.endpoint) }
    }

    private struct Request {
        var method: String
        var key: String
        var query: [String: String] = [:]
        var fields: [String: String] = [:]
        var body: [UInt8]

        /// Nil until all of it is there.
        init?(_ received: [UInt8]) {
            guard let end = received.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
            let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1)
                fields[parts[0].lowercased()] = parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            }
            body = Array(received[end.upperBound...])
            let words = lines.first?.split(separator: " ") ?? []
            guard words.count == 3, body.count >= Int(fields["content-length"] ?? "0") ?? 0 else { return nil }
            method = String(words[0])
            let target = words[1].split(separator: "?", maxSplits: 1)
            key = target[0].removingPercentEncoding ?? ""
            for pair in target.count > 1 ? target[1].split(separator: "&") : [] {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
                query[parts[0]] = parts.count > 1 ? parts[1] : ""
            }
        }
    }

    private func answer(_ request: Request) -> [UInt8] {
        guard request.fields["authorization"]?.contains("Credential=\(ObjectServer.accessKeyID)/") ?? false else {
            return Self.refusal(403, "InvalidAccessKeyId")
        }
        guard request.key.hasPrefix("/\(ObjectServer.bucket)/") else { return Self.refusal(404, "NoSuchBucket") }
        let sum = Digest(of: request.body).description
        guard request.body.isEmpty || request.fields["x-amz-content-sha256"] == sum else {
            return Self.refusal(400, "XAmzContentSHA256Mismatch")
        }
        return contents.withLock { contents in
            if let upload = request.query["uploadId"] { return Self.answer(request, of: upload, in: &contents) }
            switch request.method {
            case "POST":
                contents.begun += 1
                contents.uploads["upload-\(contents.begun)"] = [:]
                let name = "<UploadId>upload-\(contents.begun)</UploadId>"
                return Self.reply(200, "<InitiateMultipartUploadResult>\(name)</InitiateMultipartUploadResult>".utf8)
            case "PUT":
                contents.objects[request.key] = request.body
                return Self.reply(200, [], ["ETag": "\"\(sum.prefix(32))\""])
            case "DELETE":
                contents.objects[request.key] = nil
                return Self.reply(204)
            default: return Self.read(contents.objects[request.key], request.fields["range"])
            }
        }
    }

    /// What concerns an upload in parts.
    private static func answer(_ request: Request, of upload: String, in contents: inout Contents) -> [UInt8] {
        guard let parts = contents.uploads[upload] else { return refusal(404, "NoSuchUpload") }
        switch request.method {
        case "PUT":
            let number = Int(request.query["partNumber"] ?? "") ?? 0
            contents.uploads[upload]?[number] = request.body
            return reply(200, [], ["ETag": "\"part-\(number)\""])
        case "POST":
            contents.objects[request.key] = parts.sorted { $0.key < $1.key }.flatMap(\.value)
            contents.uploads[upload] = nil
            return reply(200, "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>".utf8)
        default:
            contents.uploads[upload] = nil
            return reply(204)
        }
    }

    private static func read(_ object: [UInt8]?, _ range: String?) -> [UInt8] {
        guard let object else { return refusal(404, "NoSuchKey") }
        guard let range else { return reply(200, object) }
        let ends = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard ends.count == 2, ends[0] < object.count, ends[0] <= ends[1] else { return refusal(416, "InvalidRange") }
        let last = min(ends[1], object.count - 1)
        let field = "bytes \(ends[0])-\(last)/\(object.count)"
        return reply(206, object[ends[0]...last], ["Content-Range": field])
    }

    private static func refusal(_ status: Int, _ code: String) -> [UInt8] {
        reply(status, "<Error><Code>\(code)</Code><Message>as a test wants it</Message></Error>".utf8)
    }

    private static func reply(
        _ status: Int,
        _ body: some Sequence<UInt8> = [],
        _ fields: [String: String] = [:]
    ) -> [UInt8] {
        ScriptedServer.reply(status, fields, body: body)
    }
}
