package import Domain

/// Why the gate could not do what it was asked.
package struct GateError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// A rule forbids it, and nothing was sent.
        case outOfScope(rule: String)
        case refused
        case timedOut
        case unreachable
        /// The peer closed or reset the connection.
        case closed
        /// TLS failed: what the library said.
        case tls(String)
        /// The peer broke the protocol, and how.
        case protocolError(String)
        /// A name could not be looked up, and why.
        case resolution(String)
        /// The task was cancelled, or the gate closed.
        case cancelled
        /// This machine failed: no descriptors, no memory …
        case local(String)
    }

    package var code: Code
    /// What was attempted, such as `connect` or `GET http://…`.
    package var attempted: String
    package var endpoint: Endpoint?
    /// The first bytes that came back before it failed, at most 4 KiB.
    package var received: [UInt8]

    package init(_ code: Code, attempted: String, endpoint: Endpoint? = nil, received: [UInt8] = []) {
        self.code = code
        self.attempted = attempted
        self.endpoint = endpoint
        self.received = received
    }

    /// Whether a rule of the scope forbade it.
    package var isRefusedByScope: Bool {
        if case .outOfScope = code { true } else { false }
    }

    package var description: String {
        let place = endpoint.map { " at \($0)" } ?? ""
        return "\(attempted)\(place): \(reason)"
    }

    private var reason: String {
        switch code {
        case .outOfScope(let rule): "refused by the scope: \(rule)"
        case .refused: "connection refused"
        case .timedOut: "timed out"
        case .unreachable: "unreachable"
        case .closed: "closed by the peer"
        case .tls(let what): "TLS failed: \(what)"
        case .protocolError(let what): what
        case .resolution(let what): what
        case .cancelled: "cancelled"
        case .local(let what): what
        }
    }
}
