import Catalogue
package import Domain

/// A website over time.
package struct WebsiteRow: Sendable, Encodable {
    package var name: String
    package var address: WebAddress
    package var endpoint: Endpoint
    package var title: String?
    package var software: String?
    package var status: Int
    package var origins: [NameOrigin]
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var gone: TimeBounds?
    package var exhibit: Int?

    init(_ website: Lasting<WebsiteSighting>, exhibits: inout ExhibitList) {
        let sighting = website.value
        name = sighting.name
        address = sighting.address
        endpoint = sighting.endpoint
        title = sighting.title
        software = sighting.software
        status = sighting.status
        origins = sighting.origins
        firstSeen = website.firstSeen
        lastSeen = website.lastSeen
        gone = website.gone
        exhibit = sighting.seal.map {
            exhibits.number($0, what: "front page of \(sighting.name)", address: "\(sighting.address)", at: sighting.at)
        }
    }
}
