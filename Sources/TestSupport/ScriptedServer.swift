package import Domain
import NIOCore
import NIOPosix
import Synchronization

/// A web server that answers whatever a test wants, well formed or not: for servers that no real one can stand for.
///
/// It answers one request a connection and then closes.
package final class ScriptedServer: Sendable {
    /// What was asked for so far.
    fileprivate final class RequestLog: Sendable {
        /// Guards the targets that were asked for, in order.
        let targets = Mutex<[String]>([])
    }

    package let endpoint: Endpoint
    private let log: RequestLog

    private init(_ endpoint: Endpoint, _ log: RequestLog) {
        self.endpoint = endpoint
        self.log = log
    }

    /// The targets of the requests so far, in order of arrival.
    package var requests: [String] { log.targets.withLock { $0 } }

    /// Runs a server on a free port; `answer` gets a request's target and returns the raw bytes of the reply.
    package nonisolated(nonsending) static func running<Result>(
        at address: IPAddress,
        answer: @escaping @Sendable (String) -> [UInt8],
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        let log = RequestLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Script(log, answer))
                }
            }
            .bind(host: address.description, port: 0).get()
        let port = UInt16(clamping: channel.localAddress?.port ?? 0)
        let server = ScriptedServer(Endpoint(address, port), log)
        let result: Result
        do {
            result = try await body(server)
        } catch {
            try? await channel.close()
            throw error
        }
        try? await channel.close()
        return result
    }

    /// A well-formed reply.
    package static func reply(
        _ status: Int = 200,
        _ fields: [String: String] = ["Content-Type": "text/html"],
        body: some Sequence<UInt8>
    ) -> [UInt8] {
        let body = Array(body)
        let lines = fields.merging(["Content-Length": "\(body.count)", "Connection": "close"]) { given, _ in given }
            .map { "\($0): \($1)\r\n" }.joined()
        return Array("HTTP/1.1 \(status) Status\r\n\(lines)\r\n".utf8) + body
    }

}

private final class Script: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: ScriptedServer.RequestLog
    private let answer: @Sendable (String) -> [UInt8]
    private var received: [UInt8] = []

    init(_ log: ScriptedServer.RequestLog, _ answer: @escaping @Sendable (String) -> [UInt8]) {
        self.log = log
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += Array(unwrapInboundIn(data).readableBytesView)
        guard received.suffix(4) == Array("\r\n\r\n".utf8)[...] else { return }
        let words = String(decoding: received.prefix { $0 != 13 }, as: UTF8.self).split(separator: " ")
        let target = words.count > 1 ? String(words[1]) : ""
        log.targets.withLock { $0.append(target) }
        received = []
        let channel = context.channel
        channel.writeAndFlush(ByteBuffer(bytes: answer(target))).whenComplete { _ in channel.close(promise: nil) }
    }
}
