package import Domain

/// A time-stamp authority (RFC 3161), with the address at which it is asked.
package struct StampAuthority: Hashable, Sendable {
    package let address: WebAddress
    let endpoint: Endpoint

    /// Reads `http://192.0.2.1/tsa`, or `http://time.example.org/tsa 192.0.2.1`: no name is looked up for it.
    package init?(_ text: String) {
        let parts = text.split(separator: " ").map(String.init)
        guard (1...2).contains(parts.count), let address = WebAddress(parts[0]),
            address.scheme == .http || address.scheme == .https,
            let host = IPAddress(parts.count == 2 ? parts[1] : address.host), address.port > 0
        else { return nil }
        (self.address, endpoint) = (address, Endpoint(host.unmapped, address.port))
    }
}

extension Gate {
    /// The longest answer that an authority gives.
    private static let longestStamp = 1 << 16

    /// Asks the scope's authority for a time-stamp: the one thing that is ever posted, and to no other address. Returns what
    /// it answered with status 200, unchecked.
    package func stamp(_ query: [UInt8]) async throws(GateError) -> [UInt8] {
        guard let authority = scope.stampAuthority else {
            throw refusal("the scope names no authority of time-stamps", "ask for a time-stamp")
        }
        let type = (name: "Content-Type", value: "application/timestamp-query")
        var request = HTTPRequest(.get, authority.address, at: authority.endpoint, headers: [type])
        request.query = query
        let (reply, content, _) = try await fetch(request, upTo: Self.longestStamp)
        guard reply.status == 200, reply.truncated == nil else {
            let what = "the authority answered with status \(reply.status)"
            throw GateError(.protocolError(what), attempted: "POST \(authority.address)", endpoint: authority.endpoint)
        }
        return content
    }

    /// Throws, and counts, for every request that is not one to the scope's authority.
    func admitAuthority(_ request: HTTPRequest, for attempt: String) throws(GateError) -> Endpoint {
        guard let authority = scope.stampAuthority, request.address == authority.address,
            request.endpoint == authority.endpoint
        else { throw refusal("it is not the scope's authority of time-stamps", attempt, request.endpoint) }
        return authority.endpoint
    }
}
