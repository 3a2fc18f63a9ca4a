package import Domain
import NIOCore
import NIOPosix
import Synchronization

/// A server that answers as a test wants it to: whatever bytes, for as long as it likes.
///
/// Runs while the body of `running` does. Each connection hands what it has received to the script until that answers.
package final class HostileServer: Sendable {
    /// What the server does, in order.
    package enum Act: Sendable {
        case send([UInt8])
        /// Sends the bytes again and again until the peer goes away.
        case sendForEver([UInt8])
        /// Sends one byte after the other with a pause between them, in milliseconds.
        case drip([UInt8], pause: Int)
        /// Does nothing for so many milliseconds.
        case pause(Int)
        /// Until the condition holds, or so many looks at it, 10 ms apart, have shown that it does not.
        case wait(looks: Int, @Sendable () -> Bool)
        case close

        package static func send(_ text: String) -> Act { .send(Array(text.utf8)) }
    }

    /// How the server answers.
    package struct Script: Sendable {
        let answer: @Sendable ([UInt8]) -> [Act]?

        /// `answer` looks at what came on a connection since the last answer; nil waits for more.
        package init(_ answer: @escaping @Sendable (_ received: [UInt8]) -> [Act]?) {
            self.answer = answer
        }

        /// Never says a word.
        package static let silence = Script { _ in nil }
        /// Sends back what it gets.
        package static let echo = Script { [.send($0)] }
        /// Answers every whole HTTP request with the same.
        package static func reply(_ acts: Act...) -> Script {
            Script { HostileServer.wholeRequest($0) == nil ? nil : acts }
        }
    }

    package let endpoint: Endpoint
    private struct Log {
        var received: [[UInt8]] = []
        var connections = 0
        var bytesSent = 0
    }

    /// Guards what was received, one entry an answer, and what was accepted and sent.
    private let log = Mutex(Log())

    private init(endpoint: Endpoint) {
        self.endpoint = endpoint
    }

    /// What clients sent, one entry for each answer that was given.
    package var received: [[UInt8]] { log.withLock { $0.received } }

    /// The first lines of what clients sent.
    package var requestLines: [String] {
        received.map { String(decoding: $0.prefix { $0 != 0x0d && $0 != 0x0a }, as: UTF8.self) }
    }

    package var connections: Int { log.withLock { $0.connections } }

    /// Bytes that the kernel has taken.
    package var bytesSent: Int { log.withLock { $0.bytesSent } }

    /// Runs a server at the address while the body does. `greeting` is what it does before it has received anything.
    package static func running<Result>(
        at address: IPAddress,
        port: UInt16? = nil,
        greeting: [Act] = [],
        _ script: Script = .silence,
        _ body: (HostileServer) async throws -> Result
    ) async throws -> Result {
        let server = HostileServer(endpoint: Endpoint(address, try port ?? freePort(on: address)))
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(
                        Conversation(greeting: greeting, script: script, server: server)
                    )
                }
            }
            .bind(host: address.description, port: Int(server.endpoint.port)).get()
        do {
            let result = try await body(server)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    fileprivate func noteConnection() { log.withLock { $0.connections += 1 } }

    fileprivate func note(sent count: Int) { log.withLock { $0.bytesSent += count } }

    fileprivate func note(_ bytes: [UInt8]) { log.withLock { $0.received.append(bytes) } }
}

/// One connection of a ``HostileServer``.
private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let greeting: [HostileServer.Act]
    private let script: HostileServer.Script
    private let server: HostileServer
    private var received: [UInt8] = []

    init(greeting: [HostileServer.Act], script: HostileServer.Script, server: HostileServer) {
        self.greeting = greeting
        self.script = script
        self.server = server
    }

    func channelActive(context: ChannelHandlerContext) {
        server.noteConnection()
        perform(greeting[...], context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        guard let acts = script.answer(received) else { return }
        server.note(received)
        received = []
        perform(acts[...], context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func perform(_ acts: ArraySlice<HostileServer.Act>, _ context: ChannelHandlerContext) {
        guard let act = acts.first else { return }
        let rest = acts.dropFirst()
        switch act {
        case .close: context.close(promise: nil)
        case .send(let bytes): write(bytes, context) { self.perform(rest, $0) }
        case .sendForEver(let bytes):
            // Others on the same loop must have their turn between two writes.
            write(bytes, context) { context in
                context.eventLoop.assumeIsolated().execute { self.perform(acts, context) }
            }
        case .pause(let length):
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(length))) {
                self.perform(rest, context)
            }
        case .wait(let looks, let condition):
            guard looks > 0, !condition() else { return perform(rest, context) }
            context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(10)) {
                self.perform([.wait(looks: looks - 1, condition)] + rest, context)
            }
        case .drip(let bytes, let pause):
            guard let first = bytes.first else { return perform(rest, context) }
            write([first], context) { context in
                let next = [.drip(Array(bytes.dropFirst()), pause: pause)] + rest
                context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(Int64(pause))) {
                    self.perform(next[...], context)
                }
            }
        }
    }

    private func write(
        _ bytes: [UInt8],
        _ context: ChannelHandlerContext,
        then: @escaping (ChannelHandlerContext) -> Void
    ) {
        let loop = context.eventLoop.assumeIsolated()
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes))).assumeIsolated().whenSuccess { [server] in
            server.note(sent: bytes.count)
            // A write that is done at once would otherwise call itself without end.
            loop.execute { then(context) }
        }
    }
}
