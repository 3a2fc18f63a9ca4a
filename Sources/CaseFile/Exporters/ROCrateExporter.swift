import Domain
import Foundation
import Vault

/// The plain folder with a description by RO-Crate 1.1 beside it.
struct ROCrateExporter: Exporter {
    static let descriptor = "ro-crate-metadata.json"

    let format = "rocrate"

    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle {
        try job.making { (draft) throws(VaultError) in
            let counts = try job.writeTree(to: draft)
            var graph = try JSONGraph(in: draft, named: Self.descriptor, head: Crate())
            try graph.add(Descriptor())
            try graph.add(Root(job), listing: "hasPart") { (add) throws(VaultError) in
                try draft.visitListed { (_, path) throws(VaultError) in try add(Reference(path: path)) }
            }
            var described: Set<String> = []
            try draft.visitRows { (row) throws(VaultError) in
                guard let entity = Entity(row), described.insert(entity.id).inserted else { return }
                try graph.add(entity)
            }
            try draft.visitListed { (_, path) throws(VaultError) in
                let entity = Entity(path: path)
                if !described.contains(entity.id) { try graph.add(entity) }
            }
            try graph.finish()
            return ExportedBundle(counts: counts, digest: try draft.seal())
        }
    }

    private struct Crate: Encodable {
        var context = "https://w3id.org/ro/crate/1.1/context"

        private enum CodingKeys: String, CodingKey {
            case context = "@context"
        }
    }

    /// The name of another entity. A path is written as the relative address that it is.
    private struct Reference: Encodable {
        var id: String

        init(_ id: String) {
            self.id = id
        }

        init(path: String) {
            id = PathName(bytes: path.utf8).description
        }

        private enum CodingKeys: String, CodingKey {
            case id = "@id"
        }
    }

    private struct Descriptor: Encodable {
        var id = ROCrateExporter.descriptor
        var type = "CreativeWork"
        var conformsTo = Reference("https://w3id.org/ro/crate/1.1")
        var about = Reference("./")

        private enum CodingKeys: String, CodingKey {
            case conformsTo, about
            case id = "@id"
            case type = "@type"
        }
    }

    private struct Root: Encodable {
        var id = "./"
        var type = "Dataset"
        var name: String
        var description: String
        var datePublished: Timestamp
        var license = "None is granted: these are copies of what servers sent, kept as evidence."
        var identifier: String

        init(_ job: ExportJob) {
            name = job.title.shown
            description = job.scope.shown
            datePublished = job.at.roundedDown
            identifier = "\(job.contents.checkpoint.origin) \(job.contents.checkpoint.size)"
        }

        private enum CodingKeys: String, CodingKey {
            case name, description, datePublished, license, identifier
            case id = "@id"
            case type = "@type"
        }
    }

    private struct Entity: Encodable {
        var id: String
        var type = "File"
        var name: String
        var contentSize: String?
        /// RO-Crate 1.1 has no term for a SHA-256.
        var identifier: String?
        var url: String?
        var dateCreated: Timestamp?

        /// A file of the bundle's own.
        init(path: String) {
            id = Reference(path: path).id
            name = path
        }

        /// Nil for an item that has no file.
        init?(_ row: BundleRow) {
            guard let file = row.file, let payload = row.payload else { return nil }
            self.init(path: file)
            name = row.target ?? file
            contentSize = row.length.map { String($0) }
            identifier = "sha256:\(payload)"
            url = row.target.flatMap { $0.hasPrefix("http") ? $0 : nil }
            dateCreated = row.at
        }

        private enum CodingKeys: String, CodingKey {
            case name, contentSize, identifier, url, dateCreated
            case id = "@id"
            case type = "@type"
        }
    }
}
