import Domain

/// A folder that a script shows by its query: `?dir=a/b`.
///
/// What a query may ask for is named here; a link with any other key (`action`, `delete`, `logout` …) is not followed.
package struct FolderQuery: Sendable {
    /// Keys whose value is the path of a folder.
    static let folderKeys: Set<String> = [
        "dir", "path", "directory", "folder", "d", "cwd", "p", "f", "dirpath", "subdir", "sub",
    ]
    /// Keys whose value is the path or the name of a file.
    private static let fileKeys: Set<String> = ["file", "filename", "download", "dl", "view", "get", "fetch"]
    /// Keys that only say how to show it.
    private static let viewKeys: Set<String> = ["sort", "order", "sortby", "by", "c", "o", "lang", "theme"]
    /// Keys of numbered parts.
    private static let pageKeys: Set<String> = ["page", "pg", "offset", "start", "from"]
    /// Scripts beside the one that lists, which send a file.
    private static let sendingScripts: Set<String> = ["download", "dl", "get", "getfile", "file", "downloadfile"]
    /// Of a query, pairs beyond this make it none.
    private static let maximumPairs = 16

    /// One pair, as it is once decoded.
    struct Pair: Hashable, Sendable {
        var key: String
        var value: [UInt8]
    }

    let script: String
    let pairs: [Pair]
    /// The key that names the folder, and its path's segments.
    let key: String
    let segments: [ArraySlice<UInt8>]

    /// Nil where no pair of the query names a folder.
    package init?(_ target: String) {
        guard let (script, pairs) = Self.parts(of: target),
            let pair = pairs.first(where: { Self.folderKeys.contains($0.key) }),
            let segments = Self.segments(of: pair.value)
        else { return nil }
        (self.script, self.pairs, key, self.segments) = (script, pairs, pair.key, segments)
    }

    static func parts(of target: String) -> (script: String, pairs: [Pair])? {
        let bytes = Array(target.utf8)
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "?")) else { return (target, []) }
        let raw = bytes[(mark + 1)...].split(separator: UInt8(ascii: "&"))
        guard raw.count <= maximumPairs else { return nil }
        let pairs = raw.map { pair in
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair.dropFirst(key.count + 1).flatMap { $0 == UInt8(ascii: "+") ? Array("%20".utf8) : [$0] }
            return Pair(
                key: String(decoding: key.prefix(64), as: UTF8.self).lowercased(),
                value: [UInt8](percentEncoded: value)
            )
        }
        return (String(decoding: bytes[..<mark], as: UTF8.self), pairs)
    }

    /// Nil for a path that climbs.
    static func segments(of path: [UInt8]) -> [ArraySlice<UInt8>]? {
        let all = path.split(separator: UInt8(ascii: "/")).filter { !$0.elementsEqual(".".utf8) }
        return all.contains { $0.elementsEqual("..".utf8) } ? nil : all
    }

    /// Whether a pair does no more than choose and order what is shown, or was in the query of the folder itself.
    static func isHarmless(_ pair: Pair, beside own: [Pair]) -> Bool {
        folderKeys.contains(pair.key) || fileKeys.contains(pair.key) || viewKeys.contains(pair.key)
            || own.contains(pair)
    }

    /// What a query names as a file: nil where it names none, empty where it only says that a file is wanted.
    static func fileValue(of pairs: [Pair]) -> [UInt8]? {
        let value = pairs.first { fileKeys.contains($0.key) }?.value
        return value.map { ["1", "true", "yes"].contains(String(decoding: $0.prefix(8), as: UTF8.self)) ? [] : $0 }
    }

    /// Whether the script `other` may be asked for a file of this one's folder: itself, or one beside it that sends files.
    static func sends(_ other: String, for own: String) -> Bool {
        if isSame(other, own) { return true }
        guard folder(of: other) == folder(of: own) else { return false }
        let name = other.dropFirst(folder(of: other).count).prefix { $0 != "." }.lowercased()
        return sendingScripts.contains(name)
    }

    /// Whether both are one script: a folder's own page has two names.
    static func isSame(_ one: String, _ other: String) -> Bool {
        let bare = { (script: String) in
            let folder = folder(of: script)
            return LinkNames.isIndex(Array(script.utf8)[folder.utf8.count...]) ? folder : script
        }
        return bare(one) == bare(other)
    }

    static func folder(of script: String) -> String {
        String(script[...(script.lastIndex(of: "/") ?? script.startIndex)])
    }

    /// Whether `target` is the same question as `own` but for the number of the part, and which number that is.
    package static func page(of target: String, beside own: String) -> UInt64? {
        guard let (script, pairs) = parts(of: target), let (ownScript, ownPairs) = parts(of: own),
            isSame(script, ownScript)
        else { return nil }
        let hasFolder = pairs.contains { folderKeys.contains($0.key) && $0.key != "p" }
        let numbers = pairs.filter { pageKeys.contains($0.key) || ($0.key == "p" && hasFolder && $0.number != nil) }
        guard numbers.count == 1, let number = numbers[0].number else { return nil }
        let isNumber = { (pair: Pair) in pair.key == numbers[0].key }
        let kept = Set(pairs.filter { !isNumber($0) && !viewKeys.contains($0.key) })
        return kept == Set(ownPairs.filter { !isNumber($0) && !viewKeys.contains($0.key) }) ? number : nil
    }
}

extension FolderQuery.Pair {
    /// The value, where it is a whole number.
    var number: UInt64? {
        !value.isEmpty && value.allSatisfy(\.isDigit) ? UInt64(String(decoding: value.prefix(20), as: UTF8.self)) : nil
    }
}

extension ListedFolder {
    /// Where a link with a query leads, or one from a page that was asked for with a query.
    func place(ofQuery target: String, isFolder: Bool) -> Place {
        guard let (script, pairs) = FolderQuery.parts(of: target),
            let (ownScript, ownPairs) = FolderQuery.parts(of: address.target)
        else { return .outside }
        let own = query?.segments ?? []
        guard !pairs.isEmpty else { return place(ofFile: script, below: own) }
        guard pairs.allSatisfy({ FolderQuery.isHarmless($0, beside: ownPairs) }) else { return .outside }
        let named = pairs.first { FolderQuery.folderKeys.contains($0.key) && (query == nil || $0.key == query?.key) }
        if let file = FolderQuery.fileValue(of: pairs) {
            let folder = named.flatMap { FolderQuery.segments(of: $0.value) }
            guard FolderQuery.sends(script, for: ownScript),
                let segments = file.isEmpty ? folder : FolderQuery.segments(of: file), let name = segments.last,
                Array(segments.dropLast()) == own || (segments.count == 1 && folder == own)
            else { return .outside }
            return .below(name: name, target: target, isFolder: false)
        }
        guard FolderQuery.isSame(script, ownScript), let named else { return .outside }
        guard let segments = FolderQuery.segments(of: named.value), segments.count > own.count || own != segments else {
            return .above
        }
        if own.starts(with: segments) { return .above }
        guard let name = segments.last, Array(segments.dropLast()) == own else { return .outside }
        return .below(name: name, target: target, isFolder: isFolder)
    }

    /// A link without a query from a page with one: a file, where its path ends in the folder's and a name.
    private func place(ofFile target: String, below own: [ArraySlice<UInt8>]) -> Place {
        let decoded = PathName(percentEncoded: target).bytes
        if target.hasSuffix("/") { return path.starts(with: decoded) ? .above : .outside }
        guard decoded.starts(with: path), let rest = FolderQuery.segments(of: Array(decoded[path.count...])),
            let name = rest.last, Array(rest.dropLast().suffix(own.count)) == own,
            !(own.isEmpty && rest.count > 1), !FolderQuery.isSame(target, address.path)
        else { return .outside }
        return .below(name: name, target: target, isFolder: false)
    }
}
