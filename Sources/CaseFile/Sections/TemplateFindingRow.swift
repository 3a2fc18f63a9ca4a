import Catalogue
package import Domain

/// What a template of others reported, over time. It is no door, and no claim rests on it.
package struct TemplateFindingRow: Sendable, Encodable {
    package var finding: TemplateFinding
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var gone: TimeBounds?
    /// The exhibits that it rests on, in the order of its evidence.
    package var exhibits: [Int]

    init(_ finding: Lasting<TemplateFinding>, exhibits list: inout ExhibitList) {
        self.finding = finding.value
        firstSeen = finding.firstSeen
        lastSeen = finding.lastSeen
        gone = finding.gone
        exhibits = finding.value.evidence.map { evidence in
            let what =
                switch evidence.role {
                case .matched: "answer that the template \(finding.value.template) judged"
                case .compared: "answer to a random name"
                }
            return list.number(evidence.seal, what: what, address: evidence.place, at: evidence.at)
        }
    }
}
