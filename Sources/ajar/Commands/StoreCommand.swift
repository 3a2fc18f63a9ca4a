import ArgumentParser
import Domain
import Vault

struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Keep full segments of the vault in an S3-compatible store of your own.",
        discussion: """
            ajar.toml names it: [store] with endpoint and bucket. Access keys come from AWS_ACCESS_KEY_ID and \
            AWS_SECRET_ACCESS_KEY, or from the file that `credentials` names. Exits with 69 when something was not done; it \
            is then where it was, and the next time goes on.
            """,
        subcommands: [StatusOfStore.self, Push.self, Pull.self],
        defaultSubcommand: StatusOfStore.self
    )

    struct StatusOfStore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Say where each segment lies, and whether the store still has what it should."
        )

        @OptionGroup var options: CaseOptions

        @Flag(help: "Ask the store nothing.")
        var offline = false

        func run() async throws {
            let (options, offline) = (options, offline)
            let report = try await Interruption.guarding {
                let vault = try await CaseReading.vault(of: options)
                let report = offline ? try await vault.storage() : try await vault.checkedStorage()
                await vault.close()
                return report
            }
            try report.show(options)
        }
    }

    struct Push: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring segments that are full to the store.",
            discussion: """
                Each is read back whole and compared before the ledger says that the store has it. A segment in the store is \
                never added to again.
                """
        )

        @OptionGroup var options: CaseOptions

        @Flag(help: "Bring those that are not full as well.")
        var all = false

        @Flag(help: "Then remove each here that was proven to be there.")
        var drop = false

        func run() async throws {
            let (options, all, drop) = (options, all, drop)
            let report = try await Pipeline.on(options) { try await $0.push(all ? .all : .full, dropping: drop) }
            try report.show(options)
        }
    }

    struct Pull: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring the segments back that are in the store alone."
        )

        @OptionGroup var options: CaseOptions

        func run() async throws {
            let options = options
            let report = try await Pipeline.on(options) { try await $0.pull() }
            try report.show(options)
        }
    }
}

extension Pipeline {
    /// Brings segments to the store, as one act of custody.
    func push(_ choice: Vault.Choice, dropping: Bool) async throws -> StorageReport {
        try await moving("push", dropping: dropping) { progress in
            try await vault.push(choice, dropping: dropping, progress: progress)
        }
    }

    /// Before the case is closed: brings full segments to the store where a run has made some and the settings say so. What
    /// fails is said in one line, and ends nothing; a program that was told to stop does not begin.
    func pushAfterRun() async {
        guard hadRun.isSet, let choice = configuration.store?.afterRun, !Task.isCancelled else { return }
        do {
            guard try await vault.hasToPush(.unsent) else { return }
            let report = try await moving("push", dropping: choice == .drop, unasked: true) { progress in
                try await vault.push(.unsent, dropping: choice == .drop, progress: progress)
            }
            let failed = report.segments.filter { $0.outcome == .failed }
            guard let problem = failed.compactMap(\.problem).first else { return }
            let count = failed.count == 1 ? "a segment was" : "\(failed.count) segments were"
            complain("\(count) not brought to the store, and the next run or `ajar store push` goes on: \(problem)")
        } catch { complain("nothing was brought to the store: \(Complaint(error))") }
    }

    /// Brings segments back from the store, as one act of custody.
    func pull() async throws -> StorageReport {
        try await moving("pull", dropping: false) { progress in try await vault.pull(progress: progress) }
    }

    private func moving(
        _ direction: String,
        dropping: Bool,
        unasked: Bool = false,
        _ body: (@escaping @Sendable (StageProgress) -> Void) async throws -> StorageReport
    ) async throws -> StorageReport {
        guard let store = configuration.store else {
            throw Complaint(.configuration, "\(folder.configuration) names no store: [store] with endpoint and bucket")
        }
        var settings = ["direction": direction, "drop": dropping ? "true" : "false", "store": store.place]
        if unasked { settings["afterRun"] = store.afterRun?.rawValue }
        let progress = ProgressReport("store \(direction)", isQuiet: isQuiet)
        defer { progress.finish() }
        return try await acting(.store, settings: settings) { try await body { progress.show($0) } }
    }
}

extension StorageReport {
    fileprivate func show(_ options: CaseOptions) throws {
        var table = TextTable(header: ["SEGMENT", "BYTES", "HERE", "IN THE STORE", "NOTE"])
        for segment in segments {
            let note = [segment.outcome?.rawValue, segment.problem].compactMap(\.self).joined(separator: ": ")
            let stored = segment.digest.map { String($0.description.prefix(12)) } ?? "no"
            table.rows.append([segment.file, "\(segment.length)", segment.isLocal ? "yes" : "no", stored, note])
        }
        try Output.print(table, or: self, asJSON: options.json)
        if hasProblem { throw ExitCode(Complaint.Code.unavailable.rawValue) }
    }
}
