import CQRCode

/// A QR code (ISO/IEC 18004) as its modules, drawn for a terminal or for paper.
struct QRCode {
    /// The white border that a reader needs, in modules.
    private static let border = 4

    private let width: Int
    private let modules: [Bool]

    init(_ text: String) throws(Complaint) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else {
            throw Complaint(.software, "cannot make a QR code of \(text.utf8.count) bytes")
        }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        self.width = width
        modules = (0..<width * width).map { code.pointee.data[$0] & 1 == 1 }
    }

    /// The side of the whole picture.
    private var side: Int { width + 2 * Self.border }

    private func isDark(_ row: Int, _ column: Int) -> Bool {
        let (row, column) = (row - Self.border, column - Self.border)
        guard (0..<width).contains(row), (0..<width).contains(column) else { return false }
        return modules[row * width + column]
    }

    /// Two modules a character, one above the other, light ones drawn: for light letters on a dark ground.
    var text: String {
        stride(from: 0, to: side, by: 2).map { row in
            (0..<side).map { column in
                switch (isDark(row, column), row + 1 == side || isDark(row + 1, column)) {
                case (false, false): "█"
                case (false, true): "▀"
                case (true, false): "▄"
                case (true, true): " "
                }
            }.joined() + "\n"
        }.joined()
    }

    /// Black on white, one unit a module.
    var svg: String {
        var path = ""
        for row in 0..<side {
            var column = 0
            while column < side {
                let length = (column..<side).prefix { isDark(row, $0) }.count
                if length > 0 { path += "M\(column) \(row)h\(length)v1h-\(length)z" }
                column += max(length, 1)
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" width="\(4 * side)" \
            height="\(4 * side)" shape-rendering="crispEdges">
            <rect width="\(side)" height="\(side)" fill="#fff"/>
            <path d="\(path)"/>
            </svg>

            """
    }
}
