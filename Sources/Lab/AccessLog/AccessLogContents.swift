package import Domain

/// The storage server's access log in combined format, grown day by day.
///
/// It tells of the files that ``StorageContents`` has: uploads at the moments the files bear, downloads with their
/// sizes, 404 for what was taken away.
package struct AccessLogContents: Sendable {
    private let world: AccessLogWorld
    private let contents: StorageContents
    private let seed: UInt64
    private let arrivals: [Day: [LogDay.Arrival]]
    private let agents: [String]

    /// `world` says who comes; `contents`, prepared or loaded, what lies there.
    package init(world: AccessLogWorld, contents: StorageContents) throws(LabError) {
        if let problem = world.problems.first { throw LabError(.badWorld, problem) }
        (self.world, self.contents, seed) = (world, contents, contents.seed)
        var arrivals: [Day: [LogDay.Arrival]] = [:]
        for file in contents.plan.files {
            for version in file.versions where !version.isSilent && version.day >= contents.firstDay {
                let length = contents.blob(version).length
                let arrival = LogDay.Arrival(path: file.path, length: length, modified: version.modified)
                arrivals[version.day, default: []].append(arrival)
            }
        }
        self.arrivals = arrivals
        agents = world.clients.map { client in
            var generator = SeededGenerator(contents.seed, "agent", client.address.description)
            return generator.pick(client.habit.agents)
        }
    }

    /// The log's bytes from the first day to the end of `day`: each day's bytes begin with those of the day before.
    package func lines(through day: Day) -> [UInt8] {
        guard contents.firstDay <= day else { return [] }
        let last = min(day, contents.lastDay)
        return (contents.firstDay.number...last.number).flatMap { lines(on: Day(number: $0)) }
    }

    /// What a day adds to the log.
    package func lines(on day: Day) -> [UInt8] {
        var text = ""
        for request in requests(on: day) {
            text += request.line(from: world.clients[request.client].address, agent: agents[request.client])
        }
        return Array(text.utf8) + garbage(on: day)
    }

    /// What is true of the visitors, over all days.
    package var truth: VisitorTruth { truth(through: contents.lastDay) }

    /// What is true of the visitors that the log's lines up to the end of `day` tell of.
    package func truth(through day: Day) -> VisitorTruth {
        let last = min(day, contents.lastDay)
        let days = contents.firstDay <= last ? (contents.firstDay.number...last.number).map(Day.init(number:)) : []
        let requests = days.flatMap(requests(on:))
        let garbageLines = days.filter { !garbage(on: $0).isEmpty }.count
        let byClient = Dictionary(grouping: requests, by: \.client)
        let clients = byClient.sorted { world.clients[$0.key].address < world.clients[$1.key].address }
            .compactMap { index, requests in Self.client(world.clients[index], requests) }
        return VisitorTruth(clients: clients, lines: requests.count + garbageLines, garbageLines: garbageLines)
    }

    private static func client(
        _ client: AccessLogWorld.Client,
        _ requests: [LoggedRequest]
    ) -> VisitorTruth.Client? {
        let moments = requests.map(\.moment).sorted()
        guard let first = moments.first, let last = moments.last else { return nil }
        let gaps = zip(moments, moments.dropFirst()).filter { $1.seconds - $0.seconds > 1_800 }
        return VisitorTruth.Client(
            address: client.address,
            line: client.line,
            isListed: client.listed != nil,
            country: client.country,
            city: client.city,
            habit: client.habit,
            requests: requests.count,
            visits: gaps.count + 1,
            writes: requests.filter(\.isWrite).count,
            first: first,
            last: last
        )
    }

    /// Sorted by time; equal moments by client.
    private func requests(on day: Day) -> [LoggedRequest] {
        var log = LogDay(day: day, contents: contents, arrivals: arrivals[day] ?? [], seed: seed)
        let artists = world.clients.indices.filter { world.clients[$0].habit == .artist }
        let couriers = world.clients.indices.filter { world.clients[$0].habit == .courier }
        let uploader = couriers.isEmpty ? nil : couriers[log.generator.number(in: 0...couriers.count - 1)]
        for (index, client) in world.clients.enumerated() {
            switch client.habit {
            case .artist: log.work(index, share: artists.firstIndex(of: index) ?? 0, of: artists.count)
            case .courier: log.carry(index, isUploader: index == uploader)
            case .mirror: if day.number % 2 == index % 2 || !log.arrivals.isEmpty { log.mirror(index) }
            case .guest: if isGuestDay(day, of: client) { log.look(index) }
            case .scanner: if log.generator.chance(0.7) { log.scan(index) }
            }
        }
        return log.requests.enumerated()
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }.map(\.element)
    }

    /// Each guest comes every few weekdays, in a beat of its own, so that a long log surely shows it.
    private func isGuestDay(_ day: Day, of client: AccessLogWorld.Client) -> Bool {
        var generator = SeededGenerator(seed, "guest", client.address.description)
        let beat = generator.number(in: 4...11)
        // Weekdays alone are counted: a beat of seven days might fall on Sundays.
        let weekdays = (day.number + 3) / 7 * 5 + day.weekday - 1
        return day.weekday <= 5 && weekdays % beat == generator.number(in: 0...2)
            && day <= contents.world.lastBatch.adding(6)
    }

    /// A line that is none: a torn write on some days, always a whole line with its line feed.
    private func garbage(on day: Day) -> [UInt8] {
        var generator = SeededGenerator(seed, "garbage", day.description)
        guard generator.chance(0.2) else { return [] }
        let torn: [UInt8] = generator.pick([
            Array("127.45.178.2".utf8), [0x16, 0x03, 0x01, 0x00, 0xee, 0x01, 0x00, 0x00, 0xea, 0x03, 0x03],
            [UInt8](repeating: 0, count: 64), Array("] \"GET /data/User/".utf8),
        ])
        return torn + [UInt8(ascii: "\n")]
    }
}

extension AccessLogWorld.Client.Habit {
    /// How the programs of such a client name themselves.
    fileprivate var agents: [String] {
        switch self {
        case .artist: ["Mozilla/5.0 (X11; Linux i686; rv:60.0) Gecko/20100101 Firefox/60.0"]
        case .courier, .guest:
            [
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36",
                "Mozilla/5.0 (Windows NT 6.1; rv:109.0) Gecko/20100101 Firefox/115.0",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:120.0) Gecko/20100101 Firefox/120.0",
            ]
        case .mirror: ["Wget/1.21.3", "curl/7.88.1"]
        case .scanner: ["Mozilla/5.0 zgrab/0.x", "Go-http-client/1.1", "-"]
        }
    }
}
