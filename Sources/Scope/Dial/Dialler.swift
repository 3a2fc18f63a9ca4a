import Domain
import NIOCore
import NIOPosix
import NIOSSL

/// Opens a socket to one address, and makes sure that it went there. Knows no scope: the gate asks before it dials.
struct Dialler: Sendable {
    /// A connection that came about, and what the caller put on it.
    struct Line<Handle: Sendable>: Sendable {
        let channel: any Channel
        let tls: TLSFacts?
        let handle: Handle
    }

    private struct Opened<Handle: Sendable>: Sendable {
        let channel: any Channel
        let finished: EventLoopFuture<TLSFacts>?
        let handle: Handle
    }

    let group: any EventLoopGroup
    let contexts = TLSContexts()

    /// Dials, and waits for the TLS handshake where one is asked for. `install` adds the caller's handlers on the loop.
    func dial<Handle: Sendable>(
        _ endpoint: Endpoint,
        tls options: TLSOptions?,
        within limit: Duration,
        install: @escaping @Sendable (any Channel) throws -> Handle
    ) async throws(GateError) -> Line<Handle> {
        do {
            let context = try options.map { try contexts.context(for: $0) }
            let address = try SocketAddress(ipAddress: endpoint.address.description, port: Int(endpoint.port))
            let deadline = NIODeadline.now() + TimeAmount(limit)
            let opened = try await ClientBootstrap(group: group)
                .connectTimeout(TimeAmount(limit))
                .channelOption(.autoRead, value: false)
                .connect(to: address) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let record = try options.map { try Self.secure(channel, $0, context) }
                        return Opened(channel: channel, finished: record, handle: try install(channel))
                    }
                }
            return try await Self.finish(opened, address, by: deadline)
        } catch let error as GateError {
            throw error
        } catch {
            throw GateError(GateError.Code(error), attempted: "connect", endpoint: endpoint)
        }
    }

    private static func secure(
        _ channel: any Channel,
        _ options: TLSOptions,
        _ context: NIOSSLContext?
    ) throws -> EventLoopFuture<TLSFacts> {
        guard let context else { throw ChannelError.inappropriateOperationForState }
        let record = TLSRecord(options, on: channel.eventLoop)
        let bound = NIOLoopBound(record, eventLoop: channel.eventLoop)
        let handler = try NIOSSLClientHandler(context: context, serverHostname: options.sniName) { chain, promise in
            bound.value.chain = chain
            promise.succeed(.certificateVerified)
        }
        try channel.pipeline.syncOperations.addHandlers([FlightTap(record), handler, HandshakeWatch(record)])
        return record.finished.futureResult
    }

    /// Waits for the handshake, and checks that the peer is who was asked for.
    private static func finish<Handle>(
        _ opened: Opened<Handle>,
        _ address: SocketAddress,
        by deadline: NIODeadline
    ) async throws -> Line<Handle> {
        do {
            // A peer that has closed already has no address any more; the kernel connected to the one it was given.
            guard opened.channel.remoteAddress.map({ $0 == address }) ?? !opened.channel.isActive else {
                throw GateError(.protocolError("the peer is not the address that was dialled"), attempted: "connect")
            }
            let timer = opened.finished.map { _ in
                opened.channel.eventLoop.scheduleTask(deadline: deadline) {
                    opened.channel.pipeline.fireErrorCaught(ChannelError.connectTimeout(.zero))
                }
            }
            defer { timer?.cancel() }
            return Line(channel: opened.channel, tls: try await opened.finished?.get(), handle: opened.handle)
        } catch {
            opened.channel.close(promise: nil)
            throw error
        }
    }
}

extension TLSOptions {
    /// The name as SNI may carry it: no address, no empty name, not over 255 bytes, plain ASCII.
    fileprivate var sniName: String? {
        guard let serverName, IPAddress(serverName) == nil, (1...255).contains(serverName.utf8.count),
            serverName.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        return serverName
    }
}
