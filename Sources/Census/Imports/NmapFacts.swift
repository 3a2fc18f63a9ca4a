import Domain

/// What an nmap file tells of its run as a whole, in whichever of its forms; makes the report of it.
struct NmapFacts: Sendable {
    var tool = "nmap"
    var version = ""
    var arguments = ""
    var began: TimeBounds?
    var ended: TimeBounds?
    /// Whether the file says that the run came to its end.
    var isFinished = false
    /// How many addresses the end says were asked.
    var addressCount: Int?
    /// Addresses that the file reports on to the end: up, down, or only counted.
    var reported: [IPAddress] = []
    var skipped: [IPAddress] = []
    /// How many addresses it calls up.
    var up = 0
    /// The ports asked, where the file lists them itself.
    var listedTCP: PortSet?
    var listedUDP: PortSet?
    /// Whether closed ports are told too; masscan's are not.
    var telling = Reach.Telling.everyState

    /// A range in which nothing at all answers is no finding of a run that calls every address up.
    private static let smallestFailure = 16

    func reach(_ hints: ImportHints, _ draft: inout ScanDraft) -> Reach {
        let asked = NmapArguments(arguments, version: version)
        var tcp = listedTCP.map(PortsAsked.list) ?? asked.tcp
        if listedTCP?.isEmpty ?? false { tcp = nil }
        var udp = listedUDP.map(PortsAsked.list) ?? asked.udp
        if listedUDP?.isEmpty ?? false { udp = nil }
        if arguments.isEmpty, listedTCP == nil { tcp = .unknown }
        return Reach(
            addresses: hints.addresses ?? addresses(asked, &draft),
            tcp: hints.ports.map(PortsAsked.list) ?? tcp,
            udp: udp,
            discovery: asked.discovery,
            telling: telling,
            tool: ([tool] + asked.oddTypes).joined(separator: " ")
        )
    }

    /// The addresses asked, as the command line has them, if the count at the end agrees; else those told of, if all are.
    private func addresses(_ asked: NmapArguments, _ draft: inout ScanDraft) -> AddressSet? {
        let told = AddressSet(addresses: reported + skipped)
        if let addresses = asked.addresses {
            guard let count = addressCount, count != addresses.count else { return addresses }
            draft.fault(
                "the command line asks \(addresses.count) addresses and the end of the file tells of \(count): "
                    + (count == told.count ? "those told of are taken" : "which were asked is taken as not known")
            )
        }
        return addressCount == told.count ? told : nil
    }

    func report(_ hints: ImportHints, _ draft: inout ScanDraft) -> ScanReport {
        let reach = reach(hints, &draft)
        var report = ScanReport(
            reach: reach,
            toolVersion: version,
            arguments: arguments,
            began: hints.began.map(TimeBounds.init(at:)) ?? began,
            ended: ended,
            completeness: isFinished ? .complete : .incomplete(reason: "the file ends before the run does")
        )
        let told = AddressSet(addresses: reported)
        if !isFinished {
            report.covered = told
        } else if !skipped.isEmpty {
            report.covered = (reach.addresses ?? told).subtracting(AddressSet(addresses: skipped))
        }
        report.failure = failure(reach, draft)
        // What was asked in vain says nothing of the network.
        if report.failure != nil { report.covered = AddressSet() }
        return report
    }

    private func failure(_ reach: Reach, _ draft: ScanDraft) -> String? {
        guard draft.open.isEmpty, !draft.hasRefusals else { return nil }
        if !skipped.isEmpty, skipped.count >= up {
            return "each of the \(skipped.count) hosts it calls up was skipped, being over the time-out"
        }
        guard reach.discovery == .everyAddress, up >= Self.smallestFailure, reach.tcp != nil || reach.udp != nil else {
            return nil
        }
        return "it calls \(up) hosts up without having asked (-Pn), and none of their ports answered"
    }
}

extension HostSheet {
    /// Notes so many ports that nmap only counted, of so many asked: all of one state, or which of them is not known.
    mutating func note(_ counts: [(state: String, count: Int)], asked: PortSet?, listed: Int) {
        guard counts.count == 1, let only = counts.first, let state = PortState(nmap: only.state), state != .open,
            let asked, asked.count == listed + only.count
        else {
            for (state, count) in counts { counted[state, default: 0] += count }
            return
        }
        rest = state
        if state == .closed { presence = .answered }
    }
}

extension PortState {
    /// The state by nmap's word for it; nil for `unfiltered` and others that leave open which it is.
    init?(nmap word: some StringProtocol) {
        switch word {
        case "open": self = .open
        case "closed": self = .closed
        // For UDP, `open|filtered` is what silence is called.
        case "filtered", "open|filtered": self = .noAnswer
        default: return nil
        }
    }
}
