/// Whether something holds, where bytes may be missing: what cannot be told is neither yes nor no.
enum Verdict: Hashable, Sendable {
    case yes
    case no
    case unknown(String)

    init(_ truth: Bool) { self = truth ? .yes : .no }

    var inverted: Verdict {
        switch self {
        case .yes: .no
        case .no: .yes
        case .unknown: self
        }
    }

    /// All of them, or one of them; what is unknown decides only where the others leave it open.
    static func joined(_ verdicts: [Verdict], all: Bool) -> Verdict {
        if verdicts.contains(all ? .no : .yes) { return all ? .no : .yes }
        for case .unknown(let reason) in verdicts { return .unknown(reason) }
        return Verdict(all)
    }
}
