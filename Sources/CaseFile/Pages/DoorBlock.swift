import Domain

struct DoorBlock {
    struct Step {
        var number: Int
        var role: String
        var address: String
        var status: String
        var shows: String
        var at: String
        var exhibit: Int
    }

    var kind: String
    var address: String
    var website: String
    var endpoint: String
    var seen: String
    var check: String
    var grade: String
    var reason: String
    var steps: [Step]

    init(_ section: DoorSection) {
        kind = section.door.kind.rawValue
        address = "\(section.door.address)"
        website = section.door.website.shown
        endpoint = "\(section.door.endpoint)"
        check = section.door.check
        grade = section.door.grade.rawValue
        reason = section.door.reason.shown
        let last = section.gone.map { "; not found again by \($0.notAfter?.inWords ?? "a later look")" } ?? ""
        seen = "first seen \(section.firstSeen.inWords), last seen \(section.lastSeen.inWords)\(last)"
        steps = section.steps.enumerated().map { index, step in
            Step(
                number: index + 1,
                role: step.step.role.rawValue,
                address: "\(step.step.address)",
                status: step.step.status.map(String.init) ?? "",
                shows: step.step.shows.shown,
                at: step.step.at.roundedDown.description,
                exhibit: step.exhibit
            )
        }
    }
}
