package import Domain
import GRDB

/// The only writer of the catalogue.
///
/// Each outcome is applied in one transaction, and once: a job that is already recorded changes nothing. Applying the
/// vault's events in order to an empty catalogue gives the same catalogue again.
package struct Recorder: Sendable {
    /// Hands over the lines of a sealed record, without their ends.
    package typealias SealedLines = @Sendable (Seal, ([UInt8]) throws -> Void) throws -> Void

    package let catalogue: Catalogue
    let lines: SealedLines

    /// `lines` reads what outcomes name and do not hold; without it such an outcome cannot be applied.
    package init(
        _ catalogue: Catalogue,
        lines: @escaping SealedLines = { seal, _ in
            throw CatalogueError(.damaged, "record \(seal.record) cannot be read here")
        }
    ) {
        self.catalogue = catalogue
        self.lines = lines
    }

    /// Records that a run began. Leaf is the run's leaf in the ledger.
    package func record(started run: Run, leaf: UInt64) throws(CatalogueError) {
        try write("the run \(run.id)") { database in
            try database.execute(
                sql: """
                    INSERT INTO run (id, stage, started, ended, completeness, reason, scope, settings, vantage,
                        toolVersion, clockWasSimulated, leaf)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT (id) DO NOTHING
                    """,
                arguments: [
                    run.id, run.stage.rawValue, run.started, run.ended, run.completeness.word, run.completeness.reason,
                    run.scope, JSONText(run.settings).text, run.vantage, run.toolVersion, run.clockWasSimulated,
                    Int64(leaf),
                ]
            )
        }
    }

    /// Records how a run ended.
    package func record(ended run: Run) throws(CatalogueError) {
        try write("the end of run \(run.id)") { database in
            try database.execute(
                sql: "UPDATE run SET ended = ?, completeness = ?, reason = ? WHERE id = ?",
                arguments: [run.ended, run.completeness.word, run.completeness.reason, run.id]
            )
        }
    }

    /// Applies what a stage found. Seal is where the outcome itself is sealed.
    package func record(_ outcome: StageOutcome, seal: Seal) throws(CatalogueError) {
        try write("the outcome of \(outcome.job)") { database in
            try database.execute(
                sql: "INSERT INTO job (id, run, completeness, leaf) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                arguments: [outcome.job, outcome.run, outcome.completeness.word, Int64(seal.leaf)]
            )
            guard database.changesCount == 1 else { return }
            switch outcome {
            case .census(let outcome): try apply(outcome, in: database)
            case .doors(let outcome): try apply(outcome, in: database)
            case .collect(let outcome): try apply(outcome, in: database)
            case .reading(let outcome): try apply(outcome, in: database)
            case .identify(let outcome): try apply(outcome, in: database)
            case .trace(let outcome): try apply(outcome, in: database)
            case .imports(let outcome): try apply(outcome, in: database)
            }
        }
    }

    func insert(_ faults: [Fault], remarks: Bool = false, of job: JobID, in database: Database) throws {
        for fault in faults {
            try database.execute(
                sql: "INSERT INTO fault (job, isRemark, what, address, seal) VALUES (?, ?, ?, ?, ?)",
                arguments: [job, remarks, fault.what, fault.address, JSONText.text(fault.seal)]
            )
        }
    }

    func write(_ what: String, _ body: (Database) throws -> Void) throws(CatalogueError) {
        try Catalogue.guarding("record \(what)") { try catalogue.database.write(body) }
    }
}

extension StageOutcome {
    fileprivate var completeness: Completeness {
        switch self {
        case .census(let outcome): outcome.completeness
        case .doors(let outcome): outcome.completeness
        case .collect(let outcome): outcome.completeness
        case .reading(let outcome): outcome.completeness
        case .identify(let outcome): outcome.completeness
        case .trace(let outcome): outcome.completeness
        case .imports(let outcome): outcome.completeness
        }
    }
}

extension Completeness {
    var word: String {
        switch self {
        case .running: "running"
        case .complete: "complete"
        case .incomplete: "incomplete"
        }
    }

    var reason: String? {
        if case .incomplete(let reason) = self { reason } else { nil }
    }

    init(word: String, reason: String?) {
        switch word {
        case "complete": self = .complete
        case "running": self = .running
        default: self = .incomplete(reason: reason ?? "not said")
        }
    }
}
