package import Domain

/// What may be asked of a web server: reading, and nothing else. There is no body and no credential.
///
/// The one exception is made by ``Gate/stamp(_:)``.
package struct HTTPRequest: Sendable {
    /// The methods that exist here; all are safe (RFC 9110 9.2.1, RFC 4918 9.1).
    package enum Method: String, Codable, CaseIterable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case options = "OPTIONS"
        /// Without a body it asks for all properties of what the address names.
        case propfind = "PROPFIND"
    }

    package var method: Method
    package var address: WebAddress
    /// Where to connect; nil has the host looked up, and the first address in scope taken.
    package var endpoint: Endpoint?
    /// Further header fields, such as `Range` or `If-None-Match`.
    package var headers: [(name: String, value: String)]
    /// A time-stamp query, which is the only thing that is ever posted. Only the gate can set it.
    var query: [UInt8]?

    package init(
        _ method: Method = .get,
        _ address: WebAddress,
        at endpoint: Endpoint? = nil,
        headers: [(name: String, value: String)] = []
    ) {
        self.method = method
        self.address = address
        self.endpoint = endpoint
        self.headers = headers
    }

    /// Fields that a request may not set: they carry credentials, or they are the gate's own.
    static let reserved: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "cookie2", "host", "user-agent", "from", "connection",
        "content-length", "transfer-encoding", "te", "trailer", "expect", "upgrade", "accept-encoding",
    ]

    /// The longest address that is asked for; the vault takes no longer one either.
    package static let longestAddress = 16_000

    /// Exactly what is sent. Throws where a field or the address could smuggle anything else.
    func bytes(userAgent: String) throws(GateError) -> [UInt8] {
        guard address.description.utf8.count <= Self.longestAddress else {
            throw fault("the address is over \(Self.longestAddress) bytes long")
        }
        guard Self.isVisible(address.target), Self.isVisible(address.authority) else {
            throw fault("the address holds bytes that a request may not carry")
        }
        let verb = query == nil ? method.rawValue : "POST"
        var lines = ["\(verb) \(address.target) HTTP/1.1", "Host: \(address.authority)"]
        lines += ["User-Agent: \(userAgent)", "Accept-Encoding: identity"]
        if !headers.contains(where: { $0.name.lowercased() == "accept" }) { lines.append("Accept: */*") }
        for (name, value) in headers {
            guard !Self.reserved.contains(name.lowercased()) else { throw fault("the field \(name) is never sent") }
            guard Self.isToken(name), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                throw fault("a header field holds control bytes")
            }
            lines.append("\(name): \(value)")
        }
        if let query { lines.append("Content-Length: \(query.count)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (query ?? [])
    }

    private func fault(_ what: String) -> GateError {
        GateError(.protocolError(what), attempted: "\(method.rawValue) \(address)", endpoint: endpoint)
    }

    private static func isVisible(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x2d
                    || $0 == 0x5f
            }
    }
}
