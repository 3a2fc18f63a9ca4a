import Crypto
package import Domain

/// The signature of a request to an S3-compatible store: AWS signature version 4, in a header.
///
/// The documents are "Signature Calculations for the Authorization Header" of the Amazon S3 API reference; its examples
/// are the tests.
package struct RequestSignature: Sendable {
    /// The SHA-256 of no bytes, in hexadecimal digits: of a request without a body.
    package static let ofNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    let credentials: StoreCredentials
    let region: String

    package init(_ credentials: StoreCredentials, region: String) {
        self.credentials = credentials
        self.region = region
    }

    /// What is signed of a request.
    package struct Request: Sendable {
        package var method: String
        /// The path as it is sent, percent-encoded once.
        package var path: String
        /// Not encoded.
        package var query: [(name: String, value: String)]
        /// All headers that are to be signed, `host` among them.
        package var headers: [(name: String, value: String)]
        /// The SHA-256 of the body, in hexadecimal digits.
        package var payload: String

        package init(
            _ method: String,
            path: String,
            query: [(name: String, value: String)] = [],
            headers: [(name: String, value: String)],
            payload: String = RequestSignature.ofNothing
        ) {
            (self.method, self.path, self.query) = (method, path, query)
            (self.headers, self.payload) = (headers, payload)
        }
    }

    /// The headers that sign a request made at `time`, the date and the body's hash among them.
    package func headers(for request: Request, at time: Timestamp) -> [(name: String, value: String)] {
        let stamp = Self.stamp(time)
        var added = [(name: "x-amz-content-sha256", value: request.payload), (name: "x-amz-date", value: stamp)]
        if let token = credentials.sessionToken { added.append((name: "x-amz-security-token", value: token)) }
        let signed = (request.headers + added).map { (name: $0.name.lowercased(), value: $0.value) }
            .sorted { $0.name < $1.name }
        let names = signed.map(\.name).joined(separator: ";")
        let canonical = [
            request.method, request.path, Self.query(request.query),
            signed.map { "\($0.name):\(Self.trimmed($0.value))\n" }.joined(), names, request.payload,
        ].joined(separator: "\n")
        let scope = "\(stamp.prefix(8))/\(region)/s3/aws4_request"
        let digest = Domain.Digest(of: Array(canonical.utf8))
        let text = "AWS4-HMAC-SHA256\n\(stamp)\n\(scope)\n\(digest)"
        let signature = Self.hex(Self.code(key(on: String(stamp.prefix(8))), text))
        let value =
            "AWS4-HMAC-SHA256 Credential=\(credentials.accessKeyID)/\(scope),SignedHeaders=\(names),Signature=\(signature)"
        return added + [(name: "Authorization", value: value)]
    }

    private func key(on day: String) -> [UInt8] {
        var key = Array("AWS4\(credentials.secretKey)".utf8)
        for part in [day, region, "s3", "aws4_request"] { key = Self.code(key, part) }
        return key
    }

    private static func code(_ key: [UInt8], _ text: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key)))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        Domain.Digest(bytes: bytes)?.description ?? ""
    }

    /// `20130524T000000Z`
    static func stamp(_ time: Timestamp) -> String {
        time.roundedDown.description.filter { $0 != "-" && $0 != ":" }
    }

    /// Blanks around a value do not count, and several within it count as one.
    private static func trimmed(_ value: String) -> String {
        value.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    /// The query as it is signed and sent: names and values encoded, in order.
    package static func query(_ query: [(name: String, value: String)]) -> String {
        query.map { (name: encoded($0.name), value: encoded($0.value)) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    /// Everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`; the slashes of a path stay.
    package static func encoded(_ text: String, keepingSlashes: Bool = false) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            case UInt8(ascii: "/") where keepingSlashes: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
