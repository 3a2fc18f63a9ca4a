package import Domain
import Scope
import Wire

/// How a source's folders are asked for what they hold. Found at the base, and the same for all folders below it.
enum ListingWay: Hashable, Sendable {
    /// GET of the folder's own address.
    case page
    /// PROPFIND of the folder's own address, one level deep (RFC 4918 9.1).
    case collection
    /// The bucket's keys that begin with the folder's path: `ListObjectsV2`, or the first version where `isFirst`.
    case bucket(isFirst: Bool)
    /// GET of an address that the interface has for the folder, part by part.
    case interface

    /// What is asked for one part of a folder.
    struct Question: Sendable {
        var method = HTTPRequest.Method.get
        var address: WebAddress
        var headers: [(name: String, value: String)] = []
        /// The status of an answer that lists.
        var status = 200
        var folder: ListedFolder
    }

    /// The way that leads to listings of that format; nil for what a page shows that is asked for as it is.
    init?(format: String?, at base: WebAddress) {
        switch format {
        case "webdav": self = .collection
        case "s3": self = .bucket(isFirst: false)
        case .some(let format) where ListedInterface(format: format, at: base) != nil: self = .interface
        default: return nil
        }
    }

    /// What to ask for the part of a folder that `task` names; nil where its continuation is not one of this way's.
    func question(_ task: FolderTask, of base: WebAddress) -> Question? {
        switch (self, task.after) {
        case (.page, nil): return Question(address: task.address, folder: ListedFolder(task.address))
        case (.page, .link(let reference)):
            guard let address = task.address.resolving(reference), address.hasSameOrigin(as: base) else { return nil }
            return Question(address: address, folder: ListedFolder(task.address))
        case (.collection, nil):
            return Question(
                method: .propfind,
                address: task.address,
                headers: [("Depth", "1")],
                status: 207,
                folder: ListedFolder(task.address)
            )
        case (.bucket(let isFirst), let after):
            return Self.bucketQuestion(below: Self.prefix(of: base) + task.path.bytes, of: base, isFirst, after)
        case (.interface, let after):
            guard let interface = Self.interface(at: task.address), after == nil || after == .nextNumber else {
                return nil
            }
            let address = task.address.with(interface.target(ofPart: task.number))
            return Question(address: address, folder: ListedFolder(task.address, .names(interface)))
        default: return nil
        }
    }

    fileprivate static func interface(at address: WebAddress) -> ListedInterface? {
        ListedInterface(format: "alist", at: address) ?? ListedInterface(format: "kodexplorer", at: address)
    }

    /// The prefix that the address of a bucket's listing may name.
    private static func prefix(of base: WebAddress) -> [UInt8] {
        base.target.split(separator: "?", maxSplits: 1).dropFirst().joined().split(separator: "&")
            .first { $0.hasPrefix("prefix=") }
            .map { PathName(percentEncoded: $0.dropFirst(7).replacing("+", with: "%20")).bytes } ?? []
    }

    private static func bucketQuestion(
        below prefix: [UInt8],
        of base: WebAddress,
        _ isFirst: Bool,
        _ after: ListingContinuation?
    ) -> Question? {
        var pairs = [("delimiter", "%2F"), ("encoding-type", "url"), ("prefix", escaped(prefix))]
        switch after {
        case nil: if !isFirst { pairs.append(("list-type", "2")) }
        case .token(let token): pairs += [("list-type", "2"), ("continuation-token", escaped(token))]
        case .marker(let marker): pairs.append(("marker", escaped(marker)))
        case .link, .nextNumber: return nil
        }
        let root = base.with(base.path.hasSuffix("/") ? base.path : base.path + "/")
        let query = pairs.sorted { $0.0 < $1.0 }.map { "\($0)=\($1)" }.joined(separator: "&")
        return Question(address: root.with(root.path + "?" + query), folder: ListedFolder(root, .keys(prefix: prefix)))
    }

    private static func escaped(_ bytes: [UInt8]) -> String {
        PathName(bytes: bytes).description.replacing("/", with: "%2F")
    }
}

extension Source {
    /// Whether what lies behind the door can be listed and read.
    package var canBeCollected: Bool {
        switch kind {
        case .listing, .dataFolder, .bucket, .webDAV, .anonymousFTP: true
        case .unguardedContent: ListingWay.interface(at: base) != nil
        default: false
        }
    }
}
