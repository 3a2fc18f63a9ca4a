import TOMLKit

/// A TOML document with the text it came from, so that every fault can name its line.
struct ScopeDocument {
    /// A longer file is no scope file.
    static let maximumLength = 1 << 20

    let file: String
    let table: TOMLTable
    private let lines: [Substring]

    init(_ bytes: [UInt8], file: String) throws(ScopeError) {
        self.file = file
        func fault(_ line: Int, _ problem: String, _ allowed: String) -> ScopeError {
            ScopeError(.syntax, file: file, line: line, problem: problem, allowed: allowed)
        }
        guard bytes.count <= Self.maximumLength else {
            throw fault(1, "the file is over 1 MiB", "a scope file is small")
        }
        // The library reads up to a NUL and would take the rest for absent.
        if let index = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x0a && $0 != 0x0d && $0 != 0x09 || $0 == 0x7f }) {
            let line = 1 + bytes[..<index].count { $0 == 0x0a }
            throw fault(line, "a control character", "only text, tabs and line ends are allowed")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let line = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
                .firstIndex { String(validating: $0, as: UTF8.self) == nil }
            throw fault(1 + (line ?? 0), "text that is not UTF-8", "a TOML file is UTF-8")
        }
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw fault(error.source.begin.line, error.description, "TOML 1.0 is allowed")
        } catch {
            throw fault(1, "\(error)", "TOML 1.0 is allowed")
        }
    }

    /// The line where a key stands, or where `value` first stands at or below it; the first line when there is none.
    func line(of key: String, in section: String? = nil, value: String? = nil) -> Int {
        guard let start = keyLine(key, section) else { return section.flatMap { sectionLine($0) } ?? 1 }
        guard let value else { return start + 1 }
        for index in start..<lines.count {
            if Self.withoutComment(lines[index]).contains(value) { return index + 1 }
            if index > start, Self.isHeader(lines[index]) { break }
        }
        return start + 1
    }

    private func sectionLine(_ section: String) -> Int? {
        (lines.firstIndex { Self.sectionName($0) == section } ?? keyLine(section, nil)).map { $0 + 1 }
    }

    private func keyLine(_ key: String, _ section: String?) -> Int? {
        var current: String?
        for (index, line) in lines.enumerated() {
            if let name = Self.sectionName(line) {
                if section == nil, name == key { return index }
                current = name
                continue
            }
            let name = Self.keyName(line)
            if current == section, name == key { return index }
            // Dotted (`rate.total = 5`) and inline (`rate = { total = 5 }`) forms of a section.
            guard let section, current == nil else { continue }
            if name == "\(section).\(key)" || name == section && line.contains(key) { return index }
        }
        return nil
    }

    private static func isHeader(_ line: Substring) -> Bool { sectionName(line) != nil }

    private static func sectionName(_ line: Substring) -> String? {
        let text = withoutComment(line).filter { !$0.isWhitespace }
        guard text.hasPrefix("["), text.hasSuffix("]"), !text.contains("\""), !text.contains(",") else { return nil }
        let name = text.drop { $0 == "[" }.prefix { $0 != "]" }
        return name.first.map { $0.isLetter || $0 == "_" } == true ? String(name) : nil
    }

    private static func keyName(_ line: Substring) -> String? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        return line[..<equals].filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
    }

    private static func withoutComment(_ line: Substring) -> Substring { line.prefix { $0 != "#" } }
}
