import Wire

/// The values of one JSON object by their paths, such as `ports.0.port`; numbers and words as they are written.
///
/// Of a large answer only what a path of short names leads to is kept, and no more than is of use.
struct JSONLine: Sendable {
    /// Values kept of one object, and bytes of one of them.
    static let maximumValues = 4_096
    static let maximumLength = 1_024

    private var values: [String: String] = [:]

    /// Nil for bytes that are no whole object.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        var tokenizer = JSONTokenizer()
        let tokens = tokenizer.feed(bytes)
        guard tokenizer.isComplete, !tokenizer.isBroken else { return nil }
        // The path of each open container, and the index at which an array stands.
        var path: [(name: String, index: Int?)] = []
        var key = ""
        for token in tokens {
            switch token {
            case .beginObject: path.append((Self.place(&path, key), nil))
            case .beginArray: path.append((Self.place(&path, key), 0))
            case .endObject, .endArray: path.removeLast()
            case .key(let name): key = String(decoding: name.prefix(64), as: UTF8.self)
            case .string(let text), .literal(let text):
                let place = Self.place(&path, key)
                guard values.count < Self.maximumValues, text.count <= Self.maximumLength else { continue }
                values[(path.dropFirst().map(\.name) + [place]).joined(separator: ".")] = String(
                    decoding: text,
                    as: UTF8.self
                )
            }
        }
    }

    /// The name of the value at hand in the innermost container.
    private static func place(_ path: inout [(name: String, index: Int?)], _ key: String) -> String {
        guard let index = path.last?.index else { return key }
        path[path.count - 1].index = index + 1
        return "\(index)"
    }

    func text(_ path: String) -> String? { values[path] }

    /// The names of the members of the object at a path.
    func members(_ path: String) -> [String] {
        let prefix = path + "."
        let names = values.keys.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.utf8.count).prefix { $0 != "." })
        }
        return Set(names).sorted()
    }
}
