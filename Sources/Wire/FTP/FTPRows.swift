/// What `LIST` (RFC 959 4.1.3) answers, in the two forms that servers give it: as Unix's `ls -l`, and as DOS's `dir`.
///
/// Only what a visitor needs to go on is read: names of files and folders. Links and what is in another form are counted.
package struct FTPRows: Hashable, Sendable {
    /// Rows beyond this are left out.
    package static let maximumRows = 10_000

    package private(set) var files: [String] = []
    package private(set) var folders: [String] = []
    /// Links, and rows in another form.
    package private(set) var others = 0

    package var count: Int { files.count + folders.count + others }

    /// Any bytes are a list, though perhaps an empty one.
    package init(parsing bytes: some Sequence<UInt8>) {
        let lines = Array(bytes).split { $0 == 0x0a || $0 == 0x0d }
        for line in lines.prefix(Self.maximumRows) {
            // A name that is no UTF-8 could not be sent back as it came.
            guard !line.starts(with: "total ".utf8) else { continue }
            guard let text = String(validating: line, as: UTF8.self), let (name, isFolder) = Self.row(text) else {
                others += 1
                continue
            }
            if isFolder { folders.append(name) } else { files.append(name) }
        }
    }

    /// Unix puts one space before a name, which may begin with spaces of its own; DOS puts columns there.
    private static func name(_ rest: Substring, _ isUnix: Bool) -> String {
        String(isUnix ? rest : rest.drop { $0 == " " })
    }

    private static func row(_ line: String) -> (String, Bool)? {
        let isUnix = line.hasPrefix("-") || line.hasPrefix("d")
        let isDOS = line.first.map(\.isNumber) == true
        guard isUnix || isDOS else { return nil }
        let words = line.split(separator: " ", maxSplits: isUnix ? 8 : 3)
        guard words.count == (isUnix ? 9 : 4), let name = words.last.map({ Self.name($0, isUnix) }), name != ".",
            name != "..",
            !name.contains("/"), name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
        else { return nil }
        if isUnix { return (name, line.hasPrefix("d")) }
        let isFolder = words[2] == "<DIR>"
        return isFolder || UInt64(words[2]) != nil ? (name, isFolder) : nil
    }
}
