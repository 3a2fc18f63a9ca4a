import Domain

/// The claims at a report's head. Each rests on exhibits; what rests on none is no claim and is left to the method.
struct Summary {
    let claims: [Claim]

    init(report: Report) {
        let claims =
            Self.doors(report.doors) + report.sources.compactMap(Self.updates)
            + report.sources.compactMap(Self.silence)
            + [Self.productions(report), Self.remainder(report)].compactMap(\.self)
            + report.logs.compactMap(Self.visitors)
        self.claims = claims.filter { !$0.exhibits.isEmpty }
    }

    /// A claim a door; but the zones that one server gives away are one claim, or a country's zones would hide its files.
    private static func doors(_ sections: [DoorSection]) -> [Claim] {
        let given = sections.filter { $0.door.kind == .zoneTransfer && $0.door.grade == .proven }
        let servers = Dictionary(grouping: given, by: \.door.endpoint).filter { $0.value.count > 1 }
        let grouped = Set(servers.values.joined().map(\.door.address))
        return sections.filter { !grouped.contains($0.door.address) }.compactMap(door)
            + servers.sorted { $0.key < $1.key }.compactMap { zones($0.value) }
    }

    /// What a name server gave away, in one claim.
    private static func zones(_ sections: [DoorSection]) -> Claim? {
        guard let website = sections.first?.door.website, let first = sections.map(\.firstSeen).min(),
            let last = sections.map(\.lastSeen).max()
        else { return nil }
        let names = sections.map { String($0.door.address.path.dropFirst()) }.joined(separator: ", ")
        return Claim(
            text: "\(website) gave \(sections.count) whole zones to anyone who asked for them: \(names), first seen on "
                + "\(first.day) and last on \(last.day).",
            likelihood: nil,
            confidence: .high,
            exhibits: sections.flatMap { $0.steps.map(\.exhibit) }
        )
    }

    private static func door(_ section: DoorSection) -> Claim? {
        let door = section.door
        guard door.grade != .cannotTell else { return nil }
        let (likelihood, confidence): (Likelihood?, Confidence) =
            door.grade == .proven ? (nil, .high) : (.likely, .moderate)
        return Claim(
            text: "\(door.website) \(door.kind.inWords(at: door.address)), first seen on \(section.firstSeen.day) "
                + "and last on \(section.lastSeen.day).",
            likelihood: likelihood,
            confidence: confidence,
            exhibits: section.steps.map(\.exhibit)
        )
    }

    private static func updates(_ section: SourceSection) -> Claim? {
        guard let last = section.rhythm.lastUpdate?.notAfter, let exhibit = section.lastUpdateListing else {
            return nil
        }
        let first = section.calendar.first?.day.description ?? "the first look"
        return Claim(
            text: "Between \(first) and \(last.day), files behind \(section.source.base) were added or changed on "
                + "\(section.calendar.filter { $0.state == .updates }.count) of the days looked at.",
            likelihood: nil,
            confidence: .high,
            exhibits: [exhibit]
        )
    }

    private static func silence(_ section: SourceSection) -> Claim? {
        guard let silence = section.rhythm.silenceSince, let last = section.rhythm.lastUpdate?.inSeconds,
            let after = last.notAfter, let exhibit = section.lastListing
        else { return nil }
        let from = last.notBefore.map { "after \($0) and " } ?? ""
        return Claim(
            text:
                "The updates stopped: the last came \(from)no later than \(after); \(silence) is the first day on which "
                + "one was due and none came.",
            likelihood: nil,
            confidence: .high,
            exhibits: [section.lastUpdateListing, exhibit].compactMap(\.self)
        )
    }

    private static func productions(_ report: Report) -> Claim? {
        guard !report.productions.isEmpty else { return nil }
        let list = report.productions.map { "\($0.project) (\($0.entries))" }.joined(separator: ", ")
        return Claim(
            text: "Files identified by name or by what is written in them belong to \(report.productions.count) "
                + "productions: \(list).",
            likelihood: .veryLikely,
            confidence: .moderate,
            exhibits: report.productions.compactMap(\.exhibit)
        )
    }

    private static func remainder(_ report: Report) -> Claim? {
        guard report.remainder.unidentified > 0 else { return nil }
        return Claim(
            text:
                "\(report.remainder.unidentified) files stay unidentified, and \(report.remainder.reference) are material "
                + "to work from rather than work.",
            likelihood: nil,
            confidence: .moderate,
            exhibits: report.remainder.samples.isEmpty
                ? [report.remainder.exhibit].compactMap(\.self) : report.remainder.samples.compactMap(\.exhibit)
        )
    }

    private static func visitors(_ section: LogSection) -> Claim? {
        guard let exhibit = section.exhibit else { return nil }
        let count = { (kind: LineKind) in section.counts[kind] ?? 0 }
        return Claim(
            text: "Of \(section.clients.count) clients in the access log, \(count(.vpn)) are on lists of VPN exits, "
                + "\(count(.hosting)) on lists of hosting ranges, and \(count(.ordinary)) on neither.",
            likelihood: nil,
            confidence: .moderate,
            exhibits: [exhibit]
        )
    }
}
