/// A part of the corridor that does work and may be run by itself.
package enum StageName: String, Codable, CaseIterable, Sendable {
    case census
    case doors
    case collect
    case reading = "read"
    case identify
    case trace
    case imports = "import"
}

/// Names a run: the day, the stage, and a number within the case, such as `2024-01-15-census-3`.
package struct RunID: Hashable, Sendable, LosslessStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension RunID: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a run's name")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

/// Names one job of a run. A job delivered twice has the same name, and its outcome is recorded once.
package struct JobID: Hashable, Sendable, LosslessStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }

    package init(run: RunID, part: some CustomStringConvertible) {
        self.init("\(run)/\(part)")
    }
}

extension JobID: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a job's name")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

/// How much of what it was asked a run did.
package enum Completeness: Hashable, Codable, Sendable {
    case running
    case complete
    /// Ended early, and why: interrupted, a budget used up, a server that stopped answering.
    case incomplete(reason: String)
}

/// One execution of a stage: everything that must be known before two runs may be compared.
package struct Run: Hashable, Codable, Sendable {
    package var id: RunID
    package var stage: StageName
    package var started: Timestamp
    package var ended: Timestamp?
    package var completeness: Completeness
    /// The SHA-256 of the scope file in force, which is sealed.
    package var scope: Digest
    /// Settings that change what a run can see, by name: ports, rate, time-outs, lists with their dates.
    package var settings: [String: String]
    /// From where it looked, in the operator's words.
    package var vantage: String
    package var toolVersion: String
    package var clockWasSimulated: Bool
    /// Who ran it; nil in runs that were sealed before this was kept.
    package var actor: String?

    package init(
        id: RunID,
        stage: StageName,
        started: Timestamp,
        ended: Timestamp? = nil,
        completeness: Completeness = .running,
        scope: Digest,
        settings: [String: String],
        vantage: String,
        toolVersion: String,
        clockWasSimulated: Bool,
        actor: String? = nil
    ) {
        self.id = id
        self.stage = stage
        self.started = started
        self.ended = ended
        self.completeness = completeness
        self.scope = scope
        self.settings = settings
        self.vantage = vantage
        self.toolVersion = toolVersion
        self.clockWasSimulated = clockWasSimulated
        self.actor = actor
    }
}
