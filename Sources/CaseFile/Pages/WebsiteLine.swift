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
        name = row.name
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

struct RejectionLine {
    var address: String
    var check: String
    var reason: String

    init(_ rejection: DoorRejection) {
        address = "\(rejection.address)"
        check = rejection.check
        reason = rejection.reason
    }
}
