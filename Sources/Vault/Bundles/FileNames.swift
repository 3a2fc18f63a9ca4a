import Domain

/// Gives what was sealed a path in a folder: one that is safe on any system, still readable, and no other's.
///
/// A byte that could mean something to a file system, a shell or a terminal is written as `=` and two hexadecimal digits;
/// what was sealed under the same name, or under one that differs in case alone, gets its leaf's number.
struct FileNames {
    /// Bytes of one name, and of a whole path. Longer ones are cut, and told apart by their SHA-256.
    static let longestName = 140
    static let longestPath = 900
    static let mostFolders = 32

    // Hashes, because there may be a million; two that happen to be equal only cost a name its number.
    private var files: Set<Int> = []
    private var folders: Set<Int> = []

    /// The path for a target below `root`.
    mutating func path(for target: String, leaf: UInt64, below root: String) -> String {
        var names = Self.names(of: target)
        var folder = root
        for name in names.dropLast() {
            var candidate = "\(folder)/\(name)"
            while files.contains(Self.key(candidate)) { candidate += "~" }
            folder = candidate
            folders.insert(Self.key(folder))
        }
        let name = names.popLast() ?? "_"
        var candidate = "\(folder)/\(name)"
        if isTaken(candidate) { candidate = "\(folder)/\(Self.mark(name, with: "~\(leaf)"))" }
        while isTaken(candidate) { candidate += "~" }
        files.insert(Self.key(candidate))
        return candidate
    }

    private func isTaken(_ path: String) -> Bool {
        let key = Self.key(path)
        return files.contains(key) || folders.contains(key)
    }

    /// Equal for paths that some systems take for the same.
    private static func key(_ path: String) -> Int { path.lowercased().hashValue }

    private static func mark(_ name: String, with mark: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name + mark }
        return "\(name[..<dot])\(mark)\(name[dot...])"
    }

    /// The folders and the name that a target stands for, all safe.
    static func names(of target: String) -> [String] {
        let parts = parts(of: target)
        let names = parts.map(safe)
        let length = names.reduce(0) { $0 + $1.utf8.count + 1 }
        guard names.count > mostFolders || length > longestPath else { return names }
        let digest = Digest(of: Array(target.utf8)).description
        return [names.first ?? "_", "_long", "\(digest)\(ending(of: names.last ?? ""))"]
    }

    private static func parts(of target: String) -> [[UInt8]] {
        guard let colon = target.firstIndex(of: ":") else { return [Array(target.utf8)] }
        let scheme = target[..<colon]
        let rest = target[target.index(after: colon)...]
        guard rest.hasPrefix("//") else {
            return [Array(scheme.utf8)] + rest.split(separator: "/").map { PathName(percentEncoded: $0).bytes }
        }
        let path = rest.dropFirst(2).prefix { $0 != "?" }
        let query = rest.dropFirst(2 + path.count)
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map {
            PathName(percentEncoded: $0).bytes
        }
        // The colon before a port is no sign that a name may have everywhere.
        parts[0] = parts[0].map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "_") : $0 }
        if parts.count > 1, parts.last?.isEmpty ?? false { parts[parts.count - 1] = Array("_index".utf8) }
        parts[parts.count - 1] += Array(query.utf8)
        let isWeb = scheme == "http" || scheme == "https"
        return (isWeb ? [] : [Array(scheme.utf8)]) + parts.filter { !$0.isEmpty }
    }
}

extension FileNames {
    /// A name in which nothing can be taken for anything but a name.
    static func safe(_ bytes: [UInt8]) -> String {
        var pieces: [String]
        if let text = String(validating: bytes, as: UTF8.self) {
            pieces = text.unicodeScalars.map { isPlain($0) ? String($0) : String($0).utf8.map(escape).joined() }
        } else {
            pieces = bytes.map { isPlain(UnicodeScalar($0)) && $0 < 0x80 ? String(UnicodeScalar($0)) : escape($0) }
        }
        // A mark at the beginning would belong to the slash before it.
        if let first = pieces.first, [".", "-", "~", " "].contains(first) || "/\(first)".count == 1 {
            pieces[0] = first.utf8.map(escape).joined()
        }
        if let last = pieces.last, [".", " "].contains(last) {
            pieces[pieces.count - 1] = last.utf8.map(escape).joined()
        }
        let name = pieces.joined()
        if name.isEmpty { return "_" }
        let stem = name.prefix { $0 != "." }.lowercased()
        if reserved.contains(stem), let first = name.utf8.first { return escape(first) + String(name.dropFirst()) }
        guard name.utf8.count > longestName else { return name }
        let mark = String(Digest(of: bytes).description.prefix(16))
        return "\(cut(pieces, to: longestName - 40))~\(mark)\(ending(of: name))"
    }

    private static func cut(_ pieces: [String], to length: Int) -> String {
        var name = ""
        for piece in pieces {
            guard name.utf8.count + piece.utf8.count <= length else { break }
            name += piece
        }
        return name
    }

    /// A short ending such as `.png`; nothing when there is none.
    private static func ending(of name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let ending = name[dot...].utf8
        let isShort = (2...12).contains(ending.count)
        return isShort && ending.dropFirst().allSatisfy(isAlphanumeric) ? String(name[dot...]) : ""
    }

    /// Names that Windows keeps for devices.
    private static let reserved: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
    )

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }

    /// Letters, digits, marks and signs of any script, and of ASCII those that no shell takes for its own.
    private static func isPlain(_ scalar: UnicodeScalar) -> Bool {
        if scalar.isASCII { return isAlphanumeric(UInt8(scalar.value)) || " +,-._@~".unicodeScalars.contains(scalar) }
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default: return true
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
