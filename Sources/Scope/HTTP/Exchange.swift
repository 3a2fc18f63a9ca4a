import Domain
import NIOCore
import NIOHTTP1
import Wire

/// One request and its reply on one connection: reads, splits head from body, keeps the limits.
struct Exchange {
    let connection: HTTPConnection
    let limits: ExchangeLimits
    let clock: CaseClock
    private let attempted: String
    private let start = NIODeadline.now()
    private var reply: HTTPReply
    /// The bytes up to the head's end.
    private var early: [UInt8] = []
    private var interimHeads = 0
    private var hasHead = false
    /// Bytes received in the window that runs, and when it began.
    private var window: (bytes: Int, began: NIODeadline)
    private var rawLength: UInt64 = 0
    private(set) var bytesIn = 0
    /// Whether the connection can carry another exchange.
    private(set) var isReusable = false

    init(
        _ request: HTTPRequest,
        bytes: [UInt8],
        on connection: HTTPConnection,
        limits: ExchangeLimits,
        clock: CaseClock
    ) {
        self.connection = connection
        self.limits = limits
        self.clock = clock
        attempted = "\(request.method.rawValue) \(request.address)"
        window = (0, start)
        let now = clock.now()
        reply = HTTPReply(
            address: request.address,
            endpoint: connection.key.endpoint,
            request: bytes,
            rawHead: [],
            interim: [],
            status: 0,
            version: "",
            headers: HTTPFields(),
            contentLength: 0,
            isChunked: false,
            began: now,
            ended: now,
            tls: connection.tls
        )
    }

    /// Whether the server had not said a byte: then a kept connection was merely stale.
    var isSilent: Bool { bytesIn == 0 }

    /// Reads the reply to its end, or to a limit.
    mutating func run(receive: (ExchangePart) async throws -> Void) async throws -> HTTPReply {
        while true {
            let news: ExchangeState.News
            do {
                news = try await connection.next(by: deadline)
            } catch ChannelError.connectTimeout {
                guard hasHead else { throw fault(.timedOut) }
                return finish(truncated: .time)
            } catch {
                throw fault(GateError.Code(error))
            }
            bytesIn += news.raw.readableBytes
            if let reply = try await digest(news, receive) { return reply }
        }
    }

    /// When to give up: for the head, its own limit; for the body, the end of the window or the total.
    private var deadline: NIODeadline {
        let total = start + TimeAmount(limits.total)
        return min(total, hasHead ? window.began + TimeAmount(limits.rateWindow) : start + TimeAmount(limits.head))
    }

    private mutating func digest(
        _ news: ExchangeState.News,
        _ receive: (ExchangePart) async throws -> Void
    ) async throws -> HTTPReply? {
        var raw = Array(news.raw.readableBytesView)
        if !hasHead {
            guard let rest = try takeHead(raw, news) else { return nil }
            raw = rest
            try await receive(.head(reply))
        }
        return try await takeBody(raw, news, receive)
    }

    /// Adds to the head; returns what follows it once it is whole.
    private mutating func takeHead(_ raw: [UInt8], _ news: ExchangeState.News) throws -> [UInt8]? {
        early += raw
        interimHeads += news.interimHeads
        guard let head = news.head else {
            if let failure = news.failure { throw fault(.protocolError("no HTTP: \(failure)")) }
            if news.isClosed { throw fault(early.isEmpty ? .closed : .protocolError("closed within the head")) }
            guard early.count <= HTTPHead.maximumLength else { throw fault(.protocolError("a head over 64 KiB")) }
            return nil
        }
        var start = 0
        for _ in 0..<interimHeads { start += HTTPHead.end(in: early[start...]) ?? 0 }
        guard let length = HTTPHead.end(in: early[start...]) else {
            throw fault(.protocolError("a head without an end"))
        }
        reply.interim = Array(early[..<start])
        reply.rawHead = Array(early[start..<start + length])
        do throws(HTTPHead.Fault) {
            let parsed = try HTTPHead(parsing: reply.rawHead)
            (reply.status, reply.version, reply.headers) = (parsed.status, parsed.version, parsed.fields)
        } catch {
            throw fault(.protocolError("no HTTP head: \(error)"))
        }
        reply.isChunked = head.headers["transfer-encoding"].contains { $0.lowercased().contains("chunked") }
        hasHead = true
        isKeptAlive = head.isKeepAlive
        window = (0, .now())
        defer { early = [] }
        return Array(early[(start + length)...])
    }

    private var isKeptAlive = false

    private mutating func takeBody(
        _ raw: [UInt8],
        _ news: ExchangeState.News,
        _ receive: (ExchangePart) async throws -> Void
    ) async throws -> HTTPReply? {
        var content = Array(news.content.readableBytesView)
        let room = limits.contentLength - reply.contentLength
        let isOver = content.count > room
        if isOver { content = Array(content.prefix(Int(room))) }
        // Where the body is not chunked, the bytes as they came are the content, and what follows it is not of this reply.
        let body = reply.isChunked ? raw : content
        let hasExcess = !reply.isChunked && raw.count != content.count
        reply.contentLength += UInt64(content.count)
        rawLength += UInt64(body.count)
        if !body.isEmpty {
            let paused = NIODeadline.now()
            try await receive(.body(raw: body, content: content))
            // The server is not to blame for the time that the receiver took.
            window.began = window.began + (NIODeadline.now() - paused)
        }
        if isOver { return finish(truncated: .length) }
        if news.isEnded {
            isReusable = isKeptAlive && !hasExcess && news.failure == nil && !news.isClosed && reply.status != 101
            return finish(truncated: nil)
        }
        if let failure = news.failure {
            reply.fault = "\(failure)"
            return finish(truncated: .disconnect)
        }
        if news.isClosed { return finish(truncated: .disconnect) }
        // Framing may not outgrow the content for ever: one-byte chunks cost six bytes each.
        if rawLength > limits.contentLength.multipliedFullWidth(by: 8).low | 1 << 20 {
            return finish(truncated: .length)
        }
        return isTooSlow(by: raw.count) ? finish(truncated: .time) : nil
    }

    /// Counts bytes into the window, and judges it when it is over.
    private mutating func isTooSlow(by count: Int) -> Bool {
        let now = NIODeadline.now()
        window.bytes += count
        if now - start >= TimeAmount(limits.total) { return true }
        guard now - window.began >= TimeAmount(limits.rateWindow) else { return false }
        let seconds = Double((now - window.began).nanoseconds) / 1e9
        defer { window = (0, now) }
        return Double(window.bytes) < Double(limits.minimumRate) * seconds
    }

    private mutating func finish(truncated: HTTPReply.Truncation?) -> HTTPReply {
        reply.truncated = truncated
        reply.ended = clock.now()
        return reply
    }

    private func fault(_ code: GateError.Code) -> GateError {
        GateError(code, attempted: attempted, endpoint: connection.key.endpoint, received: Array(early.prefix(4_096)))
    }
}
