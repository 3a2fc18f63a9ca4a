import NIOCore

/// Datagrams from one peer, until they are asked for.
final class DatagramQueue: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    /// Datagrams kept at most; further ones are dropped, as a kernel would.
    private static let kept = 16

    private let peer: SocketAddress
    private var waiting: [[UInt8]] = []
    private var failure: (any Error)?
    private var waiter: EventLoopPromise<[UInt8]>?

    init(from peer: SocketAddress) {
        self.peer = peer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        guard envelope.remoteAddress == peer, waiting.count < Self.kept else { return }
        waiting.append(Array(envelope.data.readableBytesView))
        deliver()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failure = error
        deliver()
    }

    func next(on loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
        let promise = loop.makePromise(of: [UInt8].self)
        waiter = promise
        deliver()
        return promise.futureResult
    }

    func abandon(_ error: any Error) {
        waiter?.fail(error)
        waiter = nil
    }

    private func deliver() {
        guard let waiter else { return }
        if !waiting.isEmpty {
            self.waiter = nil
            waiter.succeed(waiting.removeFirst())
        } else if let failure {
            self.waiter = nil
            self.failure = nil
            waiter.fail(failure)
        }
    }
}
