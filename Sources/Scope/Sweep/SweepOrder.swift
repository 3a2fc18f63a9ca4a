import Domain

/// The order in which a sweep tries its targets: random, the same for the same seed, and even on every address.
///
/// The addresses are walked in one random order again and again, each time at the next port of that address's own
/// sequence. So an address is contacted once a round, as far apart as the sweep allows, and no table of pairs is needed.
struct SweepOrder {
    /// The addresses, lowest first; a target's number is `address index * ports.count + port index`.
    let addresses: [IPAddress]
    let ports: [UInt16]
    private let walk: [UInt32]
    private let shuffledPorts: [UInt32]
    private let starts: [UInt32]
    private var round = 0
    private var step = 0

    init(addresses: [IPAddress], ports: [UInt16], seed: UInt64) {
        var generator = SplitMix(state: seed)
        self.addresses = addresses
        self.ports = ports
        walk = (0..<UInt32(addresses.count)).shuffled(using: &generator)
        shuffledPorts = (0..<UInt32(ports.count)).shuffled(using: &generator)
        let portCount = UInt32(max(ports.count, 1))
        starts = addresses.map { _ in UInt32.random(in: 0..<portCount, using: &generator) }
    }

    var count: Int { addresses.count * ports.count }

    /// The number of the next target; nil when each was given once.
    mutating func next() -> Int? {
        guard round < ports.count, !addresses.isEmpty else { return nil }
        let address = Int(walk[step])
        let port = Int(shuffledPorts[(round + Int(starts[address])) % ports.count])
        step += 1
        if step == walk.count { (step, round) = (0, round + 1) }
        return address * ports.count + port
    }

    func endpoint(_ target: Int) -> Endpoint {
        Endpoint(addresses[target / ports.count], ports[target % ports.count])
    }
}

/// A small random generator (SplitMix64), for orders that a seed repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
