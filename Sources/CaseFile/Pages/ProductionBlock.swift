import Domain
import Foundation

/// A picture in the page itself.
struct Picture {
    var source: String
    var name: String
    var exhibit: ExhibitReference?

    init?(_ sample: Sample, thumbnail: (Digest) -> [UInt8]?) {
        guard let source = Self.dataAddress(sample.thumbnail, thumbnail: thumbnail) else { return nil }
        self.source = source
        name = PathName(bytes: sample.name.utf8).display
        exhibit = ExhibitReference(sample.exhibit)
    }

    /// A `data:` address of a thumbnail that is a PNG or a JPEG; anything else is not shown.
    static func dataAddress(_ digest: Digest, thumbnail: (Digest) -> [UInt8]?) -> String? {
        guard let bytes = thumbnail(digest) else { return nil }
        let type =
            bytes.starts(with: [0x89, 0x50, 0x4e, 0x47])
            ? "image/png" : bytes.starts(with: [0xff, 0xd8, 0xff]) ? "image/jpeg" : nil
        return type.map { "data:\($0);base64,\(Data(bytes).base64EncodedString())" }
    }
}

struct ProductionBlock {
    struct Episode {
        var name: String
        var cuts: Int
        var entries: Int
    }

    struct Recognition {
        var rule: String
        var evidence: String
        var entries: Int
    }

    var project: String
    var entries: String
    var episodes: [Episode]
    var withoutEpisode: Int
    var recognitions: [Recognition]
    var pictures: [Picture]
    var exhibit: ExhibitReference?

    init(_ production: Production, thumbnail: (Digest) -> [UInt8]?) {
        project = production.project.shown
        exhibit = ExhibitReference(production.exhibit)
        entries = production.entries.grouped
        episodes = production.episodes.map { episode in
            Episode(
                name: (episode.season.map { "season \($0), " } ?? "") + "episode \(episode.episode)",
                cuts: episode.cuts,
                entries: episode.entries
            )
        }
        withoutEpisode = production.withoutEpisode
        recognitions = production.recognitions.prefix(4).map {
            Recognition(rule: $0.rule, evidence: PathName(bytes: $0.evidence.utf8).display, entries: $0.entries)
        }
        pictures = production.samples.compactMap { Picture($0, thumbnail: thumbnail) }
    }
}

struct RemainderBlock {
    var reference: String
    var unidentified: String
    var examples: [String]
    var pictures: [Picture]

    init(_ remainder: Remainder, thumbnail: (Digest) -> [UInt8]?) {
        reference = remainder.reference.grouped
        unidentified = remainder.unidentified.grouped
        examples = remainder.examples.map { PathName(bytes: $0.utf8).display }
        pictures = remainder.samples.compactMap { Picture($0, thumbnail: thumbnail) }
    }
}
