import Catalogue
import Domain

/// Picks the pictures and rows that stand for many, and gives them their exhibits.
struct SamplePicker {
    /// Pictures shown for one project.
    static let samplesPerProject = 6

    private let thumbnails: [Digest: Digest]
    private let versions: [Digest: EntryVersion]

    init(catalogue: Catalogue, versions: [Digest: EntryVersion]) throws {
        thumbnails = try catalogue.thumbnails()
        self.versions = versions
    }

    /// Pictures spread evenly over the identified entries, so that they show early and late work alike.
    func samples(of identifications: [Identification], exhibits: inout ExhibitList) -> [Sample] {
        var seen: Set<Digest> = []
        let pictured = identifications.filter { identification in
            guard let payload = identification.payload, let thumbnail = thumbnails[payload] else { return false }
            return seen.insert(thumbnail).inserted
        }
        let step = max(1, pictured.count / Self.samplesPerProject)
        let picked = stride(from: 0, to: pictured.count, by: step).prefix(Self.samplesPerProject).map { pictured[$0] }
        return picked.compactMap { identification in
            guard let payload = identification.payload, let thumbnail = thumbnails[payload] else { return nil }
            return Sample(
                path: identification.path,
                name: identification.decodedName,
                thumbnail: thumbnail,
                payload: payload,
                exhibit: exhibit(payload, "file \(identification.decodedName)", identification.source, &exhibits)
            )
        }
    }

    /// The exhibit of the first file that was sealed: what is counted must lead to bytes, also where there is no picture.
    func evidence(
        of identifications: [Identification],
        beside samples: [Sample],
        exhibits: inout ExhibitList
    ) -> Int? {
        if let number = samples.lazy.compactMap(\.exhibit).first { return number }
        for identification in identifications {
            guard let payload = identification.payload,
                let number = exhibit(payload, "file \(identification.decodedName)", identification.source, &exhibits)
            else { continue }
            return number
        }
        return nil
    }

    func remainder(
        reference: [Identification],
        unidentified: [Identification],
        exhibits: inout ExhibitList
    ) -> Remainder {
        let step = max(1, unidentified.count / 8)
        let samples = samples(of: unidentified, exhibits: &exhibits)
        return Remainder(
            reference: reference.count,
            unidentified: unidentified.count,
            examples: stride(from: 0, to: unidentified.count, by: step).prefix(8).map { unidentified[$0].decodedName },
            samples: samples,
            exhibit: evidence(of: unidentified, beside: samples, exhibits: &exhibits)
        )
    }

    func row(of pair: RecordedNotePair, exhibits: inout ExhibitList) -> NoteRow {
        let number = exhibit(pair.payload, "note in \(pair.path.lastComponent.display)", pair.source, &exhibits)
        return NoteRow(recorded: pair, exhibit: number)
    }

    func exhibit(of log: TracedLog, exhibits: inout ExhibitList) -> Int? {
        versions[log.digest].flatMap { version in
            version.seal.map { exhibits.number($0, what: "access log", address: log.foundAt, at: version.readAt) }
        }
    }

    private func exhibit(_ payload: Digest, _ what: String, _ source: WebAddress, _ exhibits: inout ExhibitList) -> Int?
    {
        guard let version = versions[payload], let seal = version.seal else { return nil }
        return exhibits.number(seal, what: what, address: "\(source)", at: version.readAt)
    }
}
