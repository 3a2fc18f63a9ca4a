import CaseFile
import Catalogue
import Domain
import Scope
import Vault

/// Tells what is new in a case: new doors and silences at once, everything else in one digest a day.
///
/// What is told is sealed. What a way out does not take waits, and goes with what is told next.
actor Bulletin {
    private let folder: CaseFolder
    private let settings: WatchSettings
    private let file: String
    private let say: @Sendable (String) -> Void
    private var told: Told

    /// `say` gets a line for a person about each thing told.
    init(_ folder: CaseFolder, _ settings: WatchSettings?, say: @escaping @Sendable (String) -> Void) {
        self.folder = folder
        self.settings = settings ?? WatchSettings()
        self.say = say
        file = folder.path + "/watch.json"
        told = Told(reading: file)
    }

    /// Tells of doors that nobody was told of.
    func tellDoors(_ pipeline: Pipeline) async throws {
        let new = try pipeline.catalogue.doors().filter { $0.isOpen && !told.doors.contains("\($0.value.address)") }
        guard let news = News.doors(new, pipeline.scope.name, composed: pipeline.clock.now()) else { return }
        try await tell(news, pipeline)
        told.doors.formUnion(new.map { "\($0.value.address)" })
        try told.write(to: file)
    }

    /// After a round: tells of sources that fell silent, and once a day of everything.
    func tellRound(_ pipeline: Pipeline) async throws {
        let now = pipeline.clock.now()
        for source in try pipeline.catalogue.sources() {
            let base = "\(source.base)"
            let catalogue = pipeline.catalogue
            guard let news = try News.silence(of: source, in: catalogue, pipeline.scope.name, composed: now),
                let day = try catalogue.rhythm(of: source.base).silenceSince, told.silences[base] != day
            else { continue }
            try await tell(news, pipeline)
            told.silences[base] = day
        }
        if told.digestDay.map({ $0 < now.day }) ?? true {
            let catalogue = pipeline.catalogue
            let news = try News(
                digestOf: catalogue,
                pipeline.scope.name,
                since: told.through,
                composed: now,
                failures: told.failures
            )
            try await tell(news, pipeline)
            told.digestDay = now.day
            told.through = try catalogue.runs().compactMap(\.ended).max() ?? now
            told.failures = []
        } else {
            await deliver()
        }
        try told.write(to: file)
    }

    /// A round that came to nothing. It is told at once, for a digest may never come; and once more in the next digest.
    func tellFailure(_ reason: String, name: String, at time: Timestamp) async throws {
        var news = News(.failure, of: name, since: told.through, composed: time)
        news.shortcomings = News.Some([reason])
        told.failures = (told.failures + [reason]).suffix(Told.mostWaiting)
        // The case may be what failed: this is told without it, and is the one thing that is not sealed.
        try queue(news)
        await deliver()
        try told.write(to: file)
    }

    private func tell(_ news: News, _ pipeline: Pipeline) async throws {
        say(news.subject)
        guard settings.tellsAnybody else { return }
        let message = try queue(news)
        let bytes = Array(message.json.utf8)
        let sealed = try await Pipeline.seal(
            bytes,
            as: "ajar:news",
            "application/json",
            in: pipeline.vault,
            at: pipeline.clock.now()
        )
        let ways = [
            "occasion": news.occasion.rawValue, "ways": settings.channels.map(\.rawValue).joined(separator: ", "),
        ]
        try await pipeline.acting(.news, settings: ways, items: [sealed]) { @Sendable in await self.deliver() }
    }

    @discardableResult
    private func queue(_ news: News) throws -> Message {
        let message = try Message(news)
        guard settings.tellsAnybody else { return message }
        told.waiting.append(.init(message: message, channels: settings.channels))
        if told.waiting.count > Told.mostWaiting {
            say("more than \(Told.mostWaiting) messages wait to be taken; the oldest is given up")
            told.waiting.removeFirst()
        }
        return message
    }

    /// Hands over what waits, oldest first. A way out that does not take one is left alone until next time.
    private func deliver() async {
        var shut: Set<Channel> = []
        var rest: [Told.Waiting] = []
        for waiting in told.waiting {
            var left: [Channel] = []
            // A way that is no longer set is not waited for.
            for channel in waiting.channels where settings.channels.contains(channel) {
                if shut.contains(channel) {
                    left.append(channel)
                    continue
                }
                do throws(Complaint) { try await settings.send(waiting.message, by: channel, from: folder) } catch {
                    say("not told by \(channel.rawValue): \(error.description)")
                    shut.insert(channel)
                    left.append(channel)
                }
            }
            if !left.isEmpty { rest.append(.init(message: waiting.message, channels: left)) }
        }
        told.waiting = rest
    }
}
