/// Finds the line on which a key of a TOML document stands, so that an error can name it.
///
/// It knows only headers and the keys at the start of a line; a key in an inline table is found by its table.
struct KeyLines {
    private struct Entry {
        var table: [String]
        var key: String
        var line: Int
    }

    private var entries: [Entry] = []

    init(_ text: String) {
        var table: [String] = []
        var counts: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingPrefix { $0 == " " || $0 == "\t" }
            if line.hasPrefix("[["), let end = line.firstRange(of: "]]") {
                let name = String(line[..<end.lowerBound].dropFirst(2))
                table = name.split(separator: ".").map(String.init) + ["\(counts[name, default: 0])"]
                counts[name, default: 0] += 1
                entries.append(Entry(table: table, key: "", line: index + 1))
            } else if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                table = line[..<end].dropFirst().split(separator: ".").map(String.init)
                entries.append(Entry(table: table, key: "", line: index + 1))
            } else if let equals = line.firstIndex(of: "="), !line.hasPrefix("#") {
                let key = line[..<equals].filter { $0 != " " && $0 != "\"" && $0 != "\t" }
                entries.append(Entry(table: table, key: String(key), line: index + 1))
            }
        }
    }

    /// The line of the key that `path` leads to, or of the nearest table above it.
    func line(of path: [String]) -> Int? {
        for length in stride(from: path.count, through: 1, by: -1) {
            let (table, key) = (Array(path[..<(length - 1)]), path[length - 1])
            if let entry = entries.first(where: { $0.table == table && $0.key == key }) { return entry.line }
            if let entry = entries.first(where: { $0.table == Array(path[..<length]) }) { return entry.line }
        }
        return nil
    }
}
