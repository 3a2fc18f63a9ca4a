import Domain

/// What nmap calls a service, brought to what stays the same while the server does.
///
/// A label with a question mark is a guess by the port, `tcpwrapped` and `unknown` say that nothing was heard, and without
/// `-sV` every label comes from the port's number: none of these says who is there.
enum ServiceLabel {
    /// Labels that nmap gives to one protocol by turns.
    private static let families: [String: String] = [
        "http-proxy": "http", "http-alt": "http", "http-mgmt": "http", "https": "http", "https-alt": "http",
        "ssl|http": "http", "ftp-proxy": "ftp", "smtp-proxy": "smtp", "pop3-proxy": "pop3", "imap-proxy": "imap",
        "netbios-ssn": "smb", "microsoft-ds": "smb",
    ]

    /// `label` is the column SERVICE (`ssl/http`, `domain`, `https?`), `version` the column VERSION.
    static func identity(label: Substring, version: Substring) -> ServiceIdentity {
        var identity = ServiceIdentity()
        var name = label
        let isTLS = name.hasPrefix("ssl/") || name.hasPrefix("ssl|")
        if isTLS { name = name.dropFirst(4) }
        let says = !name.isEmpty && !name.hasSuffix("?") && !["tcpwrapped", "unknown", "ssl"].contains(name)
        if says {
            let family = families[String(name)] ?? String(name)
            let isSecure = isTLS || name.hasPrefix("https")
            identity.speaks = cut((isSecure ? "tls/" : "") + family)
        }
        let (product, number) = product(version)
        if !product.isEmpty { identity.product = cut(product) }
        if !product.isEmpty, let number { identity.version = cut(number) }
        return identity
    }

    /// `Apache httpd 2.2.15 ((CentOS))` is product and version; what stands in brackets differs from run to run.
    private static func product(_ text: Substring) -> (String, String?) {
        let plain = text.prefix { $0 != "(" && $0 != ";" }
        var words: [Substring] = []
        for word in plain.split(separator: " ") {
            let digits = word.first == "v" ? word.dropFirst() : word
            guard let first = digits.utf8.first, (0x30...0x39).contains(first) else {
                words.append(word)
                continue
            }
            // `2.X` and `3.0 - 3.2` say that nmap does not know.
            let rest = plain[word.endIndex...]
            let isVague = digits.contains("X") || rest.hasPrefix(" - ")
            return (words.joined(separator: " "), isVague ? nil : String(digits))
        }
        return (words.joined(separator: " "), nil)
    }

    /// A word from a server, no longer than it should be.
    static func cut(_ text: String) -> String { String(decoding: text.utf8.prefix(ImportLimits.word), as: UTF8.self) }
}
