package import Domain

/// Puts requests together into visits: one client, no gap of more than half an hour.
///
/// Logs are not in order: a server writes a request down when it ends, and old files are glued to new ones. A request
/// outside its client's open visit opens another; visits that turn out to touch are joined at the end. The result is
/// the same in whatever order the lines come.
package struct VisitCounter: Sendable {
    /// Seconds without a request that end a visit.
    package static let gap: Int64 = 30 * 60
    /// Visits held in memory, at most. Later ones are counted in ``dropped``.
    package static let limit = 500_000

    /// Requests that were not counted, because there were too many visits.
    package private(set) var dropped = 0
    private var open: [IPAddress: Int] = [:]
    private var all: [Tally] = []
    /// User agents seen so far: their bytes are compared, and made text once.
    private var agents: [[UInt8]: Int] = [:]
    private var agentTexts: [String] = []

    fileprivate struct Tally: Sendable {
        var client: IPAddress
        var first: Int64
        var last: Int64
        var requests: Int
        var bytes: UInt64
        var writes: Int
        /// The place of the first request's agent.
        var agent: Int?
    }

    package init() {}

    package var isEmpty: Bool { all.isEmpty }

    mutating func count(_ entry: LogEntry, in line: Span<UInt8>) {
        if let index = open[entry.client], all[index].takes(entry.time) {
            all[index].add(entry)
            return
        }
        guard all.count < Self.limit else {
            dropped += 1
            return
        }
        open[entry.client] = all.count
        all.append(
            Tally(
                client: entry.client,
                first: entry.time,
                last: entry.time,
                requests: 1,
                bytes: entry.bytes,
                writes: entry.isWrite ? 1 : 0,
                agent: entry.agent.flatMap { agent(line.extracting($0)) }
            )
        )
    }

    /// An agent's place in the list; nil when the list is full, which only a hostile log can do.
    private mutating func agent(_ text: Span<UInt8>) -> Int? {
        let bytes = text.extracting(first: min(text.count, 512)).withUnsafeBufferPointer { Array($0) }
        if let index = agents[bytes] { return index }
        guard agentTexts.count < 100_000 else { return nil }
        agents[bytes] = agentTexts.count
        agentTexts.append(PathName(bytes: bytes).display)
        return agentTexts.count - 1
    }

    /// All visits, by their first request.
    package func visits() -> [Visit] {
        var joined: [Tally] = []
        for tally in all.sorted(by: { ($0.client, $0.first) < ($1.client, $1.first) }) {
            if let last = joined.last, last.client == tally.client, tally.first - last.last <= Self.gap {
                joined[joined.count - 1].join(tally)
            } else {
                joined.append(tally)
            }
        }
        return joined.sorted { ($0.first, $0.client) < ($1.first, $1.client) }.map(visit)
    }

    private func visit(_ tally: Tally) -> Visit {
        Visit(
            client: tally.client,
            first: Timestamp(seconds: tally.first),
            last: Timestamp(seconds: tally.last),
            requests: tally.requests,
            bytes: tally.bytes,
            agent: tally.agent.map { agentTexts[$0] },
            writes: tally.writes
        )
    }
}

extension VisitCounter.Tally {
    fileprivate func takes(_ time: Int64) -> Bool {
        time >= first - VisitCounter.gap && time <= last + VisitCounter.gap
    }

    fileprivate mutating func add(_ entry: LogEntry) {
        first = min(first, entry.time)
        last = max(last, entry.time)
        requests += 1
        bytes = bytes.saturatingSum(entry.bytes)
        writes += entry.isWrite ? 1 : 0
    }

    fileprivate mutating func join(_ other: Self) {
        last = max(last, other.last)
        requests += other.requests
        bytes = bytes.saturatingSum(other.bytes)
        writes += other.writes
    }
}

extension UInt64 {
    /// A log may claim any size; the sum stops at the greatest number.
    fileprivate func saturatingSum(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
