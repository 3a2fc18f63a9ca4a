import Domain

/// What a template is run on: a website, or a service that speaks something else.
struct TemplateTarget: Hashable, Sendable {
    /// The name, or the address.
    var host: String
    var endpoint: Endpoint
    var scheme: WebAddress.Scheme
    /// The census' answer of the front page, where it kept one.
    var frontPage: Seal?
    /// When that was.
    var seen: Timestamp?

    /// Its root.
    var address: WebAddress { WebAddress(scheme: scheme, host: host, port: endpoint.port) }

    /// The variables that nuclei makes of an address.
    var variables: [String: Value] {
        let authority = address.authority
        let base = "\(scheme.rawValue)://\(authority)"
        var values: [String: Value] = [
            "BaseURL": Value(base), "RootURL": Value(base), "Hostname": Value(authority), "Host": Value(host),
            "Port": Value("\(endpoint.port)"), "Path": Value(""), "File": Value(""), "Scheme": Value(scheme.rawValue),
            "Input": Value(base), "FQDN": Value(host), "ip": Value("\(endpoint.address)"), "host": Value(base),
        ]
        guard IPAddress(host) == nil else { return values }
        let labels = host.split(separator: ".").map(String.init)
        values["TLD"] = Value(labels.last ?? "")
        values["RDN"] = Value(labels.suffix(2).joined(separator: "."))
        values["DN"] = Value(labels.suffix(2).first ?? "")
        values["SD"] = Value(labels.dropLast(2).joined(separator: "."))
        return values
    }
}
