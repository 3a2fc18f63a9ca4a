extension Extractor {
    /// Values of one extractor that are kept.
    private static let mostValues = 100
    /// Bytes of one value that are kept.
    private static let longestValue = 64 << 10

    /// What it takes out of `data`, each value once. What cannot be read gives nothing.
    func values(in data: Bindings) -> [[UInt8]] {
        var seen: Set<[UInt8]> = []
        return found(in: data).map { Array($0.prefix(Self.longestValue)) }.filter { seen.insert($0).inserted }
            .prefix(Self.mostValues).map { $0 }
    }

    private func found(in data: Bindings) -> [[UInt8]] {
        switch test {
        case .keys(let keys, let ignoresCase):
            return keys.compactMap { key in
                let name = key.replacing("-", with: "_")
                return (data[name] ?? data[name.lowercased()] ?? (ignoresCase ? data.value(ignoringCase: name) : nil))?
                    .bytes
            }
        case .expressions(let expressions):
            // An expression without a value takes nothing out: the answer does not have what it is about.
            return expressions.compactMap { try? data.value(of: $0).bytes }.filter { !$0.isEmpty }
        case .patterns(let patterns, let group):
            guard let part = data[part]?.bytes else { return [] }
            return patterns.flatMap { Self.matches(of: $0, group, in: part, data.surroundings) }
        case .json(let queries):
            guard let part = data[part]?.bytes, let document = try? JSONParser.parse(part) else { return [] }
            // A query that does not fit the document takes nothing out of it.
            return queries.flatMap { (try? $0.values(in: document)) ?? [] }.filter { $0 != .null }.map {
                Array($0.shown.utf8)
            }
        case .paths(let paths, let attribute):
            guard let part = data[part]?.bytes else { return [] }
            // A path that is too much work takes nothing out.
            return paths.flatMap { (try? $0.values(in: part, attribute: attribute)) ?? [] }
        }
    }

    private static func matches(
        of source: String,
        _ group: Int,
        in part: [UInt8],
        _ surroundings: Surroundings
    ) -> [[UInt8]] {
        // A pattern that took too many steps takes nothing out.
        guard let found = try? surroundings.pattern(source).found(in: part, upTo: mostValues) else { return [] }
        return found.compactMap { groups in
            group < groups.count && (group == 0 || !groups[group].isEmpty) ? Array(part[groups[group]]) : nil
        }
    }
}

extension Bindings {
    fileprivate func value(ignoringCase name: String) -> Value? {
        values.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}
