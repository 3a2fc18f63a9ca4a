import Domain

/// How the addresses of a run are asked: as the template has them, or with random names in their place.
enum AddressShape: Hashable, Sendable {
    case asWritten
    /// The last part of the path is a name that cannot be there; its ending stays.
    case besides(String)
    /// The whole path is one, two folders deep; the ending stays.
    case elsewhere(String)

    /// The address in this shape. The query stays as it is.
    func applied(to address: WebAddress) -> WebAddress {
        var changed = address
        let path = address.path
        let query = String(address.target.dropFirst(path.count))
        switch self {
        case .asWritten: break
        case .besides(let name):
            let isFolder = path.count > 1 && path.hasSuffix("/")
            let kept = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(isFolder ? 2 : 1)
            let folder = kept.joined(separator: "/")
            changed.target = folder + "/" + name + Self.ending(of: path) + (isFolder ? "/" : "") + query
        case .elsewhere(let name):
            changed.target = "/\(name.reversed().map(String.init).joined())/\(name)\(Self.ending(of: path))\(query)"
        }
        return changed
    }

    /// `.php` of `/a/b.php`; empty for folders and names without one.
    private static func ending(of path: String) -> String {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        let ending = String(name[dot...])
        return ending.utf8.count <= 12 ? ending : ""
    }
}
