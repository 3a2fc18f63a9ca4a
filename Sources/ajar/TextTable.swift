import Domain

/// Rows for a terminal, in columns. Control characters in cells are made visible: a name must not move the cursor.
struct TextTable {
    var header: [String]
    var rows: [[String]] = []

    var text: String {
        let cells = ([header] + rows).map { $0.map { PathName(bytes: $0.utf8).display } }
        let widths = header.indices.map { column in cells.map { $0[column].terminalWidth }.max() ?? 0 }
        return cells.map { row in
            let padded = row.indices.map { column in
                row[column] + String(repeating: " ", count: max(0, widths[column] - row[column].terminalWidth))
            }
            return padded.joined(separator: "  ").trimmingTrailingSpaces
        }
        .joined(separator: "\n")
    }
}

extension String {
    /// Columns on a terminal: East Asian wide characters take two.
    fileprivate var terminalWidth: Int {
        unicodeScalars.reduce(0) { $0 + ($1.isWide ? 2 : 1) }
    }

    fileprivate var trimmingTrailingSpaces: String {
        var text = Substring(self)
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

extension UnicodeScalar {
    fileprivate var isWide: Bool {
        (0x1100...0x115f).contains(value) || (0x2e80...0xa4cf).contains(value) || (0xac00...0xd7a3).contains(value)
            || (0xf900...0xfaff).contains(value) || (0xfe30...0xfe6f).contains(value)
            || (0xff00...0xff60).contains(value)
            || (0x20000...0x3fffd).contains(value)
    }
}
