import CEpoll
import Domain
import Glibc
import Synchronization

/// The loop of a sweep: starts connections, waits for them all at once, and writes down what came of each.
///
/// Runs on a thread of its own and is touched by no other.
struct SweepLoop {
    /// What is known of a target.
    enum State: UInt8 {
        case notObserved
        case open
        case closed
        case noAnswer
    }

    /// How long this machine may stay without descriptors or ports before the sweep gives up, in nanoseconds.
    private static let maximumDrought: Int64 = 10_000_000_000
    /// Between two reports of progress, in nanoseconds.
    private static let reportInterval: Int64 = 100_000_000

    private let timing: SweepTiming
    private let pace: Pace
    private let stop: Stop
    private let report: @Sendable (SweepProgress) -> Void
    private let poll: Int32
    private var targets: SweepTargets
    private var flights: FlightTable
    /// A target that must wait for its moment.
    private var held: (target: Int, due: Int64)?
    private var ownBeat: Int64 = 0
    private var droughtBegan: Int64?
    private var reported: Int64 = 0
    private var done = 0
    private(set) var open = 0
    private(set) var attempted = 0
    private(set) var states: [UInt8]

    init(
        _ order: SweepOrder,
        timing: SweepTiming,
        concurrency: Int,
        pace: Pace,
        stop: Stop,
        report: @escaping @Sendable (SweepProgress) -> Void
    ) throws(GateError) {
        self.timing = timing
        self.pace = pace
        self.stop = stop
        self.report = report
        poll = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poll >= 0 else { throw GateError(.local(String(cString: strerror(errno))), attempted: "sweep") }
        targets = SweepTargets(order, timing: timing)
        flights = FlightTable(capacity: concurrency)
        states = Array(repeating: State.notObserved.rawValue, count: order.count)
    }

    /// Runs to the end, or until it is stopped; then what was under way stays not observed.
    mutating func run() throws(GateError) {
        defer {
            for attempt in flights.removeAll() { attempt.close(resetting: true) }
            close(poll)
            report(SweepProgress(done: done, total: states.count, open: open))
        }
        var events = Array(repeating: epoll_event(), count: 512)
        while !stop.isSet.load(ordering: .relaxed) {
            let now = Self.now()
            let wait = try launch(now)
            if wait == nil, flights.isEmpty { return }
            let limit = min(wait ?? .max, flights.nextDeadline.map { $0 - now } ?? .max, Self.reportInterval)
            // Rounded up to whole milliseconds; the pace forgives being that late.
            let milliseconds = flights.isFull || limit > 0 ? Int32((max(limit, 0) + 999_999) / 1_000_000) : 0
            let ready = epoll_wait(poll, &events, Int32(events.count), milliseconds)
            for event in events.prefix(max(Int(ready), 0)) { land(Int(event.data.u32)) }
            expire(Self.now())
            reportNow()
        }
    }

    /// Starts connections while there are targets, room, and leave to. Returns nanoseconds to wait until more may be
    /// started; nil when only events or time-outs can help.
    private mutating func launch(_ now: Int64) throws(GateError) -> Int64? {
        // Bounded, so that events are looked at between.
        for _ in 0..<256 {
            guard !flights.isFull else { return nil }
            guard let (target, due) = nextTarget(now) else { return nil }
            guard due <= now else {
                held = (target, due)
                return due - now
            }
            held = nil
            let (attempt, result) = ConnectAttempt.start(targets.order.endpoint(target))
            if result == .exhausted {
                attempt.close(resetting: false)
                held = (target, now)
                try endure(now)
                return 1_000_000
            }
            droughtBegan = nil
            attempted += 1
            if result == .pending {
                depart(attempt, target, now)
            } else {
                settle(target, result)
                attempt.close(resetting: result == .open)
            }
        }
        return 0
    }

    /// The next target and the moment for it.
    private mutating func nextTarget(_ now: Int64) -> (target: Int, due: Int64)? {
        if let held { return held }
        guard let target = targets.next() else { return nil }
        let wait = pace.book(targets.order.endpoint(target).address)
        let slack: Int64 = 20_000_000
        let due = max(now + wait, ownBeat - slack)
        ownBeat = max(ownBeat, due) + 1_000_000_000 / Int64(max(timing.perSecond, 1))
        return (target, due)
    }

    private mutating func depart(_ attempt: ConnectAttempt, _ target: Int, _ now: Int64) {
        let place = flights.add(attempt, target, due: now + Int64(timing.timeoutMilliseconds) * 1_000_000)
        var event = epoll_event()
        event.events = EPOLLOUT.rawValue
        event.data.u32 = UInt32(place)
        epoll_ctl(poll, EPOLL_CTL_ADD, attempt.descriptor, &event)
    }

    private mutating func land(_ place: Int) {
        guard let (attempt, target) = flights.remove(place) else { return }
        let result = attempt.outcome()
        attempt.close(resetting: result == .open)
        settle(target, result)
    }

    private mutating func expire(_ now: Int64) {
        while let (attempt, target) = flights.removeOverdue(now) {
            attempt.close(resetting: true)
            settle(target, .noAnswer)
        }
    }

    private mutating func settle(_ target: Int, _ result: ConnectAttempt.Result) {
        switch result {
        case .open, .closed:
            states[target] = (result == .open ? State.open : .closed).rawValue
            done -= targets.answered(target)
        case .noAnswer, .pending, .exhausted:
            if targets.askAgain(target) { return }
            states[target] = State.noAnswer.rawValue
        }
        done += 1
        if result == .open { open += 1 }
    }

    /// No descriptor or port is left just now: others may free some.
    private mutating func endure(_ now: Int64) throws(GateError) {
        let began = droughtBegan ?? now
        droughtBegan = began
        guard now - began < Self.maximumDrought else {
            throw GateError(.local("no descriptors or ports are left for connections"), attempted: "sweep")
        }
    }

    private mutating func reportNow() {
        let now = Self.now()
        guard now - reported >= Self.reportInterval else { return }
        reported = now
        report(SweepProgress(done: done, total: states.count, open: open))
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
