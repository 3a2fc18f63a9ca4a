/// Which ports the country listens on: the usual ones, or others above 1023 where this user may not bind them.
package enum PortMap: String, Codable, Sendable {
    case usual
    case raised

    /// The ports that unprivileged users see. A port above 1023 stands for itself.
    package static let raisedPorts: [UInt16: UInt16] = [
        21: 2121, 22: 2222, 25: 2525, 53: 5353, 80: 8080, 443: 8443, 873: 8873,
    ]

    /// The port to listen on for the port that the world names.
    package func port(_ usual: UInt16) -> UInt16 {
        guard self == .raised, usual < 1024 else { return usual }
        return Self.raisedPorts[usual] ?? usual + 10_000
    }
}
