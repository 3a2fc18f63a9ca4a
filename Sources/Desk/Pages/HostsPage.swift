import CaseFile
import Catalogue
import Domain

/// The services of the address space, with the states of the latest sweep in numbers.
struct HostsPage: Page {
    static let template = "hosts"

    struct Line: Sendable {
        var endpoint: String
        var speaks: String
        var software: String
        var facts: [Fact]
        var seen: String
        var isGone: Bool
    }

    struct Fact: Sendable {
        var name: String
        var value: String
    }

    var addresses: Int
    var ports: Int
    var services: [Line]

    init(catalogue: Catalogue, context: ReportContext) throws {
        addresses = context.addresses.count
        ports = context.ports.count
        services = try catalogue.services().map { service in
            Line(
                endpoint: "\(service.value.endpoint)" + (service.value.transport == .udp ? " (UDP)" : ""),
                speaks: service.value.speaks.rawValue,
                software: (service.value.facts["software"] ?? "").shown,
                facts: service.value.facts.sorted { $0.key < $1.key }.map { Fact(name: $0.key, value: $0.value.shown) },
                seen: "\(service.firstSeen.day) to \(service.lastSeen.day)",
                isGone: !service.isPresent
            )
        }
    }
}

/// Websites over time.
struct WebsitesPage: Page {
    static let template = "websites"

    struct Line: Sendable {
        var name: String
        var address: String
        var endpoint: String
        var title: String
        var software: String
        var status: Int
        var origins: String
        var seen: String
        var isGone: Bool
    }

    var websites: [Line]

    init(catalogue: Catalogue) throws {
        websites = try catalogue.websites().map { website in
            Line(
                name: website.value.name,
                address: "\(website.value.address)",
                endpoint: "\(website.value.endpoint)",
                title: (website.value.title ?? "").shown,
                software: (website.value.software ?? "").shown,
                status: website.value.status,
                origins: website.value.origins.map(\.rawValue).joined(separator: ", "),
                seen: "\(website.firstSeen.day) to \(website.lastSeen.day)",
                isGone: !website.isPresent
            )
        }
    }
}
