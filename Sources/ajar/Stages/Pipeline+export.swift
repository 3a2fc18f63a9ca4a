import CaseFile
import Catalogue
import Domain
import Foundation
import Scope
import Vault

/// What a person asks to have exported.
enum ExportScope: Sendable {
    case everything
    /// A source, by its address or a part of it that no other source has.
    case source(String)
    case day(Day)
    /// The exhibits of the report as it would be composed now.
    case report
}

/// What an export wrote, as it is shown.
struct ExportSummary: Codable, Sendable {
    var output: String
    var format: String
    var scope: String
    var bundle: ExportedBundle
    /// The leaf of the ledger that says so.
    var leaf: UInt64
}

extension Pipeline {
    /// Writes a bundle. The ledger says before and after who had what written where; the bundle has the first of the two
    /// when it has the whole case or the day.
    func export(_ scope: ExportScope, by exporter: any Exporter, to output: String) async throws -> ExportSummary {
        let choice = try choice(scope)
        let settings = ["format": exporter.format, "scope": choice.words, "output": output]
        var act = CustodyAct(
            .export,
            actor: actor,
            settings: settings.merging(inForce) { own, _ in own },
            began: clock.now()
        )
        _ = try await vault.record(act)
        do {
            let bundle = try await write(choice, by: exporter, to: output, at: act.began)
            act.ended = clock.now()
            act.outcome = "complete"
            act.settings["items"] = "\(bundle.counts.items)"
            act.settings["sha256"] = bundle.digest.description
            let seal = try await vault.record(act)
            return ExportSummary(
                output: output,
                format: exporter.format,
                scope: choice.words,
                bundle: bundle,
                leaf: seal.leaf
            )
        } catch {
            act.ended = clock.now()
            act.outcome = Task.isCancelled ? "interrupted" : Complaint(error).description
            _ = try await vault.record(act)
            try Task.checkCancellation()
            throw error
        }
    }

    private func write(
        _ choice: ExportChoice,
        by exporter: any Exporter,
        to output: String,
        at time: Timestamp
    ) async throws -> ExportedBundle {
        let concealment = Concealment(of: vault, try folder.hashLists())
        let contents = try await vault.contents(
            of: choice.selection,
            holdingBack: concealment.whyNotHandedOut,
            evenLocked: concealment.whyNotEvenLocked
        )
        guard contents.items > 1 else { throw Complaint(.noInput, "nothing was ever sealed of \(choice.words)") }
        let report = ProgressReport("export", isQuiet: isQuiet)
        let stop = Latch()
        let job = ExportJob(
            contents: contents,
            output: output,
            title: self.scope.name,
            scope: choice.words,
            at: time,
            attachments: try await attachments(choice.report),
            watch: BundleWatch(progress: { report.show($0) }, isCancelled: { stop.isSet })
        )
        defer { report.finish() }
        return try await withTaskCancellationHandler {
            try await blocking { () throws(VaultError) in try exporter.write(job) }
        } onCancel: {
            stop.set()
        }
    }
}

// MARK: What is chosen

/// A choice with its words, and the report whose exhibits it is.
private struct ExportChoice {
    var selection: BundleSelection
    var words: String
    var report: Report?
}

extension Pipeline {
    private func choice(_ scope: ExportScope) throws -> ExportChoice {
        switch scope {
        case .everything: return ExportChoice(selection: .everything, words: "the whole case")
        case .day(let day): return ExportChoice(selection: .day(day), words: "the day \(day)")
        case .source(let text):
            let sources = try catalogue.sources().map(\.base)
            let exact = sources.filter { "\($0)" == text }
            let found = exact.isEmpty ? sources.filter { "\($0)".contains(text) } : exact
            guard let base = found.first, found.count == 1 else {
                let known = sources.map { "\($0)" }.joined(separator: ", ")
                let why = found.isEmpty ? "no source has" : "more than one source has"
                throw Complaint(.usage, "\(why) '\(text)' in its address; there are: \(known.isEmpty ? "none" : known)")
            }
            return ExportChoice(selection: .source(base), words: "the source \(base)")
        case .report:
            let context = ReportContext(self.scope, checkpoint: nil)
            let report = try Report(of: try shownCatalogue, context: context, composed: clock.now())
            let leaves = Set(report.exhibits.map(\.seal.leaf))
            guard !leaves.isEmpty else { throw Complaint(.noInput, "the report has no exhibits yet") }
            return ExportChoice(selection: .leaves(leaves), words: "the exhibits of the report", report: report)
        }
    }

    /// The report itself, and which of its exhibits is which leaf.
    private func attachments(_ report: Report?) async throws -> [ExportJob.Attachment] {
        guard let report else { return [] }
        let html = try await ReportTemplate().html(report) { vault.derived($0) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return [
            ExportJob.Attachment(name: "report.html", bytes: Array(html.utf8)),
            ExportJob.Attachment(name: "exhibits.json", bytes: Array(try encoder.encode(report.exhibits))),
        ]
    }
}
