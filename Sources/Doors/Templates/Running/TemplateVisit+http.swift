import Domain
import Scope
import Vault
import Wire

extension TemplateVisit {
    /// One exchange, sealed.
    func exchange(
        _ method: HTTPRequest.Method,
        _ address: WebAddress,
        _ headers: [HTTPHeader]
    ) async throws -> Answer {
        var exchangeLimits = ExchangeLimits(rateWindow: .seconds(15), total: limits.answerTime)
        exchangeLimits.contentLength = UInt64(limits.bodyBytes)
        // The same name at the same address: another port is another service of it.
        let endpoint = Endpoint(target.endpoint.address, address.port)
        let request = HTTPRequest(method, address, at: endpoint, headers: headers.map { ($0.name, $0.value) })
        var writer: ExchangeWriter?
        var body: [UInt8] = []
        let began = ContinuousClock.now
        do {
            let vault = vault
            let reply = try await gate.exchange(request, limits: exchangeLimits) { part in
                switch part {
                case .head(let reply):
                    let head = ExchangeHead(
                        address: reply.address,
                        endpoint: reply.endpoint,
                        request: reply.request,
                        began: reply.began
                    )
                    writer = try await vault.beginExchange(head)
                    try await writer?.append(head: reply.rawHead)
                case .body(let raw, let content):
                    try await writer?.append(raw: raw, content: content)
                    body += content
                }
            }
            guard let sealed = try await writer?.finish(truncated: reply.truncated?.rawValue) else {
                throw GateError(.closed, attempted: "\(method.rawValue) \(address)", endpoint: endpoint)
            }
            let taken = began.duration(to: .now)
            return Answer(
                address: address,
                head: reply.rawHead,
                parsed: try HTTPHead(parsing: reply.rawHead),
                body: body,
                isWhole: reply.truncated == nil,
                seconds: Double(taken.components.seconds) + Double(taken.components.attoseconds) * 1e-18,
                seal: sealed.response,
                at: reply.ended
            )
        } catch {
            await writer?.abandon()
            throw error
        }
    }

    /// Takes the front page that the census kept, so that it is not asked for again.
    func takeStoredFrontPage() throws(DoorsError) {
        guard let seal = target.frontPage, let payload = seal.payload, seal.length <= UInt64(limits.bodyBytes) else {
            return
        }
        let address = target.address
        do {
            let record = try vault.record(at: seal)
            guard let start = HTTPHead.end(in: record), Self.isAnswer(record[..<start], of: address),
                let length = HTTPHead.end(in: record[start...])
            else { return }
            let head = Array(record[start..<(start + length)])
            let answer = Answer(
                address: address,
                head: head,
                parsed: try HTTPHead(parsing: head),
                body: try vault.bytes(of: payload, upTo: limits.bodyBytes),
                isWhole: true,
                seconds: 0,
                seal: seal,
                at: target.seen ?? gate.clock.now()
            )
            keep(answer, for: .http(.get, address, []))
        } catch let error as VaultError where error.code == .withheld || error.code == .unknown {
            return
        } catch let error as VaultError {
            throw DoorsError(.vault, "reading the front page of \(target.host): \(error)")
        } catch {
            // What is no HTTP answer is asked for anew.
            return
        }
    }

    /// Whether a WARC record holds a whole answer of that address.
    private static func isAnswer(_ header: ArraySlice<UInt8>, of address: WebAddress) -> Bool {
        let lines = String(decoding: header, as: UTF8.self).split(whereSeparator: \.isNewline).map { $0.lowercased() }
        let isAddressed = lines.contains("warc-target-uri: \(address)".lowercased())
        let isAnswer = lines.contains("warc-type: response") || lines.contains("warc-type: revisit")
        return isAddressed && isAnswer && !lines.contains { $0.hasPrefix("warc-truncated") }
    }
}
