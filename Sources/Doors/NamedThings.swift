/// What a JSON document of an application names: files and folders, most likely, in whatever shape.
///
/// Looked for are lists of objects that have a name each; the longest such list is taken.
struct NamedThings: Sendable {
    struct Thing: Sendable {
        var name: String
        /// In bytes, where the document tells.
        var size: UInt64?
    }

    private(set) var things: [Thing] = []
    /// Whether they have what files have: a size, or a time of change.
    private(set) var looksLikeFiles = false

    /// Things that are looked at; more say nothing more.
    private static let most = 1_000
    private static let nameKeys = ["path", "name", "filename", "file", "key", "href", "url", "title"]
    private static let sizeKeys: Set<String> = ["size", "bytes", "length", "filesize", "file_size"]
    private static let timeKeys: Set<String> = [
        "mtime", "modified", "lastmodified", "last_modified", "modifiedat", "modified_at", "updated", "ctime",
    ]

    /// Nil where the bytes are no JSON, or name nothing.
    init?(_ bytes: [UInt8]) {
        guard let first = bytes.first(where: { $0 > 0x20 }), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        do throws(JSONParser.Fault) {
            collect(try JSONParser.parse(bytes))
        } catch {
            return nil
        }
        if things.isEmpty { return nil }
    }

    private mutating func collect(_ document: JSONValue) {
        var queue = [document]
        var visited = 0
        while let value = queue.popLast(), visited < 10_000 {
            visited += 1
            switch value {
            case .list(let values):
                take(values)
                queue += values.prefix(Self.most)
            case .object(let members): queue += members.map(\.value)
            default: break
            }
        }
    }

    private mutating func take(_ values: [JSONValue]) {
        var (found, files): ([Thing], Int) = ([], 0)
        for case .object(let members) in values.prefix(Self.most) {
            let named = Dictionary(
                members.map { ($0.name.lowercased(), $0.value) },
                uniquingKeysWith: { first, _ in first }
            )
            let names = Self.nameKeys.compactMap { key -> String? in
                if case .text(let text)? = named[key], !text.isEmpty { text } else { nil }
            }
            guard let name = names.first else { continue }
            var size: UInt64?
            for key in Self.sizeKeys {
                if case .number(let number)? = named[key] { size = UInt64(exactly: number) }
            }
            if size != nil || !Self.timeKeys.isDisjoint(with: named.keys) { files += 1 }
            found.append(Thing(name: name, size: size))
        }
        guard found.count > things.count else { return }
        things = found
        looksLikeFiles = files * 2 > found.count
    }
}
