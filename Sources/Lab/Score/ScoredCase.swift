import Domain

/// Findings beside the truth, while a score is made.
struct ScoredCase {
    let findings: CaseFindings
    let truth: LabTruth

    /// What was there on any day on which a census looked.
    private func wasSeen(_ days: [LabTruth.Days]) -> Bool { findings.censusDays.contains { days.include($0) } }

    var censusRows: [Score.Row] {
        let services = truth.services.filter { wasSeen($0.days) }
        let websites = truth.websites.filter { wasSeen($0.days) }
        return [
            Score.Row(
                "census",
                "hosts",
                truth: Set(services.map { "\($0.endpoint.address)" }),
                found: Set(findings.services.map { "\($0.endpoint.address)" })
            ),
            Score.Row(
                "census",
                "services",
                truth: Set(services.map { "\($0.endpoint) \($0.speaks.rawValue)" }),
                found: Set(findings.services.map { "\($0.endpoint) \($0.speaks.rawValue)" })
            ),
            // A website is a name and an address: that it answers on two ports makes it no second one.
            Score.Row(
                "census",
                "websites",
                truth: Set(websites.map { "\($0.name) \($0.endpoint.address)" }),
                found: Set(findings.websites.map { "\($0.name) \($0.endpoint.address)" })
            ),
        ]
    }

    /// Which addresses gave no answer on the day of the last census: none that has a service, and all others.
    var silenceRows: [Score.Row] {
        guard let block = truth.silentElsewhere, let day = findings.censusDays.last else { return [] }
        let answering = truth.services.filter { $0.days.include(day) }.map(\.endpoint.address)
        let silent = AddressSet([block]).subtracting(AddressSet(addresses: answering))
        return [
            Score.Row(
                "census",
                "silent addresses",
                truth: Set(silent.addresses.map(\.description)),
                found: Set(findings.silent.addresses.map(\.description))
            )
        ]
    }

    var doorRows: [Score.Row] {
        [
            Score.Row(
                "doors",
                "doors",
                truth: Set(truth.doors.map { "\($0.kind.rawValue) \($0.endpoint)\($0.address.target)" }),
                found: Set(findings.doors.map { "\($0.kind.rawValue) \($0.endpoint)\($0.address.target)" })
            )
        ]
    }

    /// The sources of the truth, each with what the case found there; one that it never looked at has no findings.
    var sources: [(truth: SourceTruth, found: CaseFindings.FoundSource?)] {
        truth.sources.map { source in
            (source, findings.sources.first { ($0.endpoint, $0.base.target) == (source.endpoint, source.base.target) })
        }
    }
}
