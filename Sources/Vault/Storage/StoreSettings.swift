/// Where the store of a case is, and how its objects are named. Credentials are not part of it.
package struct StoreSettings: Hashable, Codable, Sendable {
    /// How an address names the bucket: behind the endpoint, `https://host/bucket/key`, or in the host's name,
    /// `https://bucket.host/key`.
    package enum Style: String, Hashable, Codable, Sendable {
        case path
        case host
    }

    /// What is done with full segments at the end of a command that made a run.
    package enum AfterRun: String, Hashable, Codable, Sendable {
        /// They are brought to the store, and stay here as well.
        case push
        /// They are removed here when they were proven to be there.
        case drop = "push-and-drop"
    }

    /// `https://host` or `https://host:port`. Plain `http` is taken for loopback addresses only: evidence does not travel
    /// in the clear.
    package var endpoint: String
    package var bucket: String
    /// What the names of all objects begin with, such as `cases/2024`; none when empty.
    package var prefix: String?
    /// The region that requests are signed for; `us-east-1` when nil, which most stores that are not Amazon's take.
    package var region: String?
    /// `path` when nil.
    package var style: Style?
    /// A file with access keys in the form of `~/.aws/credentials`; when nil, the environment has them.
    package var credentials: String?
    /// The section of that file; `default` when nil.
    package var profile: String?
    /// A file with the certificates (PEM) that the store's own must lead to, besides those of the system.
    package var certificates: String?
    /// Nothing is brought to the store unasked when nil.
    package var afterRun: AfterRun?
    /// MiB at which a segment is full; 1,024 when nil. Smaller ones come to the store sooner.
    package var segment: Int?

    /// The settings by name.
    package static let keys: Set<String> = [
        "endpoint", "bucket", "prefix", "region", "style", "credentials", "profile", "certificates",
        "afterRun", "segment",
    ]

    package init(endpoint: String, bucket: String) {
        self.endpoint = endpoint
        self.bucket = bucket
    }

    var regionName: String { region ?? "us-east-1" }

    /// The store in words, without anything secret: `bucket/prefix at https://host`.
    package var place: String {
        "\(([bucket] + [prefix ?? ""].filter { !$0.isEmpty }).joined(separator: "/")) at \(endpoint)"
    }

    /// What is wrong with the settings, in words; nil when they can be used.
    package var problem: String? {
        guard let address = EndpointAddress(endpoint) else {
            return
                "endpoint is https://host or https://host:port; http is taken for 127.0.0.1, [::1] and localhost only"
        }
        let letters = Set("abcdefghijklmnopqrstuvwxyz0123456789.-")
        guard (3...63).contains(bucket.count), bucket.allSatisfy(letters.contains), bucket.first != ".",
            bucket.first != "-", !bucket.contains("..")
        else { return "bucket has 3 to 63 small letters, digits, dots and hyphens" }
        let named = letters.union("ABCDEFGHIJKLMNOPQRSTUVWXYZ_/")
        let parts = (prefix ?? "").split(separator: "/", omittingEmptySubsequences: false)
        if let prefix, !prefix.isEmpty,
            !prefix.allSatisfy(named.contains) || prefix.count > 200
                || parts.contains(where: { ["", ".", ".."].contains($0) })
        {
            return "prefix is words of letters, digits, dots, hyphens and underscores, with a slash between them"
        }
        if let region, !(1...64).contains(region.count) || !region.allSatisfy(letters.contains) {
            return "region is a word such as eu-central-1"
        }
        if let segment, !(1...65_536).contains(segment) { return "segment is 1 to 65536 MiB" }
        guard style == .host, address.isAddress else { return nil }
        return "style = \"host\" needs an endpoint with a name"
    }
}

/// The address of a store's endpoint, taken apart.
struct EndpointAddress {
    let isSecure: Bool
    /// In brackets where it is an IPv6 address.
    let host: String
    let port: Int?

    init?(_ text: String) {
        guard let mark = text.firstRange(of: "://") else { return nil }
        var rest = text[mark.upperBound...]
        switch text[..<mark.lowerBound] {
        case "https": isSecure = true
        case "http": isSecure = false
        default: return nil
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        let end = rest.first == "[" ? rest.firstIndex(of: "]").map { rest.index(after: $0) } : rest.firstIndex(of: ":")
        host = String(rest[..<(end ?? rest.endIndex)])
        let behind = rest[(end ?? rest.endIndex)...]
        if behind.isEmpty {
            port = nil
        } else {
            guard behind.first == ":", let number = UInt16(behind.dropFirst()), number > 0 else { return nil }
            port = Int(number)
        }
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]")
        guard !host.isEmpty, host.count <= 253, host.allSatisfy(letters.contains), isSecure || isLoopback else {
            return nil
        }
    }

    /// Whether the host is an address and not a name.
    var isAddress: Bool { host.hasPrefix("[") || host.allSatisfy { $0.isNumber || $0 == "." } }

    private var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || (host.hasPrefix("127.") && isAddress)
    }

    /// The `Host` of a request: with the port where it is not the scheme's own.
    func authority(_ name: String) -> String {
        guard let port, port != (isSecure ? 443 : 80) else { return name }
        return "\(name):\(port)"
    }
}
