package import Domain

/// zgrab2's results, a JSON object a line: what each target said, and how the attempt ended.
///
/// What it asked is what it lists, so nothing can be missing from it; a refusal or a silence is told in so many words.
package struct ZgrabLines: ScanFormat {
    package static let name = "zgrab2 JSON lines"

    private let hints: ImportHints
    private var times = AnswerTimes()

    package static func recognises(_ opening: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: opening.drop { $0 <= 0x20 }, as: UTF8.self)
        return text.hasPrefix("{") && text.contains("\"data\":") && text.contains("\"status\":")
    }

    package init(hints: ImportHints) {
        self.hints = hints
    }

    package mutating func read(_ line: ScanLine, into draft: inout ScanDraft) {
        if line.isBlank { return draft.passOver(line) }
        // The last line of a whole file may have no end; half an object is no object.
        guard let object = JSONLine(line.bytes) else { return draft.notUnderstood(line) }
        let modules = object.members("data")
        guard let address = object.text("ip").flatMap({ IPAddress($0) }), !modules.isEmpty else {
            return draft.fault(line, "names no address that was asked")
        }
        for module in modules { read(module, of: object, address, line, &draft) }
    }

    private mutating func read(
        _ module: String,
        of object: JSONLine,
        _ address: IPAddress,
        _ line: ScanLine,
        _ draft: inout ScanDraft
    ) {
        let path = "data.\(module)."
        let only = hints.ports.flatMap { $0.count == 1 ? $0.ranges.first?.lowerBound : nil }
        guard let port = (object.text(path + "port") ?? object.text("port")).flatMap({ UInt16($0) }) ?? only, port > 0
        else {
            return draft.fault(line, "does not say which port was asked; name it with --ports")
        }
        if let at = object.text(path + "timestamp").flatMap({ Self.time($0) }) { times.note(at) }
        let said = object.text(path + "protocol") ?? module
        let transport: Transport = ["dns", "ntp", "siemens-udp", "bacnet", "ipmi", "snmp"].contains(said) ? .udp : .tcp
        switch object.text(path + "status") {
        case "success", "application-error", "protocol-error", "connection-closed", "io-timeout":
            let isHeard = object.text(path + "status") == "success"
            draft.see(address, port, transport, isHeard ? identity(said, object, path) : ServiceIdentity(), at: line)
        case "connection-refused":
            draft.sheet(address, transport) {
                $0.presence = .answered
                $0.closed = $0.closed.union(PortSet(CollectionOfOne(port)))
            }
        case "connection-timeout", "no-route", "unreachable":
            draft.sheet(address, transport) { $0.noAnswer = $0.noAnswer.union(PortSet(CollectionOfOne(port))) }
        case let status:
            draft.fault(
                line,
                "ended with \(status.map { PathName(bytes: $0.utf8.prefix(40)).display } ?? "no status"), which says nothing of the port"
            )
        }
    }

    private func identity(_ said: String, _ object: JSONLine, _ path: String) -> ServiceIdentity {
        let result = path + "result."
        let certificate = ["handshake_log", "tls.handshake_log", "response.request.tls_log.handshake_log"].lazy
            .compactMap {
                object.text(result + $0 + ".server_certificates.certificate.parsed.fingerprint_sha256")
            }
            .first
        let key = object.text(result + "key_exchange.server_host_key.fingerprint_sha256")
        let server = object.text(result + "response.headers.server.0") ?? object.text(result + "server_id.software")
        let label = said.hasPrefix("http") ? "http" : said
        var identity = ServiceLabel.identity(
            label: label[...],
            version: (server ?? "").prefix { $0 != "(" }.split(separator: "/", maxSplits: 1).joined(separator: " ")[...]
        )
        if said == "https" || (label == "http" && certificate != nil) { identity.speaks = "tls/http" }
        identity.certificate = certificate.map { "sha256:" + ServiceLabel.cut($0) }
        identity.hostKeys = key.map { ["sha256 " + ServiceLabel.cut($0)] }
        return identity
    }

    /// RFC 3339 with a `Z` or an offset.
    private static func time(_ text: String) -> Timestamp? {
        if text.hasSuffix("Z") { return Timestamp(text) }
        guard text.utf8.count > 19, let plain = Timestamp(text.prefix(19) + "Z"),
            let sign = text.dropFirst(19).lastIndex(where: { $0 == "+" || $0 == "-" }),
            let minutes = LocalTime.offset(text[sign...])
        else { return nil }
        return plain.adding(seconds: Int64(-minutes * 60))
    }

    package mutating func finish(_ draft: inout ScanDraft) -> ScanReport {
        times.report(tool: "zgrab2", isFinished: true, hints)
    }
}
