import NIOCore
import NIOHTTP1

/// What has arrived on an HTTP connection and was not taken yet: the bytes as they came, and what the decoder made of
/// them. Lives on its loop.
final class ExchangeState {
    /// What arrived since the last look.
    struct News: Sendable {
        var raw = ByteBuffer()
        var content = ByteBuffer()
        var head: HTTPResponseHead?
        var interimHeads = 0
        var isEnded = false
        var failure: (any Error)?
        var isClosed = false

        var isEmpty: Bool { raw.readableBytes == 0 && !isEnded && failure == nil && !isClosed }
    }

    private var news = News()
    private var waiter: EventLoopPromise<News>?
    /// The bytes that the next request head stands for; the decoder sees the head, the wire these.
    fileprivate var outgoing = ByteBuffer()

    func add(_ change: (inout News) -> Void) {
        change(&news)
    }

    /// Hands over what there is, once there is something.
    func next(on channel: any Channel) -> EventLoopFuture<News> {
        let promise = channel.eventLoop.makePromise(of: News.self)
        waiter = promise
        deliver()
        if waiter != nil { channel.read() }
        return promise.futureResult
    }

    func abandon(_ error: any Error) {
        waiter?.fail(error)
        waiter = nil
    }

    var isWaiting: Bool { waiter != nil }

    func deliver() {
        guard let waiter, !news.isEmpty else { return }
        self.waiter = nil
        let delivered = news
        news = News(isClosed: delivered.isClosed)
        waiter.succeed(delivered)
    }

    /// Whether nothing came unasked, so that the connection may carry another request.
    var isQuiet: Bool { news.isEmpty && waiter == nil }

    func send(_ bytes: [UInt8], method: HTTPMethod, on channel: any Channel) {
        outgoing = ByteBuffer(bytes: bytes)
        let head = HTTPRequestHead(version: .http1_1, method: method, uri: "/")
        channel.pipeline.syncOperations.writeAndFlush(NIOAny(HTTPClientRequestPart.head(head)), promise: nil)
    }
}

/// In front of the decoder: keeps the bytes as they come, and sends the exact request where the decoder was told of one.
final class RawTap: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = ByteBuffer

    private let state: ExchangeState

    init(_ state: ExchangeState) {
        self.state = state
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        state.add { $0.raw.writeBuffer(&bytes) }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head = unwrapOutboundIn(data) else {
            promise?.succeed()
            return
        }
        context.write(wrapOutboundOut(state.outgoing), promise: promise)
    }
}

/// Behind the decoder: collects the parts.
final class PartCollector: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let state: ExchangeState

    init(_ state: ExchangeState) {
        self.state = state
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        state.add { news in
            switch unwrapInboundIn(data) {
            case .head(let head) where head.status.code < 200 && head.status != .switchingProtocols:
                news.interimHeads += 1
            case .head(let head): news.head = head
            case .body(var bytes): news.content.writeBuffer(&bytes)
            case .end: news.isEnded = true
            }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        state.deliver()
        if state.isWaiting { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        state.add { news in
            if error.isUncleanShutdown { news.isClosed = true } else if news.failure == nil { news.failure = error }
        }
        state.deliver()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.add { $0.isClosed = true }
        state.deliver()
        context.fireChannelInactive()
    }
}
