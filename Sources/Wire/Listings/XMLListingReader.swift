/// Makes records of an XML document: the answers of WebDAV, S3 and nginx.
///
/// Their names are often no UTF-8 or hold control characters, and then a strict parser reads nothing at all; so the
/// tokenizer of HTML reads them, and prefixes are left off.
struct XMLListingReader: Sendable {
    private(set) var document = ListingDocument(.xml)

    /// The outermost elements of documents that hold records, and the elements that are records there.
    private static let records: [String: Set<String>] = [
        "multistatus": ["response"], "list": ["file", "directory"],
        "listbucketresult": ["contents", "commonprefixes"], "listversionsresult": ["version", "commonprefixes"],
    ]

    private var names: Set<String> = []
    /// The record element that is open.
    private var record: String?
    private var isKept = false
    private var field: ListingDocument.Field?
    private var fieldName = ""
    private var value: [UInt8] = []

    /// Whether `tag`, the first of a page, begins such a document.
    static func begins(with tag: HTMLTag) -> Bool { records[local(tag.name)] != nil }

    private static func local(_ name: String) -> String {
        name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
    }

    mutating func take(_ token: HTMLToken) {
        switch token {
        case .start(let tag): begin(tag)
        case .end(let name): end(Self.local(name))
        case .text(let text):
            guard field != nil else { return }
            if value.count + text.count > ListingDocument.maximumLength { document.isCut = true }
            value += text.prefix(ListingDocument.maximumLength - value.count)
        case .script: break
        }
    }

    private mutating func begin(_ tag: HTMLTag) {
        let name = Self.local(tag.name)
        field = nil
        value = []
        if document.root.isEmpty {
            document.root = name
            names = Self.records[name] ?? []
        } else if record == nil, names.contains(name) {
            record = name
            isKept = document.beginRecord(in: name)
            for attribute in tag.attributes {
                if let field = ListingDocument.Field(rawValue: attribute.name) { add(field, attribute.value) }
            }
            // A record of nginx is its name.
            if document.root == "list" {
                field = .name
                fieldName = name
            }
        } else if name == "collection" {
            add(.collection, Array("true".utf8))
        } else if let known = ListingDocument.Field(rawValue: name) {
            field = known
            fieldName = name
        }
    }

    private mutating func end(_ name: String) {
        if let field, fieldName == name { add(field, value) }
        field = nil
        value = []
        if name == record { record = nil }
        if name == document.root, record == nil { document.isWhole = true }
    }

    private mutating func add(_ field: ListingDocument.Field, _ value: [UInt8]) {
        if record == nil {
            document.addToRoot(field, value)
        } else if isKept {
            document.add(field, value, isText: true)
        }
    }
}
