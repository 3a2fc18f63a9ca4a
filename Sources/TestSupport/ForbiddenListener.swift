package import Domain
import NIOCore
import NIOPosix
import Synchronization

/// Listens where nobody may go, over TCP and UDP, and counts who came all the same.
package final class ForbiddenListener: Sendable {
    package let endpoint: Endpoint
    private let visits = Atomic<Int>(0)

    private init(_ endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// Connections and datagrams that arrived.
    package var count: Int { visits.load(ordering: .sequentiallyConsistent) }

    /// Listens while the body runs.
    package static func running<Result>(
        at address: IPAddress,
        _ body: (ForbiddenListener) async throws -> Result
    ) async throws -> Result {
        let listener = ForbiddenListener(Endpoint(address, try freePort(on: address)))
        let group = MultiThreadedEventLoopGroup.singleton
        let (host, port) = (address.description, Int(listener.endpoint.port))
        let stream = try await ServerBootstrap(group: group)
            .childChannelInitializer { child in
                listener.visits.add(1, ordering: .sequentiallyConsistent)
                return child.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: host, port: port).get()
        let datagrams = try await DatagramBootstrap(group: group)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramCounter(listener))
                }
            }
            .bind(host: host, port: port).get()
        let result: Swift.Result<Result, any Error>
        do {
            result = .success(try await body(listener))
        } catch {
            result = .failure(error)
        }
        try await stream.close()
        try await datagrams.close()
        return try result.get()
    }

    fileprivate func note() { visits.add(1, ordering: .sequentiallyConsistent) }
}

private final class DatagramCounter: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let listener: ForbiddenListener

    init(_ listener: ForbiddenListener) {
        self.listener = listener
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { listener.note() }
}
