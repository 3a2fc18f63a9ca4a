import Domain

/// One door may be met under several addresses: by name and by number, by http and https, by two names.
enum Sameness {
    /// Each door once.
    ///
    /// Two doors are the same when their paths are the same, the file that proves them has the same bytes, and they
    /// stand on the same address or bear the same name. Kept is the one by name rather than by number, then https, then
    /// the shorter name.
    static func once(_ doors: [Door]) -> [Door] {
        var kept: [Door] = []
        for door in doors.sorted(by: isPreferred) where !kept.contains(where: { isSame($0, door) }) {
            kept.append(door)
        }
        return kept.sorted { $0.address.description < $1.address.description }
    }

    /// Each address once a check, with the first reason.
    static func once(_ rejections: [DoorRejection]) -> [DoorRejection] {
        var seen: Set<String> = []
        return rejections.filter { seen.insert("\($0.address) \($0.check)").inserted }
    }

    private static func isPreferred(_ left: Door, _ right: Door) -> Bool {
        rank(left) < rank(right)
    }

    private static func rank(_ door: Door) -> (Int, Int, Int, String) {
        let address = door.address
        return (address.address == nil ? 0 : 1, address.scheme == .https ? 0 : 1, address.host.count, "\(address)")
    }

    private static func isSame(_ left: Door, _ right: Door) -> Bool {
        left.address.target == right.address.target && payload(left) == payload(right)
            && (left.endpoint.address == right.endpoint.address || left.website == right.website)
    }

    private static func payload(_ door: Door) -> Digest? {
        door.proof.first { $0.role == .content }?.seal.payload
    }
}
