package import Domain
import NIOCore
import NIOPosix

/// A name server that answers every question about every name with the same address, over UDP.
package enum HostileNameServer {
    /// Runs while the body does. Every A answer is `address`; names that begin with `alias.` get an alias to
    /// `outside.test` in front of it.
    package static func running<Result>(
        at endpoint: Endpoint,
        answering address: IPAddress,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let channel = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(LyingResponder(address))
                }
            }
            .bind(host: endpoint.address.description, port: Int(endpoint.port)).get()
        do {
            let result = try await body()
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

private final class LyingResponder: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>
    typealias OutboundOut = AddressedEnvelope<ByteBuffer>

    private let address: IPAddress

    init(_ address: IPAddress) {
        self.address = address
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        let query = Array(envelope.data.readableBytesView)
        guard query.count > 17 else { return }
        let isAddress = query[query.count - 3] == 1
        let isAlias = query[12...].starts(with: [5] + "alias".utf8)
        var reply = query
        (reply[2], reply[3]) = (0x84, 0)
        reply[7] = isAddress ? (isAlias ? 2 : 1) : 0
        let outside: [UInt8] = [7] + Array("outside".utf8) + [4] + Array("test".utf8) + [0]
        var owner: [UInt8] = [0xc0, 12]
        if isAddress, isAlias {
            reply += owner + [0, 5, 0, 1, 0, 0, 0, 9, 0, UInt8(outside.count)] + outside
            owner = outside
        }
        if isAddress { reply += owner + [0, 1, 0, 1, 0, 0, 0, 9, 0, 4] + address.bytes }
        let answer = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: reply))
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }
}
