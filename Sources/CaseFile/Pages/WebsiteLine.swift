import Domain

struct WebsiteLine {
    var name: String
    var address: String
    var endpoint: String
    var title: String
    var software: String
    var status: Int
    var origins: String
    var seen: String
    var exhibit: ExhibitReference?

    init(_ row: WebsiteRow) {
        name = row.name.shown
        address = "\(row.address)"
        endpoint = "\(row.endpoint)"
        title = PathName(bytes: (row.title ?? "").utf8).display
        software = PathName(bytes: (row.software ?? "").utf8).display
        status = row.status
        origins = row.origins.map(\.rawValue).joined(separator: ", ")
        seen =
            row.gone.map {
                "\(row.firstSeen.day) to \(row.lastSeen.day); absent on \($0.notAfter?.day.description ?? "?")"
            }
            ?? "\(row.firstSeen.day) to \(row.lastSeen.day)"
        exhibit = ExhibitReference(row.exhibit)
    }
}

/// Addresses of one website that were rejected for one reason.
struct RejectionLine {
    var address: String
    var reason: String

    /// One line for each website and reason, in the order of addresses.
    static func lines(_ rejections: [DoorRejection]) -> [RejectionLine] {
        Dictionary(grouping: rejections) { "\($0.address.host) \($0.reason)" }.values
            .map { group in
                let addresses = Set(group.map { "\($0.address)" }).sorted()
                let others = addresses.count > 1 ? "; so do \(addresses.count - 1) others of the website" : ""
                return RejectionLine(address: addresses[0], reason: group[0].reason.shown + others)
            }
            .sorted { $0.address < $1.address }
    }
}
