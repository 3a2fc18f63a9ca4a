package import Domain
import Scope
import Vault
import Wire

/// One website while it is looked at: every answer is asked for once, sealed, and kept for the checks.
///
/// An actor, because the pages and the budget live as long as the visit and several checks share them.
package actor Visit {
    package nonisolated let site: WebsiteSighting
    nonisolated let limits: DoorsLimits
    private let gate: Gate
    private let vault: Vault

    /// What may be asked: reading, and nothing else.
    package enum Method: Hashable, Sendable {
        case get
        /// PROPFIND with the depth 1: what lies directly in a folder.
        case propfind
    }

    private struct Asked: Hashable {
        var method: Method
        var address: WebAddress
    }

    private var pages: [Asked: Page] = [:]
    private var requests = 0
    private var bytes = 0
    private var mayProve = false
    /// What could not be asked or read.
    private(set) var faults: [Fault] = []
    /// Whether requests were left out because the budget was used up, or the server did not answer.
    private(set) var isCutShort = false
    /// Whether an answer said that the server is too busy: of what stands there nothing is known.
    private(set) var wasBusy = false
    private var failuresInARow = 0
    private let deadline: ContinuousClock.Instant
    private var survey: Survey?

    /// After so many failed requests in a row the website is left alone.
    private static let failures = 5

    init(site: WebsiteSighting, gate: Gate, vault: Vault, limits: DoorsLimits) {
        self.site = site
        self.gate = gate
        self.vault = vault
        self.limits = limits
        deadline = .now + limits.time
    }

    /// The answer at an address of this website; nil when there was none, or no more may be asked. Redirects are not
    /// followed.
    ///
    /// Of a body at most `limit` bytes are read, and never more than the visit's own limit.
    package func get(
        _ address: WebAddress,
        by method: Method = .get,
        upTo limit: Int = .max
    ) async throws(DoorsError) -> Page? {
        guard address.hasSameOrigin(as: site.address), !address.hasDisguisedDots, !address.asksForChange
        else { return nil }
        let asked = Asked(method: method, address: address)
        if let page = pages[asked] { return page }
        let budget = mayProve ? limits.requests : limits.requests - limits.keptForProof
        let room = mayProve ? limits.siteBytes : limits.siteBytes / 4 * 3
        guard requests < budget, bytes < room, failuresInARow < Self.failures,
            ContinuousClock.now < deadline, !Task.isCancelled
        else {
            isCutShort = true
            return nil
        }
        requests += 1
        let page = try await ask(asked, upTo: min(limit, limits.bodyBytes))
        if let page {
            pages[asked] = page
            bytes += page.body.count
        }
        return page
    }

    /// The answer at a path of this website.
    package func get(
        path: String,
        by method: Method = .get,
        upTo limit: Int = .max
    ) async throws(DoorsError) -> Page? {
        guard let address = site.address.resolving(Array(path.utf8)) else { return nil }
        return try await get(address, by: method, upTo: limit)
    }

    /// From here on the requests kept back for the proof may be used.
    func beginProof() { mayProve = true }

    /// What the website's own pages tell, read once.
    package func surveyed() async throws(DoorsError) -> Survey {
        if let survey { return survey }
        let made = try await Survey(of: self)
        survey = made
        return made
    }

    private func ask(_ asked: Asked, upTo limit: Int) async throws(DoorsError) -> Page? {
        let address = asked.address
        var exchangeLimits = ExchangeLimits(rateWindow: .seconds(15), total: limits.answerTime)
        exchangeLimits.contentLength = UInt64(limit)
        var writer: ExchangeWriter?
        var body: [UInt8] = []
        do {
            let vault = vault
            let request =
                switch asked.method {
                case .get: HTTPRequest(.get, address, at: site.endpoint)
                case .propfind: HTTPRequest(.propfind, address, at: site.endpoint, headers: [("Depth", "1")])
                }
            let reply = try await gate.exchange(request, limits: exchangeLimits) { part in
                switch part {
                case .head(let reply): writer = try await Self.begin(reply, vault)
                case .body(let raw, let content):
                    try await writer?.append(raw: raw, content: content)
                    body += content
                }
            }
            guard let sealed = try await writer?.finish(truncated: reply.truncated?.rawValue) else { return nil }
            // Who only drips is as good as silent.
            // Nor is more asked of who says that it is too much.
            failuresInARow = reply.truncated == .time || reply.status == 429 ? failuresInARow + 1 : 0
            if reply.truncated == .time { isCutShort = true }
            let page = Page(reply, body, sealed.response)
            wasBusy = wasBusy || page.isBusy
            return page
        } catch let error as VaultError {
            throw DoorsError(.vault, "sealing \(address): \(error)")
        } catch {
            await writer?.abandon()
            failuresInARow += 1
            isCutShort = true
            faults.append(Fault(what: "\(error)", address: address))
            return nil
        }
    }

    private static func begin(_ reply: HTTPReply, _ vault: Vault) async throws(VaultError) -> ExchangeWriter {
        let head = ExchangeHead(
            address: reply.address,
            endpoint: reply.endpoint,
            request: reply.request,
            began: reply.began,
            facts: [:]
        )
        let writer = try await vault.beginExchange(head)
        try await writer.append(head: reply.rawHead)
        return writer
    }
}

extension WebAddress {
    /// Whether a segment is `.` or `..` once it is decoded, or holds a separator. Browsers send no such thing, and some
    /// servers would leave their folder: what a page gives away is never made a way to climb.
    var hasDisguisedDots: Bool {
        path.split(separator: "/").contains { segment in
            // Some servers undo the encoding twice.
            let once = PathName(percentEncoded: segment)
            let twice = PathName(percentEncoded: String(decoding: once.bytes, as: UTF8.self))
            return [once.bytes, twice.bytes].contains { name in
                [[0x2e], [0x2e, 0x2e]].contains(name)
                    || name.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 == 0 }
            }
        }
    }

    private static let changes: Set<String> = [
        "delete", "destroy", "disable", "erase", "kill", "logoff", "logout", "poweroff", "purge", "reboot", "remove",
        "reset", "restart", "revoke", "shutdown", "signoff", "signout", "uninstall", "unsubscribe", "wipe",
    ]

    /// Whether a word of the address asks for a change: `/api/deleteFile`, `?action=log-out`. A careless application does so
    /// on a GET as well.
    var asksForChange: Bool {
        var words: [String] = []
        var word = ""
        for letter in target.unicodeScalars {
            if !letter.properties.isAlphabetic || letter.properties.isUppercase && word.last?.isLowercase == true {
                words.append(word)
                word = ""
            }
            if letter.properties.isAlphabetic { word.unicodeScalars.append(letter) }
        }
        words = (words + [word]).filter { !$0.isEmpty }.map { $0.lowercased() }
        return !Self.changes.isDisjoint(with: words)
            || zip(words, words.dropFirst()).contains { Self.changes.contains($0 + $1) }
    }
}

extension Page {
    fileprivate init(_ reply: HTTPReply, _ body: [UInt8], _ seal: Seal) {
        let type = reply.headers["content-type"] ?? ""
        self.init(
            address: reply.address,
            status: reply.status,
            body: body,
            isWhole: reply.truncated == nil,
            location: reply.headers.bytes(of: "location").flatMap { reply.address.resolving($0) },
            type: String(type.prefix { $0 != ";" }).lowercased(),
            seal: seal,
            at: reply.ended
        )
    }
}
