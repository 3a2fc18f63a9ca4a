import Domain
import Scope
import Vault
import Wire

/// Asks a web server for something and seals the exchange while it comes.
struct SealedFetch: Sendable {
    let gate: Gate
    let vault: Vault
    let patience: Patience
    let waits: WaitBudget
    let line: Line

    /// A reply and where its exchange is sealed.
    struct Answer: Sendable {
        var reply: HTTPReply
        var response: Seal

        /// What came, in a few words, where it is not what was asked for.
        var words: String {
            if let location = reply.headers["location"], (300..<400).contains(reply.status) {
                return "status \(reply.status), leads to \(location.prefix(200))"
            }
            if let truncated = reply.truncated { return "cut off (\(truncated.rawValue)) with status \(reply.status)" }
            if reply.status == 405, let allowed = reply.headers["allow"] {
                return "status 405, allows \(String(allowed.prefix(200)).shown): nothing is asked for but by reading"
            }
            return "status \(reply.status)"
        }
    }

    /// Asks; a busy server is asked again as long as there is patience. Content is handed on as it comes.
    ///
    /// `begin` is called before each try, so that what an earlier try brought can be dropped. After `piece` bytes of a body
    /// whose rest can be asked for the answer is cut; so it is, where the task is cancelled, behind what has come.
    func get(
        _ address: WebAddress,
        at endpoint: Endpoint,
        upTo limit: UInt64,
        by method: HTTPRequest.Method = .get,
        headers: [(name: String, value: String)] = [],
        piece: UInt64 = .max,
        begin: () -> Void = {},
        receive: ([UInt8], _ status: Int) -> Void = { _, _ in }
    ) async throws -> Result<Answer, GateError> {
        var tries = 0
        while true {
            begin()
            let request = HTTPRequest(method, address, at: endpoint, headers: headers)
            let result = try await once(request, upTo: limit, piece, receive)
            guard case .success(let answer) = result, answer.reply.status == 429 || answer.reply.status == 503,
                tries < patience.retries, let wait = wait(after: answer.reply), waits.take(wait)
            else { return result }
            tries += 1
            // The line stays taken meanwhile: nobody else asks a busy server in its place.
            await line.hold()
            do {
                try await Task.sleep(for: wait)
            } catch {
                return .failure(GateError(.cancelled, attempted: "\(method.rawValue) \(address)"))
            }
        }
    }

    private func wait(after reply: HTTPReply) -> Duration? {
        guard let named = reply.headers["retry-after"] else { return patience.unnamedWait }
        let seconds = Int64(named) ?? HTTPDate.parse(named).map { max(0, $0.seconds - gate.clock.now().seconds) }
        guard let seconds, seconds >= 0, seconds <= patience.longestWait.components.seconds else { return nil }
        return .seconds(seconds)
    }

    /// Thrown by us when a piece is long enough.
    private struct PieceEnd: Error {}

    /// An answer while it comes.
    private struct Arrival {
        var writer: ExchangeWriter
        var reply: HTTPReply
        var length: UInt64 = 0

        /// Whether what came is worth keeping when no more comes: the rest can then be asked for.
        var canBeGoneOnWith: Bool {
            length > 0 && [200, 206].contains(reply.status) && reply.strongValidator != nil
        }
    }

    private func once(
        _ request: HTTPRequest,
        upTo limit: UInt64,
        _ piece: UInt64,
        _ receive: ([UInt8], _ status: Int) -> Void
    ) async throws -> Result<Answer, GateError> {
        var arrival: Arrival?
        await line.hold()
        defer { line.letGo() }
        do {
            let reply = try await gate.exchange(request, limits: limits(upTo: limit)) { part in
                switch part {
                case .head(let reply): arrival = Arrival(writer: try await begin(reply), reply: reply)
                case .body(let raw, let content):
                    try await arrival?.writer.append(raw: raw, content: content)
                    arrival?.length += UInt64(content.count)
                    receive(content, arrival?.reply.status ?? 0)
                    if let arrival, arrival.length >= piece, arrival.canBeGoneOnWith { throw PieceEnd() }
                }
            }
            line.letGo()
            guard let arrival else { return .failure(GateError(.closed, attempted: request.words)) }
            return .success(try await seal(arrival, as: reply))
        } catch let error as VaultError {
            throw CollectError(.vault, "sealing \(request.words): \(error)")
        } catch {
            return try await seal(arrival, cutBy: error, request)
        }
    }

    private func limits(upTo limit: UInt64) -> ExchangeLimits {
        var limits = ExchangeLimits(rateWindow: patience.rateWindow, total: patience.answerTime)
        limits.contentLength = limit
        return limits
    }

    private func seal(_ arrival: Arrival, as reply: HTTPReply) async throws(VaultError) -> Answer {
        let sealed = try await arrival.writer.finish(truncated: reply.truncated?.rawValue)
        return Answer(reply: reply, response: sealed.response)
    }

    /// What ended an answer early: a piece that is long enough, a cancellation, or a fault.
    private func seal(
        _ arrival: Arrival?,
        cutBy error: any Error,
        _ request: HTTPRequest
    ) async throws -> Result<Answer, GateError> {
        let fault = error as? GateError ?? GateError(.cancelled, attempted: request.words)
        guard let arrival else { return .failure(fault) }
        guard arrival.canBeGoneOnWith, error is PieceEnd || fault.code == .cancelled else {
            await arrival.writer.abandon()
            return .failure(fault)
        }
        var reply = arrival.reply
        reply.truncated = .length
        reply.ended = gate.clock.now()
        do {
            return .success(try await seal(arrival, as: reply))
        } catch {
            throw CollectError(.vault, "sealing \(request.words): \(error)")
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

extension HTTPRequest {
    /// What is asked, in a few words.
    fileprivate var words: String { "\(method.rawValue) \(address)" }
}
