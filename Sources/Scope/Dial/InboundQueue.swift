import NIOCore

/// Holds what has arrived until it is asked for, and asks the socket for more only then: that is the back-pressure.
final class InboundQueue: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var pending = ByteBuffer()
    /// Set when nothing more will come: why, or nil for an orderly end.
    private var end: Result<Void, any Error>?
    private var waiter: EventLoopPromise<ByteBuffer?>?
    private var wanted = 0

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        pending.writeBuffer(&bytes)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if waiter != nil, pending.readableBytes == 0, end == nil { context.read() }
        deliver()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that ends TLS without its goodbye has merely closed.
        if end == nil { end = error.isUncleanShutdown ? .success(()) : .failure(error) }
        deliver()
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if end == nil { end = .success(()) }
        deliver()
        context.fireChannelInactive()
    }

    /// Up to `count` bytes as soon as there are any; nil when the peer has closed.
    func next(upTo count: Int, on channel: any Channel) -> EventLoopFuture<ByteBuffer?> {
        let promise = channel.eventLoop.makePromise(of: ByteBuffer?.self)
        guard waiter == nil else {
            promise.fail(ChannelError.inappropriateOperationForState)
            return promise.futureResult
        }
        wanted = count
        waiter = promise
        deliver()
        if waiter != nil { channel.read() }
        return promise.futureResult
    }

    /// Gives up the read that waits.
    func abandon(_ error: any Error) {
        waiter?.fail(error)
        waiter = nil
    }

    private func deliver() {
        guard let waiter else { return }
        if pending.readableBytes > 0 {
            self.waiter = nil
            let taken = pending.readSlice(length: min(wanted, pending.readableBytes))
            pending.discardReadBytes()
            waiter.succeed(taken)
        } else if let end {
            self.waiter = nil
            waiter.completeWith(end.map { nil })
        }
    }
}
