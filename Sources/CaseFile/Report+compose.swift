package import Catalogue
package import Domain

extension Report {
    /// Composes a report from all that the catalogue knows.
    package init(of catalogue: Catalogue, context: ReportContext, composed: Timestamp) throws {
        let runs = try catalogue.runs()
        let services = try catalogue.services()
        let websites = try catalogue.websites()
        let sweeps = try catalogue.latestSweeps()
        let entries = try catalogue.entries()
        let identifications = try catalogue.identifications()
        var exhibits = ExhibitList()

        title = context.caseName
        self.composed = composed
        period = TimeBounds(notBefore: runs.map(\.started).min(), notAfter: runs.compactMap(\.ended).max())
        clockWasSimulated = runs.contains(where: \.clockWasSimulated)
        map = AddressMap(addresses: context.addresses, sweeps: sweeps, services: services, websites: websites)
        doors = try catalogue.doors().map { DoorSection($0, exhibits: &exhibits) }
        rejections = try catalogue.rejections()
        templateFindings = try catalogue.templateFindings().map { TemplateFindingRow($0, exhibits: &exhibits) }
        sources = try catalogue.sources().map { try SourceSection($0, catalogue: catalogue, exhibits: &exhibits) }
        self.websites = websites.map { WebsiteRow($0, exhibits: &exhibits) }
        let seals = Dictionary(
            entries.compactMap { entry in entry.version.flatMap { version in version.payload.map { ($0, version) } } }
        ) { first, _ in first }
        let picker = try SamplePicker(catalogue: catalogue, versions: seals)
        let works = Dictionary(grouping: identifications, by: \.status.group)
        productions = works.compactMap { group, identifications in
            guard case .project(let key) = group else { return nil }
            let samples = picker.samples(of: identifications, exhibits: &exhibits)
            return Production(
                project: key,
                identifications: identifications,
                samples: samples,
                exhibit: picker.evidence(of: identifications, beside: samples, exhibits: &exhibits)
            )
        }
        .sorted { ($1.entries, $0.project) < ($0.entries, $1.project) }
        remainder = picker.remainder(
            reference: works[.reference] ?? [],
            unidentified: works[.unidentified] ?? [],
            exhibits: &exhibits
        )
        notes = try catalogue.notePairs().map { picker.row(of: $0, exhibits: &exhibits) }
        logs = try catalogue.logs().map { log in
            try LogSection(log, catalogue: catalogue, exhibit: picker.exhibit(of: log, exhibits: &exhibits))
        }
        method = Method(
            context: context,
            runs: runs,
            dataSources: Set(logs.flatMap(\.log.sources)).sorted { $0.name < $1.name },
            remarks: try catalogue.faults(remarks: true),
            faults: try catalogue.faults(remarks: false).count,
            limits: try Limits(context: context, sweeps: sweeps, runs: runs, entries: entries, catalogue: catalogue)
                .sentences
        )
        self.exhibits = try exhibits.exhibits.map { exhibit in
            guard let why = try exhibit.seal.payload.flatMap({ try catalogue.concealed($0) }) else { return exhibit }
            var exhibit = exhibit
            exhibit.what += " (\(why))"
            return exhibit
        }
        summary = []
        summary = Summary(report: self).claims
    }
}

extension Identification.Status {
    enum Group: Hashable {
        case project(String)
        case reference
        case unidentified
    }

    var group: Group {
        switch self {
        case .identified(let project): .project(project)
        case .reference: .reference
        case .unidentified: .unidentified
        }
    }
}
