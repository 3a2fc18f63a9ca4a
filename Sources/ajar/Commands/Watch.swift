import ArgumentParser
import Domain

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Investigate on a schedule, and tell what is new, until Ctrl-C.",
        discussion: """
            New doors and silences are told at once, everything else in one digest a day: by the ways that [watch] in
            ajar.toml names (webhook, mail, file), and a line here. A round that fails is tried again; the case is closed
            between rounds.
            """
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("Hours between the starts of two rounds.", valueName: "hours"))
    var every = 24.0

    @Option(help: ArgumentHelp("End after so many rounds.", valueName: "count"))
    var rounds: Int?

    @Option(help: ArgumentHelp("How often a round that failed is tried again.", valueName: "count"))
    var retries = 2

    @Option(
        help: ArgumentHelp("Minutes before a failed round is tried again; each time twice as many.", valueName: "min")
    )
    var retryAfter = 10.0

    func validate() throws {
        guard every > 0, every <= 8_784 else { throw ValidationError("--every takes hours above 0, at most 8784") }
        guard rounds.map({ $0 > 0 }) ?? true else { throw ValidationError("--rounds takes a number above 0") }
        guard (0...100).contains(retries) else { throw ValidationError("--retries takes 0 to 100") }
        guard retryAfter >= 0, retryAfter <= 1_440 else {
            throw ValidationError("--retry-after takes minutes, at most 1440")
        }
    }

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let report = ProgressReport("watch", isQuiet: options.quiet)
        let settings = try Configuration.load(folder.configuration)
        let bulletin = Bulletin(folder, settings.watch) { report.say($0) }
        var next = ContinuousClock.now
        var done = 0
        var lastFailed = false
        while rounds.map({ done < $0 }) ?? true {
            lastFailed = try await !round(done + 1, of: folder, bulletin, report)
            done += 1
            next = max(next + .seconds(every * 3600), .now)
            let wake = next
            if let rounds, done >= rounds { break }
            try await Interruption.guarding { try await Task.sleep(until: wake) }
        }
        // What started it, a timer for instance, shall know.
        if lastFailed { throw Complaint(.unavailable, "the last round failed") }
    }

    /// One round, and again when it fails. Returns whether it came to an end.
    private func round(
        _ number: Int,
        of folder: CaseFolder,
        _ bulletin: Bulletin,
        _ report: ProgressReport
    ) async throws -> Bool {
        for attempt in 0... {
            do {
                let place = try await Pipeline.on(options) { pipeline in
                    let place = try await pipeline.investigate { try await bulletin.tellDoors(pipeline) }
                    try await bulletin.tellRound(pipeline)
                    return place
                }
                report.say("round \(number): the report is \(place)")
                return true
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                let reason = "round \(number) failed: \(Complaint(error).description)"
                report.say(reason)
                guard attempt < retries else {
                    // Named by its folder: its scope may be what cannot be read.
                    let name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
                    try await bulletin.tellFailure(reason, name: name, at: options.caseClock.now())
                    return false
                }
                let pause = Duration.seconds(retryAfter * 60) * (1 << min(attempt, 10))
                try await Interruption.guarding { try await Task.sleep(for: pause) }
            }
        }
        return false
    }
}
