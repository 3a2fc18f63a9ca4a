/// A change that runs support.
package struct HistoryEvent: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case serviceAppeared = "service appeared"
        case serviceVanished = "service vanished"
        case serviceMoved = "service moved"
        case serviceChanged = "service changed identity"
        case certificateChanged = "certificate changed"
        case hostAppeared = "host appeared"
        case hostVanished = "host vanished"
        case websiteAppeared = "website appeared"
        case websiteVanished = "website vanished"
        case outage = "whole range silent"
    }

    package var kind: Kind
    /// A service, an address, a website or a range.
    package var subject: String
    /// When it happened: after the first instant, and no later than the second.
    package var when: TimeBounds
    /// Whether so many comparable runs agree as announce it.
    package var isConfirmed: Bool
    /// Runs that show the new state, oldest first.
    package var runs: [RunID]
    /// The last run that showed the old one.
    package var before: RunID?
    /// What changed: the old and the new words, for a change of identity.
    package var from: String?
    package var to: String?
    /// The host whose appearing or vanishing this is a part of.
    package var partOf: String?

    package init(
        kind: Kind,
        subject: String,
        when: TimeBounds,
        isConfirmed: Bool,
        runs: [RunID],
        before: RunID?,
        from: String? = nil,
        to: String? = nil,
        partOf: String? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.when = when
        self.isConfirmed = isConfirmed
        self.runs = runs
        self.before = before
        self.from = from
        self.to = to
        self.partOf = partOf
    }
}

/// A run that is no ground for any change, and why.
package struct SilentRun: Hashable, Codable, Sendable {
    package var run: RunID
    package var why: String
}
