package import Catalogue
import Domain

extension CaseFindings {
    /// Reads from a case's catalogue what a score needs, and nothing else.
    package init(_ catalogue: Catalogue) throws(CatalogueError) {
        let runs = try catalogue.runs(of: .census).filter { $0.completeness == .complete }
        censusDays = Array(Set(runs.map(\.started.day))).sorted()
        let sweeps = try catalogue.latestSweeps()
        silent = sweeps.reduce(AddressSet()) { $0.union($1.noAnswer) }
            .subtracting(sweeps.reduce(AddressSet()) { $0.union($1.open).union($1.closed) })
        services = try catalogue.services().map { ($0.value.endpoint, $0.value.speaks) }
        websites = try catalogue.websites().map { ($0.value.name, $0.value.endpoint) }
        doors = try catalogue.doors().map(\.value).filter { $0.grade != .cannotTell }.map {
            ($0.kind, $0.address, $0.endpoint)
        }
        for source in try catalogue.sources() { sources.append(try Self.source(source, catalogue)) }
        identifications = try catalogue.identifications()
        notePairs = try catalogue.notePairs().map {
            FoundNotePair(payload: $0.payload, note: $0.pair.note.text, translation: $0.pair.translation.text)
        }
        for log in try catalogue.logs() { visitors += try catalogue.visitors(of: log.foundAt) }
    }

    private static func source(_ source: Source, _ catalogue: Catalogue) throws(CatalogueError) -> FoundSource {
        let looks = try catalogue.collections(of: source.base).filter(\.isComplete)
        let entries = try catalogue.entries(of: source.base)
        let changes = try catalogue.changes(of: source.base)
        return FoundSource(
            base: source.base,
            endpoint: source.endpoint,
            looks: looks.map { Look(began: $0.began, ended: $0.ended) },
            entries: entries.map { FoundEntry(path: $0.path, isPresent: $0.isPresent, payload: $0.version?.payload) },
            changes: changes.map { FoundChange(path: $0.change.path, kind: $0.change.kind, when: $0.change.when) },
            rhythm: try catalogue.rhythm(of: source.base)
        )
    }
}
