/// How likely a claim is held to be, in the seven terms of ICD 203.
package enum Likelihood: String, Codable, CaseIterable, Sendable {
    case almostNoChance = "almost no chance"
    case veryUnlikely = "very unlikely"
    case unlikely
    case roughlyEven = "roughly even chance"
    case likely
    case veryLikely = "very likely"
    case almostCertain = "almost certain"

    /// Per cent.
    package var range: ClosedRange<Int> {
        switch self {
        case .almostNoChance: 1...5
        case .veryUnlikely: 5...20
        case .unlikely: 20...45
        case .roughlyEven: 45...55
        case .likely: 55...80
        case .veryLikely: 80...95
        case .almostCertain: 95...99
        }
    }
}

/// How good the ground for a claim is. Never stands in one sentence with a likelihood (ICD 203).
package enum Confidence: String, Codable, CaseIterable, Sendable {
    case low
    case moderate
    case high
}

/// A sealed item that a claim or a report refers to, numbered within the report.
package struct Exhibit: Hashable, Codable, Sendable {
    package var number: Int
    package var what: String
    package var address: String?
    package var seal: Seal
    package var at: Timestamp?

    package init(number: Int, what: String, address: String?, seal: Seal, at: Timestamp?) {
        self.number = number
        self.what = what
        self.address = address
        self.seal = seal
        self.at = at
    }
}

/// A sentence in a report, with the exhibits it rests on.
package struct Claim: Hashable, Codable, Sendable {
    package var text: String
    /// Nil for what was seen, which needs no likelihood.
    package var likelihood: Likelihood?
    package var confidence: Confidence
    /// Numbers of exhibits; never empty in a report.
    package var exhibits: [Int]

    package init(text: String, likelihood: Likelihood?, confidence: Confidence, exhibits: [Int]) {
        self.text = text
        self.likelihood = likelihood
        self.confidence = confidence
        self.exhibits = exhibits
    }
}
