import Domain

/// The requests of one day, gathered client by client.
struct LogDay {
    let day: Day
    let contents: StorageContents
    /// The files that came or changed on the day.
    let arrivals: [Arrival]
    var generator: SeededGenerator
    private(set) var requests: [LoggedRequest] = []

    /// A file with the size and the moment it has on the day.
    struct Arrival: Sendable {
        var path: PathName
        var length: UInt64
        var modified: Timestamp

        /// Where the server serves it, as a client sends it.
        var target: String { "/data/\(path)" }
        /// Whether a player asks for it piece by piece.
        var isClip: Bool { path.description.hasSuffix(".mov") || path.description.hasSuffix(".mp4") }
    }

    init(day: Day, contents: StorageContents, arrivals: [Arrival], seed: UInt64) {
        self.day = day
        self.contents = contents
        self.arrivals = arrivals
        generator = SeededGenerator(seed, "log", day.description)
    }

    mutating func add(_ request: LoggedRequest) {
        // What runs past midnight is left out: the day's lines are complete when the day is over.
        guard request.moment.day == day else { return }
        requests.append(request)
    }

    /// A moment between two minutes of the day, UTC.
    mutating func moment(from first: Int, to last: Int) -> Timestamp {
        day.start.adding(seconds: Int64(generator.number(in: first * 60...last * 60)))
    }

    /// Moves a moment on by some seconds.
    mutating func pause(_ moment: inout Timestamp, _ seconds: ClosedRange<Int>) {
        moment = moment.adding(seconds: Int64(generator.number(in: seconds)))
    }

    /// The login page with what belongs to it, and the login.
    mutating func enter(_ client: Int, at moment: inout Timestamp, isKnown: Bool) {
        add(LoggedRequest(moment: moment, client: client, target: "/", status: 200, length: 1_846))
        for asset in ["/static/app.css", "/static/app.js", "/static/logo.png", "/favicon.ico"] {
            let isFresh = !isKnown || generator.chance(0.2)
            let length: UInt64 = isFresh ? UInt64(asset.utf8.count) * 911 : 0
            let status = asset == "/favicon.ico" ? 404 : (isFresh ? 200 : 304)
            add(
                LoggedRequest(
                    moment: moment,
                    client: client,
                    target: asset,
                    status: status,
                    length: status == 404 ? 153 : length,
                    referer: "/"
                )
            )
        }
        pause(&moment, 6...25)
        add(
            LoggedRequest(
                moment: moment,
                client: client,
                method: "POST",
                target: "/",
                status: 302,
                length: 0,
                referer: "/"
            )
        )
        pause(&moment, 1...2)
        browse(client, at: moment)
    }

    /// One look at the list of files in the application.
    mutating func browse(_ client: Int, at moment: Timestamp) {
        let length = UInt64(generator.number(in: 2_400...19_000))
        add(LoggedRequest(moment: moment, client: client, target: "/?list", status: 200, length: length, referer: "/"))
    }

    /// Fetches a file that is there at the moment.
    mutating func fetch(
        _ file: Arrival,
        _ client: Int,
        at moment: Timestamp,
        isKnown: Bool = false,
        referer: String = "/?list"
    ) {
        var request = LoggedRequest(
            moment: moment,
            client: client,
            target: file.target,
            status: 200,
            length: file.length
        )
        request.referer = referer
        if isKnown {
            (request.status, request.length) = (304, 0)
        } else if file.isClip, generator.chance(0.6) {
            request.status = 206
        }
        add(request)
    }

    /// A file that has lain there since an earlier day.
    mutating func olderFile() -> Arrival? {
        let files = contents.plan.files
        for _ in 0..<8 {
            let file = files[generator.number(in: 0...files.count - 1)]
            guard let version = file.version(on: day.adding(-1)), let today = file.version(on: day),
                version.blob == today.blob
            else { continue }
            return Arrival(path: file.path, length: contents.blob(version).length, modified: version.modified)
        }
        return nil
    }

    /// A file that was taken away and asked for all the same.
    func missingFile() -> PathName? {
        contents.plan.files.first { $0.removals.contains(day) }?.path
    }
}
