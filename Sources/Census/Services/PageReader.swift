package import Domain
package import Scope
package import Vault

/// Asks for one page through the gate, and seals the exchange.
package struct PageReader: Sendable {
    /// A page, or why there is none.
    package enum Answer: Sendable {
        case page(Page)
        case failed(GateError)

        package var page: Page? { if case .page(let page) = self { page } else { nil } }
    }

    private let gate: Gate
    private let vault: Vault
    private let limits: ExchangeLimits
    private let length: Int

    package init(gate: Gate, vault: Vault, settings: CensusSettings) {
        self.gate = gate
        self.vault = vault
        length = settings.pageLength
        limits = ExchangeLimits(
            head: settings.answerWait,
            total: settings.answerWait * 4,
            connect: settings.connectWait
        )
    }

    /// Asks the endpoint for the address; the address's host is what the server is told.
    package func read(_ address: WebAddress, at endpoint: Endpoint) async throws(VaultError) -> Answer {
        let answer: (reply: HTTPReply, content: [UInt8], raw: [UInt8])
        do {
            answer = try await gate.fetch(HTTPRequest(.get, address, at: endpoint), upTo: length, limits: limits)
        } catch {
            return .failed(error)
        }
        let reply = answer.reply
        let exchange = ExchangeHead(
            address: address,
            endpoint: endpoint,
            request: reply.request,
            began: reply.began,
            facts: reply.tls.map(CertificateFacts.brief) ?? [:]
        )
        let writer = try await vault.beginExchange(exchange)
        try await writer.append(head: reply.rawHead)
        try await writer.append(raw: answer.raw, content: answer.content)
        let sealed = try await writer.finish(truncated: reply.truncated?.rawValue)
        return .page(Page(reply, content: answer.content, seal: sealed.response))
    }
}
