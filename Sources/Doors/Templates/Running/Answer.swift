package import Domain
package import Wire

/// What came back, as matchers see it, with its seal.
package struct Answer: Sendable {
    /// Such as `http://…`, `tcp://…`, `dns:…`.
    package var place: String
    package var status: Int?
    /// Whether all that was sent has been read; of what is missing nothing is said.
    package var isWhole: Bool
    /// What matchers call by name: `body`, `header`, `status_code`, `location` …
    package var values: [String: Value]
    /// Where a redirect leads, resolved.
    package var location: WebAddress?
    package var seal: Seal
    package var at: Timestamp

    /// Whether the server, or what stands before it, only says that it cannot answer now.
    var isBusy: Bool { status.map { [429, 502, 503, 504].contains($0) } ?? false }

    var evidence: TemplateFinding.Evidence {
        TemplateFinding.Evidence(role: .matched, place: place, status: status, seal: seal, at: at)
    }
}

extension Answer {
    /// An answer over HTTP. Names of headers and cookies are in lower case with `_` for `-`, as nuclei has them.
    package init(
        address: WebAddress,
        head: [UInt8],
        parsed: HTTPHead,
        body: [UInt8],
        isWhole: Bool,
        seconds: Double,
        seal: Seal,
        at: Timestamp
    ) {
        place = address.description
        status = parsed.status
        self.isWhole = isWhole
        self.seal = seal
        self.at = at
        location = parsed.fields.bytes(of: "location").flatMap { address.resolving($0) }
        values = [:]
        for cookie in parsed.fields.all("set-cookie") {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { continue }
            values[String(pair[0]).trimmingBlanks.lowercased()] = Value(String(pair[1]))
        }
        for name in Set(parsed.fields.map { $0.name.lowercased() }) {
            let joined = parsed.fields.filter { $0.name.lowercased() == name }.map(\.value).joined(separator: [0x20])
            values[name.replacing("-", with: "_")] = .text(Array(joined))
        }
        values["status_code"] = Value(parsed.status)
        values["body"] = .text(body)
        values["header"] = .text(head)
        values["all_headers"] = .text(head)
        values["response"] = .text(head + body)
        values["raw"] = .text(head + body)
        values["all"] = .text(body + head)
        values["content_length"] = Value(parsed.fields["content-length"].flatMap { Int($0) } ?? body.count)
        values["duration"] = .number(seconds)
        values["matched"] = Value(address.description)
    }
}
