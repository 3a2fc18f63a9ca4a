import Domain

/// One row of what LIST or MLSD sent: pure bytes, as they came.
struct FTPRow {
    /// How servers write rows. The raw value is the name of the listing's format.
    enum Form: String {
        /// Facts of a machine-readable listing (RFC 3659 7.2).
        case facts = "ftp facts"
        /// As Unix's `ls -l`.
        case unix = "ftp unix"
        /// As DOS's `dir`.
        case dos = "ftp dos"
        /// D. J. Bernstein's "easily parsed LIST format".
        case eplf = "ftp eplf"
        /// As Unix's, with NetWare's rights in brackets.
        case netware = "ftp netware"
    }

    enum Kind {
        case folder
        case file
        /// A symbolic link: what it leads to is not said.
        case link
        /// A device, a pipe, a socket: nothing to read.
        case other
        /// The folder itself, the one above, or a sum.
        case none
    }

    var form: Form
    var kind: Kind
    /// Exactly the bytes that came: blanks at either end belong to it.
    var name: ArraySlice<UInt8>
    /// Time and size, in words that ``ListedColumns`` reads.
    var columns: [UInt8] = []
    /// A time in words that nobody here reads; it is only compared from look to look.
    var mark: ArraySlice<UInt8> = []

    /// Reads a row by its first bytes; nil where it is in none of the forms.
    init?(_ line: ArraySlice<UInt8>) {
        guard let first = line.first else { return nil }
        let row: FTPRow?
        switch first {
        case UInt8(ascii: "+"): row = FTPRow(eplf: line)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): row = FTPRow(dos: line)
        default: row = FTPRow(facts: line) ?? FTPRow(unix: line)
        }
        guard let row else { return nil }
        self = row
    }

    init(_ form: Form, _ kind: Kind, _ name: ArraySlice<UInt8>, columns: [UInt8] = [], mark: ArraySlice<UInt8> = []) {
        self.form = form
        self.kind = name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) ? .none : kind
        (self.name, self.columns, self.mark) = (name, columns, mark)
    }

    /// Systems whose listings are known by their looks, and not read.
    static func foreignSystem(_ line: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: line.prefix(512), as: UTF8.self)
        let first = text.prefix { $0 != " " }
        if let mark = first.lastIndex(of: ";"), first[mark...].dropFirst().allSatisfy(\.isNumber),
            mark != first.startIndex
        {
            return "VMS"
        }
        if text.hasPrefix("Directory ") && text.contains("[") { return "VMS" }
        if text.hasPrefix("Volume Unit") || text.hasPrefix(" Name     VV.MM") { return "MVS" }
        if [" *FILE", " *DIR", " *STMF", " *MEM", " *LIB"].contains(where: text.contains) { return "OS/400" }
        return nil
    }
}

extension ArraySlice<UInt8> {
    /// Up to 19 digits and nothing else.
    var isLongNumber: Bool { (1...19).contains(count) && allSatisfy(\.isDigit) }
}
