/// A network namespace that has no name: it lives as long as processes of the country are in it.
package struct NetworkNamespace: Hashable, Codable, Sendable {
    /// The process that does nothing but be in it.
    package var keeper: Int32

    /// The command that runs another one inside.
    func entering(_ command: [String]) -> [String] { ["nsenter", "--net=/proc/\(keeper)/ns/net", "--"] + command }
}

/// The country's namespace and its observer's. Nothing joins either of them to the machine's own network.
package struct CountryNetwork: Hashable, Codable, Sendable {
    package var country: NetworkNamespace
    package var observer: NetworkNamespace
    /// What the world asks for and this kernel cannot do, in words.
    package var lacks: [String]
}
