extension WebAddress {
    /// The address that `reference`, as found on this page or in its `Location`, leads to (RFC 3986 5.2).
    ///
    /// Bytes that a URI may not hold are percent-encoded as they stand; existing escapes are left alone. Nil for other
    /// schemes (`javascript:`, `mailto:`), user names, and anything over 8 KiB.
    package func resolving(_ reference: some Collection<UInt8>) -> WebAddress? {
        guard reference.count <= 8_192 else { return nil }
        let text = Self.escaped(reference.prefix { $0 != UInt8(ascii: "#") })
        if text.hasPrefix("//") { return WebAddress("\(scheme.rawValue):\(text)")?.normalised }
        if text.hasPrefix("/") { return with(target: text) }
        if text.hasPrefix("?") { return with(target: path + text) }
        if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/"), Self.isScheme(text[..<colon]) {
            return WebAddress(text)?.normalised
        }
        guard !text.isEmpty else { return self }
        return with(target: path.prefix(through: path.lastIndex(of: "/") ?? path.startIndex) + text)
    }

    private var normalised: WebAddress { with(target: target) }

    private func with(target: some StringProtocol) -> WebAddress {
        let path = target.prefix { $0 != "?" }
        let query = target[path.endIndex...]
        var address = self
        address.target = Self.withoutDotSegments(path) + query
        return address
    }

    /// RFC 3986 5.2.4, without its string surgery.
    private static func withoutDotSegments(_ path: some StringProtocol) -> String {
        var kept: [Substring] = []
        let segments = String(path).dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case ".": if isLast { kept.append("") }
            case "..":
                _ = kept.popLast()
                if isLast { kept.append("") }
            default: kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 20 else { return false }
        let isLetter = { (byte: UInt8) in (65...90).contains(byte) || (97...122).contains(byte) }
        return isLetter(first)
            && text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || "+-.".utf8.contains($0) }
    }

    private static func escaped(_ bytes: some Collection<UInt8>) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if (0x21...0x7e).contains(byte), byte != UInt8(ascii: "\""), byte != UInt8(ascii: "<"),
                byte != UInt8(ascii: ">")
            {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
