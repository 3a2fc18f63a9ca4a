package import Domain

/// An interface that lists folders as data and has addresses of its own for what it lists.
package struct ListedInterface: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// AList and OpenList: `/api/fs/list?path=`, files at `/d/` and their path.
        case alist
        /// KodExplorer and KodBox: `?explorer/pathList&path=` and its like, files at the same with another word.
        case kodexplorer
    }

    package let kind: Kind
    /// The target that the folder was listed at.
    private let target: String
    /// The folder's path as the interface has it, decoded.
    private let path: [UInt8]

    /// The words by which KodExplorer (4) and KodBox list, and those by which they send a file.
    private static let words = [
        "explorer/pathList": "explorer/fileProxy", "share/pathList": "share/fileProxy",
        "explorer/list/path": "explorer/index/fileOut", "explorer/share/pathList": "explorer/share/fileOut",
    ]
    private static let alistPath = "/api/fs/list"

    /// Nil where the address of a page of that format is not one of the interface's.
    package init?(format: String, at address: WebAddress) {
        target = address.target
        let pair = FolderQuery.parts(of: target)?.pairs.first { $0.key == "path" }
        path = pair?.value ?? [UInt8(ascii: "/")]
        switch format {
        case AListListing().name:
            guard address.path.hasSuffix(Self.alistPath) else { return nil }
            kind = .alist
        case KodExplorerListing().name:
            kind = .kodexplorer
            guard pair != nil, word != nil else { return nil }
        default: return nil
        }
    }

    /// The first pair of the query that names what is to be done.
    private var word: (list: String, send: String)? {
        let first = target.drop { $0 != "?" }.dropFirst().prefix { $0 != "&" }
        return Self.words[String(first)].map { (String(first), $0) }
    }

    /// What to ask for; `handle` is what the interface gave beside the name.
    func target(of name: [UInt8], _ handle: ArraySlice<UInt8>, isFolder: Bool) -> String? {
        switch kind {
        case .alist:
            let below = path + (path.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")]) + name
            guard !isFolder else { return alist(listing: below) }
            let escaped = String(decoding: [UInt8](percentEncoding: below), as: UTF8.self)
            let sign = String(decoding: [UInt8](percentEncoding: handle), as: UTF8.self)
            return site + "/d" + (escaped.hasPrefix("/") ? escaped : "/" + escaped)
                + (sign.isEmpty ? "" : "?sign=" + sign.replacing("/", with: "%2F"))
        case .kodexplorer:
            guard let word, !handle.isEmpty else { return nil }
            let place = replacing(path: handle)
            return isFolder ? place : place.replacing("?" + word.list, with: "?" + word.send, maxReplacements: 1)
        }
    }

    /// The target of one part of a folder, counted from 1.
    package func target(ofPart number: Int) -> String {
        kind == .alist ? alist(listing: path) + "&page=\(number)&per_page=1000" : target
    }

    private var site: String { String(target.prefix { $0 != "?" }.dropLast(Self.alistPath.count)) }

    private func alist(listing path: [UInt8]) -> String {
        site + Self.alistPath + "?path=" + String(decoding: [UInt8](percentEncoding: path), as: UTF8.self)
    }

    private func replacing(path: ArraySlice<UInt8>) -> String {
        let mark = target.prefix { $0 != "?" }
        let pairs = target.dropFirst(mark.count + 1).split(separator: "&", omittingEmptySubsequences: false).map {
            pair in
            pair.hasPrefix("path=")
                ? "path=" + String(decoding: [UInt8](percentEncoding: path), as: UTF8.self) : String(pair)
        }
        return mark + "?" + pairs.joined(separator: "&")
    }
}
