import Domain
import Foundation
import Vault

/// The plain folder with a provenance graph in CASE/UCO beside it: the export as an investigative action, and for each
/// item a record that names its leaf and its file.
struct CASEExporter: Exporter {
    let format = "case"

    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle {
        try job.making { (draft) throws(VaultError) in
            let counts = try job.writeTree(to: draft)
            let names = CASENames(job.contents.checkpoint.origin)
            var graph = try JSONGraph(in: draft, named: "case.jsonld", head: CASEContext())
            let tool = CASENode(names.id("tool"), "uco-tool:Tool", name: "ajar", version: ajarVersion)
            try graph.add(tool)
            var action = CASENode(
                names.id("export"),
                "case-investigation:InvestigativeAction",
                name: "Export of \(job.scope.shown) from \(job.title.shown)"
            )
            action.instrument = CASEReference(id: tool.id)
            action.startTime = CASELiteral(type: "xsd:dateTime", value: "\(job.at)")
            try graph.add(action, listing: "uco-action:result") { (add) throws(VaultError) in
                try draft.visitRows { (row) throws(VaultError) in
                    if row.file != nil { try add(CASEReference(id: names.id("record", row.leaf))) }
                }
            }
            var described: Set<String> = []
            try draft.visitRows { (row) throws(VaultError) in
                guard let file = row.file, let payload = row.payload else { return }
                try graph.add(names.record(of: row, file: file, in: job.contents.checkpoint.origin))
                if described.insert(file).inserted { try graph.add(names.file(of: row, file, payload)) }
            }
            try graph.finish()
            return ExportedBundle(counts: counts, digest: try draft.seal())
        }
    }
}

/// Names for the nodes, the same whenever the same ledger is exported.
private struct CASENames {
    private let origin: String

    init(_ origin: String) {
        self.origin = origin
    }

    /// A name-based UUID, from a SHA-256.
    func id(_ part: String, _ leaf: UInt64? = nil) -> String {
        let text = "\(origin)/\(part)/\(leaf.map { String($0) } ?? "")"
        var bytes = Array(Digest(of: Array(text.utf8)).bytes.prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x50
        bytes[8] = bytes[8] & 0x3f | 0x80
        let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let groups = [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
        return "kb:" + groups.map { $0.joined() }.joined(separator: "-")
    }

    func record(of row: BundleRow, file: String, in ledger: String) -> CASENode {
        var node = CASENode(id("record", row.leaf), "case-investigation:ProvenanceRecord")
        node.description = "\(row.kind) at \(row.at), leaf \(row.leaf) of the ledger \(ledger)"
        node.exhibitNumber = String(row.leaf)
        node.objects = [CASEReference(id: id("file \(file)"))]
        return node
    }

    func file(of row: BundleRow, _ file: String, _ payload: Digest) -> CASENode {
        let size = CASELiteral(type: "xsd:integer", value: String(row.length ?? 0))
        var facet = CASENode(id("name \(file)"), "uco-observable:FileFacet")
        facet.fileName = file.split(separator: "/").last.map { String($0) }
        facet.filePath = file
        facet.size = size
        var content = CASENode(id("content \(file)"), "uco-observable:ContentDataFacet")
        content.size = size
        var hash = CASENode(id("hash \(file)"), "uco-types:Hash")
        hash.hashMethod = "SHA256"
        hash.hashValue = CASELiteral(type: "xsd:hexBinary", value: payload.description)
        content.hashes = [hash]
        var node = CASENode(id("file \(file)"), "uco-observable:File")
        node.facets = [facet, content]
        if let target = row.target, target.contains("://") {
            var address = CASENode(id("address \(file)"), "uco-observable:URLFacet")
            address.fullValue = target
            node.facets?.append(address)
        }
        return node
    }
}

private struct CASEReference: Encodable {
    var id: String

    private enum CodingKeys: String, CodingKey {
        case id = "@id"
    }
}

private struct CASELiteral: Encodable {
    var type: String
    var value: String

    private enum CodingKeys: String, CodingKey {
        case type = "@type"
        case value = "@value"
    }
}

/// One node of the graph, with those properties of UCO that are used here.
private struct CASENode: Encodable {
    var id: String
    var type: String
    var name: String?
    var version: String?
    var description: String?
    var instrument: CASEReference?
    var startTime: CASELiteral?
    var exhibitNumber: String?
    var objects: [CASEReference]?
    var facets: [CASENode]?
    var fileName: String?
    var filePath: String?
    var size: CASELiteral?
    var hashes: [CASENode]?
    var hashMethod: String?
    var hashValue: CASELiteral?
    var fullValue: String?

    init(_ id: String, _ type: String, name: String? = nil, version: String? = nil) {
        self.id = id
        self.type = type
        self.name = name
        self.version = version
    }

    private enum CodingKeys: String, CodingKey {
        case id = "@id"
        case type = "@type"
        case name = "uco-core:name"
        case version = "uco-tool:version"
        case description = "uco-core:description"
        case instrument = "uco-action:instrument"
        case startTime = "uco-action:startTime"
        case exhibitNumber = "case-investigation:exhibitNumber"
        case objects = "uco-core:object"
        case facets = "uco-core:hasFacet"
        case fileName = "uco-observable:fileName"
        case filePath = "uco-observable:filePath"
        case size = "uco-observable:sizeInBytes"
        case hashes = "uco-observable:hash"
        case hashMethod = "uco-types:hashMethod"
        case hashValue = "uco-types:hashValue"
        case fullValue = "uco-observable:fullValue"
    }
}

/// The prefixes of CASE 1 and UCO 1.
private struct CASEContext: Encodable {
    var context: [String: String] = {
        let uco = "https://ontology.unifiedcyberontology.org/uco"
        return [
            "kb": "urn:uuid:", "case-investigation": "https://ontology.caseontology.org/case/investigation/",
            "uco-action": "\(uco)/action/", "uco-core": "\(uco)/core/", "uco-observable": "\(uco)/observable/",
            "uco-tool": "\(uco)/tool/", "uco-types": "\(uco)/types/", "xsd": "http://www.w3.org/2001/XMLSchema#",
        ]
    }()

    private enum CodingKeys: String, CodingKey {
        case context = "@context"
    }
}
