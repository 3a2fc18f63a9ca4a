import Domain

/// Addresses that are of no line on the Internet (IANA's special-purpose registries): a log has them from its own network,
/// from a proxy before the server, or from somebody who could write into it.
enum SpecialNetworks {
    private static let blocks = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/4", "240.0.0.0/4", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap { CIDR($0) }

    /// The block that holds `address`; nil where it may be anybody's.
    static func block(of address: IPAddress) -> CIDR? { blocks.first { $0.contains(address) } }

    /// What stands among a visitor's lists.
    static func name(_ block: CIDR) -> String { "not an Internet address (IANA, \(block))" }
}
