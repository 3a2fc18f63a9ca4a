import ArgumentParser
import Catalogue
import Domain

struct CensusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "census",
        abstract: "Find who is there: hosts, services, names and websites."
    )

    @OptionGroup var options: CaseOptions

    @Flag(help: "Show what is known; contact nothing.")
    var list = false

    func run() async throws {
        if !list { _ = try await Pipeline.on(options) { try await $0.census() } }
        let catalogue = try CaseReading.catalogue(of: options)
        let census = Listing(services: try catalogue.services(), websites: try catalogue.websites())
        try Output.print(census.text, or: census, asJSON: options.json)
    }

    private struct Listing: Encodable {
        var services: [Lasting<ServiceSighting>]
        var websites: [Lasting<WebsiteSighting>]

        var text: String {
            var table = TextTable(header: ["ENDPOINT", "SPEAKS", "SOFTWARE", "FIRST SEEN", "LAST SEEN", ""])
            for service in services {
                table.rows.append([
                    "\(service.value.endpoint)\(service.value.transport == .udp ? "/udp" : "")",
                    service.value.speaks.rawValue, service.value.facts["software"] ?? "",
                    "\(service.firstSeen.day)", "\(service.lastSeen.day)", service.isPresent ? "" : "gone",
                ])
            }
            var sites = TextTable(header: ["WEBSITE", "TITLE", "STATUS", "FIRST SEEN", "LAST SEEN", ""])
            for site in websites {
                sites.rows.append([
                    "\(site.value.address)", site.value.title ?? "", "\(site.value.status)",
                    "\(site.firstSeen.day)", "\(site.lastSeen.day)", site.isPresent ? "" : "gone",
                ])
            }
            return table.text + "\n\n" + sites.text
        }
    }
}
