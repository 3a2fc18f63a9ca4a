import Domain
import Scope
import Vault
import Wire

/// Asks a server for something and seals the exchange while it comes.
struct SealedFetch: Sendable {
    let gate: Gate
    let vault: Vault
    let patience: Patience
    let waits: WaitBudget

    /// A reply and where its exchange is sealed.
    struct Answer: Sendable {
        var reply: HTTPReply
        var response: Seal

        /// Whether the whole body came, with status 200.
        var isWhole: Bool { reply.status == 200 && reply.truncated == nil }

        /// What came, in a few words, where it is not what was asked for.
        var words: String {
            if let location = reply.headers["location"], (300..<400).contains(reply.status) {
                return "status \(reply.status), leads to \(location.prefix(200))"
            }
            return reply.truncated.map { "cut off (\($0.rawValue)) with status \(reply.status)" }
                ?? "status \(reply.status)"
        }
    }

    /// Asks; a busy server is asked again as long as there is patience. Content is handed on as it comes.
    ///
    /// `begin` is called before each try, so that what an earlier try brought can be dropped.
    func get(
        _ address: WebAddress,
        at endpoint: Endpoint,
        upTo limit: UInt64,
        begin: () -> Void = {},
        receive: ([UInt8]) -> Void = { _ in }
    ) async throws -> Result<Answer, GateError> {
        var tries = 0
        while true {
            begin()
            let result = try await once(address, at: endpoint, upTo: limit, receive: receive)
            guard case .success(let answer) = result, answer.reply.status == 429 || answer.reply.status == 503,
                tries < patience.retries, let wait = wait(after: answer.reply), waits.take(wait)
            else { return result }
            tries += 1
            do {
                try await Task.sleep(for: wait)
            } catch {
                return .failure(GateError(.cancelled, attempted: "GET \(address)"))
            }
        }
    }

    private func wait(after reply: HTTPReply) -> Duration? {
        guard let named = reply.headers["retry-after"] else { return patience.unnamedWait }
        let seconds = Int64(named) ?? HTTPDate.parse(named).map { max(0, $0.seconds - gate.clock.now().seconds) }
        guard let seconds, seconds >= 0, seconds <= patience.longestWait.components.seconds else { return nil }
        return .seconds(seconds)
    }

    private func once(
        _ address: WebAddress,
        at endpoint: Endpoint,
        upTo limit: UInt64,
        receive: ([UInt8]) -> Void
    ) async throws -> Result<Answer, GateError> {
        var limits = ExchangeLimits()
        limits.contentLength = limit
        let request = HTTPRequest(.get, address, at: endpoint)
        var writer: ExchangeWriter?
        do {
            let reply = try await gate.exchange(request, limits: limits) { part in
                switch part {
                case .head(let reply): writer = try await begin(reply)
                case .body(let raw, let content):
                    try await writer?.append(raw: raw, content: content)
                    receive(content)
                }
            }
            guard let writer else { return .failure(GateError(.closed, attempted: "GET \(address)")) }
            let sealed = try await writer.finish(truncated: reply.truncated?.rawValue)
            return .success(Answer(reply: reply, response: sealed.response))
        } catch let error as GateError {
            await writer?.abandon()
            return .failure(error)
        } catch let error as VaultError {
            throw CollectError(.vault, "sealing GET \(address): \(error)")
        } catch {
            await writer?.abandon()
            return .failure(GateError(.cancelled, attempted: "GET \(address)"))
        }
    }

    private func begin(_ reply: HTTPReply) async throws -> ExchangeWriter {
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
