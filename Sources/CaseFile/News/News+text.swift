import Domain

extension News {
    /// What it is about, in one line of ASCII: `ajar: kp, 2024-03-01: 2 new doors, 14 updates`.
    package var subject: String {
        "ajar: \(caseName.asciiOnly), \(composed.day): \(gist)"
    }

    private var gist: String {
        switch occasion {
        case .door: return Self.count(doors.total, "new door", "new doors")
        case .silence: return "the updates of \(sources.first?.base.asciiOnly ?? "a source") stopped"
        case .failure: return "the investigation failed"
        case .digest:
            let updates = sources.reduce(0) { $0 + $1.updates.total }
            let silent = sources.count { $0.silenceSince != nil }
            var parts = [
                doors.total > 0 ? Self.count(doors.total, "new door", "new doors") : nil,
                updates > 0 ? Self.count(updates, "update", "updates") : nil,
                silent > 0 ? Self.count(silent, "source silent", "sources silent") : nil,
                shortcomings.total > 0 ? Self.count(shortcomings.total, "shortcoming", "shortcomings") : nil,
            ].compactMap(\.self)
            if parts.isEmpty { parts = ["nothing new"] }
            return parts.joined(separator: ", ")
        }
    }

    /// The whole of it for a person.
    package var text: String {
        var lines = [subject, ""]
        if occasion == .digest {
            lines += [since.map { "Since \($0.roundedDown):" } ?? "The first digest of this case:", ""]
        }
        lines += Self.part("New doors", doors) + Self.part("Doors that no longer stand open", shutDoors)
        lines += Self.part("New websites", websites) + Self.part("Websites that are gone", goneWebsites)
        lines += Self.part("New services", services) + Self.part("Services that are gone", goneServices)
        for source in sources { lines += source.lines }
        lines += Self.part("What came short", shortcomings)
        if lines.last != "" { lines.append("") }
        lines.append("Composed at \(composed.roundedDown). `ajar report` has the evidence behind each line.")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func part(_ title: String, _ some: Some) -> [String] {
        guard some.total > 0 else { return [] }
        return ["\(title): \(some.total)"] + some.lines + [""]
    }

    fileprivate static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}

extension News.Some {
    fileprivate var lines: [String] {
        first.map { "  \($0)" } + (total > first.count ? ["  and \(total - first.count) more"] : [])
    }
}

extension News.SourceNews {
    fileprivate var lines: [String] {
        var lines = [base, "  \(completeLooks) complete looks of \(looks)"]
        if !changes.isEmpty {
            let counts = changes.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            lines.append("  " + counts.joined(separator: ", "))
        }
        lines += updates.lines.map { "  + " + $0.dropFirst(2) }
        lines += removals.lines.map { "  - " + $0.dropFirst(2) }
        lines += moves.lines.map { "  moved " + $0.dropFirst(2) }
        if let until = lastUpdate?.notAfter { lines.append("  last update no later than \(until)") }
        if let silenceSince {
            lines.append("  silent since \(silenceSince)")
            let often = chance.map(QuietChance.inWords)
            if let often { lines.append("  under the rhythm before, so long a quiet comes \(often)") }
        }
        return lines + [""]
    }
}

extension String {
    fileprivate var asciiOnly: String {
        String(unicodeScalars.filter { (0x20...0x7e).contains($0.value) }.map(Character.init))
    }
}
