import Domain

struct TemplateLine {
    var template: String
    var name: String
    var severity: String
    var grade: String
    var reason: String
    var place: String
    var seen: String
    var exhibits: [ExhibitReference]

    init(_ row: TemplateFindingRow) {
        template = row.finding.template.shown
        name = row.finding.name.shown
        severity = row.finding.severity.shown
        grade = row.finding.grade.rawValue
        reason = row.finding.reason.shown
        place = row.finding.place.shown
        let last = row.gone.map { "; not found again by \($0.notAfter?.inWords ?? "a later look")" } ?? ""
        seen = "first seen \(row.firstSeen.inWords), last seen \(row.lastSeen.inWords)\(last)"
        exhibits = row.exhibits.compactMap(ExhibitReference.init)
    }
}
