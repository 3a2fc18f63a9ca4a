package import Domain

/// The folder that was asked for, against which what a page lists is held.
package struct ListedFolder: Sendable {
    /// What a page's references are.
    package enum Form: Hashable, Sendable {
        /// Links, of which those count that lead directly below the folder's address.
        case links
        /// Keys of the bucket that the address stands for, of which those count that begin with a prefix.
        case keys(prefix: [UInt8])
        /// Names, for which an interface has addresses.
        case names(ListedInterface)
        /// Names, percent-encoded, each of something directly in the folder.
        case segments
    }

    enum Place {
        /// Directly below: the name as it is once decoded, and the target to ask for.
        case below(name: ArraySlice<UInt8>, target: String, isFolder: Bool)
        case above
        case outside
    }

    let address: WebAddress
    let form: Form
    /// The folder's path without query and without what follows its last slash, as spelled and as decoded.
    let own: String
    let path: [UInt8]
    /// Where the folder is named by a query.
    let query: FolderQuery?

    package init(_ address: WebAddress, _ form: Form = .links) {
        self.address = address
        self.form = form
        let full = address.path
        own = full.hasSuffix("/") ? full : String(full[...(full.lastIndex(of: "/") ?? full.startIndex)])
        path = PathName(percentEncoded: own).bytes
        query = FolderQuery(address.target)
    }

    /// What to ask for, where an entry lies directly below the folder and its name can be one.
    package func target(of entry: ListedEntry) -> String? {
        var entries = ListedEntries(text: PackedText())
        entries.packed = [.init(reference: entries.text.append(entry.reference), columns: .none)]
        entries.packed[0].kind = entry.isFolder ? .folder : .file
        guard case .below(let name, let target, _) = place(of: entries.packed[0], in: entries), name.isUsableName else {
            return nil
        }
        return target
    }

    func place(of entry: ListedEntries.Packed, in entries: ListedEntries) -> Place {
        let reference = entries.reference(of: entry)
        switch form {
        case .links: return place(ofLink: reference, isFolder: entries.isFolder(entry))
        case .keys(let prefix): return place(ofKey: reference, below: prefix)
        case .segments:
            let isFolder = entries.isFolder(entry)
            let target = own + String(decoding: reference, as: UTF8.self) + (isFolder ? "/" : "")
            return .below(name: [UInt8](percentEncoded: reference)[...], target: target, isFolder: isFolder)
        case .names(let interface):
            let name = [UInt8](percentEncoded: reference.last == UInt8(ascii: "/") ? reference.dropLast() : reference)
            let isFolder = entries.isFolder(entry)
            let target = interface.target(of: name, entries.handle(of: entry), isFolder: isFolder)
            return target.map { .below(name: name[...], target: $0, isFolder: isFolder) } ?? .outside
        }
    }

    private func place(ofLink reference: ArraySlice<UInt8>, isFolder: Bool) -> Place {
        if query == nil, let simple = simple(reference, isFolder) { return simple }
        guard let found = address.resolving(reference), found.hasSameOrigin(as: address) else { return .outside }
        let target = found.target
        if target.contains("?") || query != nil { return place(ofQuery: target, isFolder: isFolder) }
        if target.hasSuffix("/"), path.starts(with: PathName(percentEncoded: target).bytes) { return .above }
        guard let rest = remainder(of: target) else { return .outside }
        let isSlashed = rest.last == "/"
        let segment = isSlashed ? rest.dropLast() : rest
        guard !segment.isEmpty, !segment.contains("/") else { return .outside }
        let slash = isFolder && !isSlashed ? "/" : ""
        return .below(name: PathName(percentEncoded: segment).bytes[...], target: target + slash, isFolder: isFolder)
    }

    /// A bare name, perhaps with escapes, and perhaps a slash: what most links are.
    private func simple(_ reference: ArraySlice<UInt8>, _ isFolder: Bool) -> Place? {
        let isSlashed = reference.last == UInt8(ascii: "/")
        let name = isSlashed ? reference.dropLast() : reference
        guard let first = name.first, first != UInt8(ascii: "."), reference.count <= 8_192 else { return nil }
        var isEscaped = false
        for byte in name {
            switch byte {
            case UInt8(ascii: "%"): isEscaped = true
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: "\""),
                UInt8(ascii: "<"), UInt8(ascii: ">"):
                return nil
            case 0x21...0x7e: break
            default: return nil
            }
        }
        let decoded = isEscaped ? [UInt8](percentEncoded: name)[...] : name
        let slash = isFolder && !isSlashed ? "/" : ""
        return .below(
            name: decoded,
            target: own + String(decoding: reference, as: UTF8.self) + slash,
            isFolder: isFolder
        )
    }

    /// What follows the folder's path, which the link may spell with other escapes.
    private func remainder(of target: String) -> Substring? {
        if target.hasPrefix(own) { return target.dropFirst(own.count) }
        let depth = path.count { $0 == UInt8(ascii: "/") }
        var slashes = 0
        guard
            let end = target.firstIndex(where: { character in
                if character == "/" { slashes += 1 }
                return slashes == depth
            })
        else { return nil }
        return PathName(percentEncoded: target[...end]).bytes == path ? target[target.index(after: end)...] : nil
    }

    /// A key that lies deeper stands for the folder that it lies in: some servers do not put keys together.
    private func place(ofKey reference: ArraySlice<UInt8>, below prefix: [UInt8]) -> Place {
        let key = [UInt8](percentEncoded: reference)
        guard key.starts(with: prefix), key.count > prefix.count else { return .outside }
        let slash = key[prefix.count...].firstIndex(of: UInt8(ascii: "/"))
        let end = slash.map { $0 + 1 } ?? key.count
        let target = own + String(decoding: [UInt8](percentEncoding: key[..<end]), as: UTF8.self)
        return .below(name: key[prefix.count..<(slash ?? end)], target: target, isFolder: slash != nil)
    }
}

extension ArraySlice<UInt8> {
    /// Whether no byte of it makes it a path, or the folder itself or the one above.
    var isUsableName: Bool {
        !contains(UInt8(ascii: "/")) && !contains(0) && !elementsEqual(".".utf8) && !elementsEqual("..".utf8)
    }
}
