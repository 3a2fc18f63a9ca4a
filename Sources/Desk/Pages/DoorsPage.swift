import Catalogue
import Domain

/// Doors with their proofs, and what was rejected.
struct DoorsPage: Page {
    static let template = "doors"

    struct Step: Sendable {
        var role: String
        var address: String
        var status: String
        var shows: String
        var at: String
        var payload: String?
    }

    struct Block: Sendable {
        var address: String
        var kind: String
        var website: String
        var seen: String
        var isGone: Bool
        var grade: String
        var reason: String
        var steps: [Step]
    }

    struct Rejection: Sendable {
        var address: String
        var check: String
        var reason: String
    }

    var doors: [Block]
    var rejections: [Rejection]

    init(catalogue: Catalogue) throws {
        doors = try catalogue.doors().map { door in
            Block(
                address: "\(door.value.address)",
                kind: door.value.kind.rawValue,
                website: door.value.website,
                seen: "\(door.firstSeen.day) to \(door.lastSeen.day)",
                isGone: !door.isPresent,
                grade: door.value.grade.rawValue,
                reason: door.value.reason.shown,
                steps: door.value.proof.map { step in
                    Step(
                        role: step.role.rawValue,
                        address: "\(step.address)",
                        status: step.status.map(String.init) ?? "",
                        shows: step.shows.shown,
                        at: "\(step.at.roundedDown)",
                        payload: step.seal.payload?.description
                    )
                }
            )
        }
        rejections = try catalogue.rejections().map {
            Rejection(address: "\($0.address)", check: $0.check, reason: $0.reason.shown)
        }
    }
}
