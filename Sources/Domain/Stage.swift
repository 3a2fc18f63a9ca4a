/// A pure worker: it takes a value and returns a value, whether in this process or on another machine.
///
/// A stage has no database. What it must know of before comes in its job, large state by its hash in the vault.
/// What the world answered (refused, garbage, half a handshake) is data in the outcome; only what keeps the stage from
/// working at all (disk full, vault damaged) is thrown. On cancellation it returns what it has, marked incomplete.
package protocol Stage: Sendable {
    associatedtype Job: Codable & Sendable
    associatedtype Outcome: Codable & Sendable

    func perform(_ job: Job) async throws -> Outcome
}

/// What any stage found, as it is sealed and then recorded.
package enum StageOutcome: Codable, Sendable {
    case census(CensusOutcome)
    case doors(DoorsOutcome)
    case collect(CollectOutcome)
    case reading(ReadingOutcome)
    case identify(IdentifyOutcome)
    case trace(TraceOutcome)
    case imports(ImportOutcome)

    package var job: JobID {
        switch self {
        case .census(let outcome): outcome.job
        case .doors(let outcome): outcome.job
        case .collect(let outcome): outcome.job
        case .reading(let outcome): outcome.job
        case .identify(let outcome): outcome.job
        case .trace(let outcome): outcome.job
        case .imports(let outcome): outcome.job
        }
    }

    package var run: RunID {
        switch self {
        case .census(let outcome): outcome.run
        case .doors(let outcome): outcome.run
        case .collect(let outcome): outcome.run
        case .reading(let outcome): outcome.run
        case .identify(let outcome): outcome.run
        case .trace(let outcome): outcome.run
        case .imports(let outcome): outcome.run
        }
    }
}

/// Something a stage met that it could not use. It is counted, kept where it had bytes, and never stops a run.
package struct Fault: Hashable, Codable, Sendable {
    /// What was attempted, where, and what came instead, in one line.
    package var what: String
    package var address: WebAddress?
    /// The bytes that could not be used, where there were any.
    package var seal: Seal?

    package init(what: String, address: WebAddress? = nil, seal: Seal? = nil) {
        self.what = what
        self.address = address
        self.seal = seal
    }
}
