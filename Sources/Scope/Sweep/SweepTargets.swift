/// What a sweep still has to ask: every target once, and those that gave no answer again, in the same order.
///
/// Silence is asked a second time everywhere. Where an answer came only then, packets get lost on the way, and silence
/// there says little: that address is asked more often, on the ports already given up too.
struct SweepTargets {
    private(set) var order: SweepOrder
    private let attempts: Int
    private let attemptsWhereLossy: Int
    private var attempt = 1
    private var current: [UInt32] = []
    private var position = 0
    private var following: [UInt32] = []
    /// How often each target was asked, for those that were asked again, else zero. A byte each, for there may be a
    /// hundred million of them, and all silent.
    private var counts: [UInt8] = []
    /// By the address's index.
    private var lossy: Set<Int> = []
    private var givenUp: [Int: [UInt32]] = [:]

    init(_ order: SweepOrder, timing: SweepTiming) {
        self.order = order
        attempts = min(max(timing.attempts, 1), Int(UInt8.max))
        attemptsWhereLossy = min(max(timing.attemptsWhereLossy, attempts), Int(UInt8.max))
    }

    /// The next target to ask; nil when none is due, though answers that are awaited may add some.
    mutating func next() -> Int? {
        if attempt == 1 {
            if let target = order.next() { return target }
            attempt = 2
        }
        if position == current.count {
            // What is still under way from this attempt joins the next list later; its order matters little.
            (current, following, position) = (following, [], 0)
        }
        guard position < current.count else { return nil }
        defer { position += 1 }
        return Int(current[position])
    }

    /// Notes that a target gave no answer. False when it was asked often enough.
    mutating func askAgain(_ target: Int) -> Bool {
        let address = target / order.ports.count
        if counts.isEmpty { counts = Array(repeating: 0, count: order.count) }
        let asked = max(Int(counts[target]), 1)
        guard asked < (lossy.contains(address) ? attemptsWhereLossy : attempts) else {
            // Kept in case the address turns out lossy. A wholly silent one never does.
            if asked < attemptsWhereLossy { givenUp[address, default: []].append(UInt32(target)) }
            return false
        }
        counts[target] = UInt8(asked + 1)
        following.append(UInt32(target))
        return true
    }

    /// Notes that a target answered. Returns how many targets given up before are asked again because of it.
    mutating func answered(_ target: Int) -> Int {
        guard !counts.isEmpty, counts[target] > 0 else { return 0 }
        counts[target] = 0
        let address = target / order.ports.count
        lossy.insert(address)
        let revived = givenUp.removeValue(forKey: address) ?? []
        for target in revived { counts[Int(target)] = max(counts[Int(target)], 1) + 1 }
        following += revived
        return revived.count
    }
}
