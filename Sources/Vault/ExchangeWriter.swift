import Domain

/// Takes one exchange in as it arrives, and seals it.
package actor ExchangeWriter {
    private let vault: Vault
    private let exchange: ExchangeHead
    private var raw: [UInt8] = []
    private var content: [UInt8] = []

    init(vault: Vault, exchange: ExchangeHead) {
        self.vault = vault
        self.exchange = exchange
    }

    /// The answer's status line and header, as received.
    package func append(head: [UInt8]) async throws(VaultError) {
        raw += head
    }

    /// A piece of the body: as received, and without the transfer's framing. The two are equal when it is not chunked.
    package func append(raw: [UInt8], content: [UInt8]) async throws(VaultError) {
        self.raw += raw
        self.content += content
    }

    /// Seals the exchange. `truncated` is one of WARC's words (`length`, `time`, `disconnect`) when the body was cut.
    package func finish(truncated: String? = nil) async throws(VaultError) -> SealedExchange {
        let request = vault.keep(exchange.request, raw: exchange.request)
        let response = vault.keep(content, raw: raw)
        return SealedExchange(request: request.seal, response: response.seal, isIdentical: response.isIdentical)
    }

    /// Drops what was taken in; nothing of it is sealed.
    package func abandon() async {
        raw = []
        content = []
    }
}
