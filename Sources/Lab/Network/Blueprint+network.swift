import Domain

/// What the programs `ip`, `tc` and `nft` are told, line by line.
extension Blueprint {
    /// The ends of the line between country and observer, of the block for documentation (RFC 5737).
    static let ends = (country: "192.0.2.2", observer: "192.0.2.1")
    static let link = CIDR("192.0.2.0/30")
    /// The interfaces' names, each in its own namespace.
    static let countryInterface = "country"
    static let observerInterface = "observer"

    /// For `ip -batch`: every address of the prefix is the country's own.
    func countryLink(observer: NetworkNamespace) -> [String] {
        let name = Self.countryInterface
        return [
            "link set lo up",
            "link add name \(name) type veth peer name \(Self.observerInterface) netns \(observer.keeper)",
            "address add \(Self.ends.country)/30 dev \(name)", "link set \(name) up",
            "route add local \(world.prefix) dev lo",
        ]
    }

    /// For `ip -batch`: the prefix lies behind the country's end. The loopback interface keeps one address, because the
    /// prefix may lie in the block that would else be its own.
    var observerLink: [String] {
        let name = Self.observerInterface
        return [
            "link set lo up", "address del 127.0.0.1/8 dev lo", "address add 127.0.0.1/32 dev lo",
            "address add \(Self.ends.observer)/30 dev \(name)", "link set \(name) up",
            "route add \(world.prefix) via \(Self.ends.country)",
        ]
    }

    /// Whether the kernel would call addresses of the prefix impossible on anything but the loopback interface.
    var needsLocalRouting: Bool { CIDR("127.0.0.0/8")?.contains(world.prefix.first) ?? false }

    private var slowHosts: [(host: World.Host, number: String)] {
        world.hosts.filter { $0.conditions.delay > 0 || $0.conditions.rate != nil }.enumerated().map { index, host in
            (host, String(index + 16, radix: 16))
        }
    }

    /// For `tc -batch`: a class for each host whose packets are held up; empty when there is none.
    var slowLines: [String] {
        let device = "dev \(Self.countryInterface)"
        let root = slowHosts.isEmpty ? [] : ["qdisc add \(device) root handle 1: htb default 0"]
        return root
            + slowHosts.flatMap { host, number in
                let rate = host.conditions.rate.map { "rate \($0)kbit quantum 1514" } ?? "rate 10gbit quantum 60000"
                return [
                    "class add \(device) parent 1: classid 1:\(number) htb \(rate)",
                    "filter add \(device) parent 1: protocol ip prio 1 u32 match ip src \(host.address)/32 flowid 1:\(number)",
                ]
            }
    }

    /// For `tc -batch`: the delay of each late host, behind its class.
    var lateLines: [String] {
        slowHosts.filter { $0.host.conditions.delay > 0 }.map { host, number in
            "qdisc add dev \(Self.countryInterface) parent 1:\(number) handle \(number): "
                + "netem delay \(host.conditions.delay)ms limit 10000"
        }
    }

    /// For `nft -f`: only what is there on the day is let in, and of lossy hosts' packets the seed takes its share.
    func countryFilter(on day: Day) -> String {
        let present = world.hosts.filter { $0.isPresent(on: day) && !$0.conditions.isSilent }
        let elements = present.map(\.address.description).joined(separator: ", ")
        let lossy = present.filter { $0.conditions.lossPercent > 0 }.map { loss(of: $0, "daddr", "to") }
        return Self.table(
            set: "set present { type ipv4_addr; \(present.isEmpty ? "" : "elements = { \(elements) }") }",
            policy: "drop",
            rules: ["iifname \"lo\" accept"] + lossy + ["ip daddr @present accept"]
        )
    }

    /// For `nft -f`: the share of the lossy hosts' answers that is lost.
    ///
    /// At the observer's end, because a sender is told of what its own machine drops.
    var observerFilter: String {
        let lossy = world.hosts.filter { $0.conditions.lossPercent > 0 }
        return Self.table(set: "", policy: "accept", rules: lossy.map { loss(of: $0, "saddr", "from") })
    }

    /// Of each hundred packets, those whose numbers the seed drew.
    private func loss(of host: World.Host, _ field: String, _ direction: String) -> String {
        var generator = seed.generator(for: "loss \(direction) \(host.name)")
        let drawn = (0..<100).shuffled(using: &generator).prefix(host.conditions.lossPercent).sorted()
        let verdicts = drawn.map { "\($0) : drop" }.joined(separator: ", ")
        return "ip \(field) \(host.address) numgen inc mod 100 vmap { \(verdicts) }"
    }

    /// A table that replaces the one before it in one step.
    private static func table(set: String, policy: String, rules: [String]) -> String {
        """
        table ip ajar
        delete table ip ajar
        table ip ajar {
            \(set)
            chain arriving {
                type filter hook prerouting priority raw; policy \(policy);
                \(rules.joined(separator: "\n        "))
            }
        }
        """
    }
}
