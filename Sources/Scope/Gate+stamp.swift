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

    /// How long an authority may take, all in all: others wait for it.
    private static let stampLimits = ExchangeLimits(head: .seconds(10), total: .seconds(15), connect: .seconds(5))

    /// Asks one of the scope's authorities for a time-stamp: the one thing that is ever posted, and to no other address.
    /// Returns what it answered with status 200, unchecked.
    package func stamp(_ query: [UInt8], by authority: StampAuthority) async throws(GateError) -> [UInt8] {
        let type = (name: "Content-Type", value: "application/timestamp-query")
        var request = HTTPRequest(.get, authority.address, at: authority.endpoint, headers: [type])
        request.query = query
        let (reply, content, _) = try await fetch(
            request,
            upTo: Self.longestStamp,
            limits: Self.stampLimits
        )
        guard reply.status == 200, reply.truncated == nil else {
            let what = "the authority answered with status \(reply.status)"
            throw GateError(.protocolError(what), attempted: "POST \(authority.address)", endpoint: authority.endpoint)
        }
        return content
    }

    /// Throws, and counts, for every request that is not one to an authority of the scope.
    func admitAuthority(_ request: HTTPRequest, for attempt: String) throws(GateError) -> Endpoint {
        let named = scope.stampAuthorities.first {
            request.address == $0.address && request.endpoint == $0.endpoint
        }
        guard let authority = named else {
            throw refusal("it is no authority of time-stamps that the scope names", attempt, request.endpoint)
        }
        return authority.endpoint
    }
}
