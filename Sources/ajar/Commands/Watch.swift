import ArgumentParser
import Domain

struct Watch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Investigate on a schedule, until Ctrl-C.",
        discussion: "A failed round is said and the next one comes at its time; the case is closed between rounds."
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("Hours between the starts of two rounds.", valueName: "hours"))
    var every = 24.0

    @Option(help: ArgumentHelp("End after so many rounds.", valueName: "count"))
    var rounds: Int?

    func validate() throws {
        guard every > 0, every <= 8_784 else { throw ValidationError("--every takes hours above 0, at most 8784") }
        guard rounds.map({ $0 > 0 }) ?? true else { throw ValidationError("--rounds takes a number above 0") }
    }

    func run() async throws {
        let (options, every, rounds) = (options, every, rounds)
        let report = ProgressReport("watch", isQuiet: options.quiet)
        var next = ContinuousClock.now
        var done = 0
        while rounds.map({ done < $0 }) ?? true {
            do {
                let place = try await Pipeline.on(options) { try await $0.investigate() }
                report.say("round \(done + 1): the report is \(place)")
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                report.say("round \(done + 1) failed: \(Complaint(error).description)")
            }
            done += 1
            next = max(next + .seconds(every * 3600), .now)
            let wake = next
            guard rounds.map({ done < $0 }) ?? true else { return }
            try await Interruption.guarding { try await Task.sleep(until: wake) }
        }
    }
}
