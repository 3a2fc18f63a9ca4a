package import Domain

/// The folder that was asked for, against which links are held.
package struct ListedFolder: Sendable {
    enum Place {
        /// Directly below: the name as it is once decoded, the target to ask for, and whether that ends in a slash.
        case below(name: ArraySlice<UInt8>, target: String, isSlashed: Bool)
        case above
        case outside
    }

    private let address: WebAddress
    /// The folder's path without query, as spelled and as decoded.
    private let own: String
    private let path: [UInt8]

    /// `address` ends in a slash.
    package init(_ address: WebAddress) {
        self.address = address
        own = address.path
        path = PathName(percentEncoded: own).bytes
    }

    /// What to ask for, where a link leads to something directly below the folder that can be a name.
    package func target(of reference: [UInt8]) -> String? {
        guard case .below(let name, let target, _) = place(of: reference[...]), name.isUsableName else { return nil }
        return target
    }

    func place(of reference: ArraySlice<UInt8>) -> Place {
        if let simple = simple(reference) { return simple }
        guard let found = address.resolving(reference), found.hasSameOrigin(as: address) else { return .outside }
        let target = found.target
        if target.hasSuffix("/"), path.starts(with: PathName(percentEncoded: target).bytes) { return .above }
        guard !target.contains("?"), let rest = remainder(of: target) else { return .outside }
        let isFolder = rest.last == "/"
        let segment = isFolder ? rest.dropLast() : rest
        guard !segment.isEmpty, !segment.contains("/") else { return .outside }
        return .below(name: PathName(percentEncoded: segment).bytes[...], target: target, isSlashed: isFolder)
    }

    /// A bare name, perhaps with escapes, and perhaps a slash: what most links are.
    private func simple(_ reference: ArraySlice<UInt8>) -> Place? {
        let isFolder = reference.last == UInt8(ascii: "/")
        let name = isFolder ? reference.dropLast() : reference
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
        return .below(name: decoded, target: own + String(decoding: reference, as: UTF8.self), isSlashed: isFolder)
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
}

extension ArraySlice<UInt8> {
    /// Whether no byte of it makes it a path, or the folder itself or the one above.
    var isUsableName: Bool {
        !contains(UInt8(ascii: "/")) && !contains(0) && !elementsEqual(".".utf8) && !elementsEqual("..".utf8)
    }
}
