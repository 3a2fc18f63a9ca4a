/// What a sweep still has to ask: every target once, and those that gave no answer again, in the same order.
struct SweepTargets {
    private(set) var order: SweepOrder
    private let attempts: Int
    private var attempt = 1
    private var current: [UInt32] = []
    private var position = 0
    private var following: [UInt32] = []

    init(_ order: SweepOrder, attempts: Int) {
        self.order = order
        self.attempts = attempts
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
        let asked = counts[target, default: 1]
        guard asked < attempts else { return false }
        counts[target] = asked + 1
        following.append(UInt32(target))
        return true
    }

    /// How often a target was asked, for those that were asked again.
    private var counts: [Int: Int] = [:]
}
