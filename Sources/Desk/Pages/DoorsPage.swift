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

    struct Template: Sendable {
        var template: String
        var name: String
        var severity: String
        var grade: String
        var reason: String
        var place: String
        var seen: String
        var isGone: Bool
        var evidence: [Evidence]
    }

    struct Evidence: Sendable {
        var role: String
        var payload: String?
    }

    var doors: [Block]
    var rejections: [Rejection]
    var hasTemplates: Bool
    /// What templates of others reported: no doors.
    var templates: [Template]

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
        templates = try catalogue.templateFindings().map(Template.init)
        hasTemplates = !templates.isEmpty
    }
}

extension DoorsPage.Template {
    fileprivate init(_ lasting: Lasting<TemplateFinding>) {
        let finding = lasting.value
        template = finding.template.shown
        name = finding.name.shown
        severity = finding.severity.shown
        grade = finding.grade.rawValue
        reason = finding.reason.shown
        place = finding.place.shown
        seen = "\(lasting.firstSeen.day) to \(lasting.lastSeen.day)"
        isGone = !lasting.isPresent
        evidence = finding.evidence.map {
            DoorsPage.Evidence(role: $0.role.rawValue, payload: $0.seal.payload?.description)
        }
    }
}
