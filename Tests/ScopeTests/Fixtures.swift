import Domain
import Scope
import Testing

/// A scope over loopback ranges, fast enough for tests.
func scope(
    _ ranges: String,
    names: [String] = [],
    zones: [String] = [],
    nameServers: [Endpoint] = [],
    rate: Rate = Rate(perAddress: 100_000, total: 1_000_000, concurrent: 2_000)
) throws -> Scope {
    Scope(
        name: "test",
        addresses: try #require(AddressSet(ranges)),
        names: names,
        zones: zones,
        nameServers: nameServers,
        rate: rate,
        contact: "test@example.org"
    )
}

func address(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

func web(_ endpoint: Endpoint, _ target: String = "/", scheme: WebAddress.Scheme = .http) -> WebAddress {
    WebAddress(scheme: scheme, host: endpoint.address.description, port: endpoint.port, target: target)
}
