import Catalogue
package import Domain

/// A picture that shows what a file is, in the report itself.
package struct Sample: Sendable, Encodable {
    package var path: PathName
    package var name: String
    package var thumbnail: Digest
    package var payload: Digest
    package var exhibit: Int?
}

/// The entries identified with one project.
package struct Production: Sendable, Encodable {
    package struct Episode: Sendable, Encodable {
        package var season: Int?
        package var episode: Int
        package var cuts: Int
        package var entries: Int
    }

    /// A rule that spoke, what it saw in one case, and how many entries it decided.
    package struct Recognition: Sendable, Encodable {
        package var rule: String
        package var evidence: String
        package var entries: Int
    }

    package var project: String
    package var entries: Int
    package var episodes: [Episode]
    /// Entries of the project whose episode the names do not tell.
    package var withoutEpisode: Int
    /// The rules by which it was recognised, most used first, each with an example of what it saw.
    package var recognitions: [Recognition]
    package var samples: [Sample]
    /// A file that the count rests on: the first sample's, or, where there is no picture, the first that was sealed.
    package var exhibit: Int?

    init(project: String, identifications: [Identification], samples: [Sample], exhibit: Int?) {
        self.exhibit = exhibit
        self.project = project
        self.samples = samples
        entries = identifications.count
        let episodes = Dictionary(grouping: identifications.filter { $0.work.episode != nil }) {
            EpisodeKey(season: $0.work.season, episode: $0.work.episode ?? 0)
        }
        self.episodes = episodes.map { key, entries in
            Episode(
                season: key.season,
                episode: key.episode,
                cuts: Set(entries.compactMap { $0.work.cut ?? $0.work.scene }).count,
                entries: entries.count
            )
        }
        .sorted { ($0.season ?? 0, $0.episode) < ($1.season ?? 0, $1.episode) }
        withoutEpisode = identifications.count - self.episodes.reduce(0) { $0 + $1.entries }
        let rules = Dictionary(grouping: identifications.compactMap(\.reasons.first), by: \.rule)
        recognitions = rules.map { Recognition(rule: $0.key, evidence: $0.value[0].evidence, entries: $0.value.count) }
            .sorted { ($1.entries, $0.rule) < ($0.entries, $1.rule) }
    }

    private struct EpisodeKey: Hashable {
        var season: Int?
        var episode: Int
    }
}

/// What belongs to no project: reference material, and what stays unidentified.
package struct Remainder: Sendable, Encodable {
    package var reference: Int
    package var unidentified: Int
    package var examples: [String]
    package var samples: [Sample]
    /// A file that the count rests on, also where there is no picture.
    package var exhibit: Int?
}
