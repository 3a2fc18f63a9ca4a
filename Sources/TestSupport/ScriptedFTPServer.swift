package import Domain
import NIOCore
import NIOPosix
import Synchronization

/// An FTP server that answers whatever a test wants, in turn or out of it: for servers that no real one can stand for.
///
/// What the script leaves to it, it answers as a small honest server does: log-in, TYPE, FEAT, PWD, CWD, EPSV and QUIT.
package final class ScriptedFTPServer: Sendable {
    /// One thing that the server does.
    package enum Move: Sendable {
        /// Says a line.
        case say(String)
        /// Sends bytes on the control connection as they are.
        case raw([UInt8])
        /// Waits for the data connection and sends bytes over it.
        case send([UInt8])
        /// Sends bytes over the data connection again and again, until the other side closes.
        case repeatEvery(Duration, [UInt8])
        /// Closes the data connection.
        case endData
        /// Resets the data connection.
        case resetData
        /// Closes the control connection.
        case hangUp
    }

    /// What to do about a command in the folder that was entered last; nil leaves it to the server. An empty verb stands for
    /// a connection that has come about.
    package typealias Script = @Sendable (_ verb: String, _ argument: String, _ folder: String) -> [Move]?

    package let endpoint: Endpoint
    /// Guards what was said.
    private let log = Mutex<[String]>([])

    private init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    /// A listing as Unix's `ls -l` writes it, of names with their sizes; a name that ends in a slash is a folder's.
    package static func rows(_ names: [String], size: Int = 1) -> [UInt8] {
        let rows = names.map { name in
            let isFolder = name.hasSuffix("/")
            let start =
                isFolder
                ? "drwxr-xr-x    2 0        0            4096" : "-rw-r--r--    1 0        0            \(size)"
            return "\(start) Jan 15  2024 \(isFolder ? String(name.dropLast()) : name)\r\n"
        }
        return Array(rows.joined().utf8)
    }

    /// Sends something over the data connection as an honest server does.
    package static func sending(_ bytes: [UInt8]) -> [Move] {
        [.say("150 here it comes"), .send(bytes), .endData, .say("226 that was all")]
    }

    /// The commands so far, in order of arrival.
    package var commands: [String] { log.withLock { $0 } }

    /// Runs a server on a free port.
    package static func running<Result: Sendable>(
        at address: IPAddress,
        script: @escaping Script,
        _ body: (ScriptedFTPServer) async throws -> Result
    ) async throws -> Result {
        let listener = try await listen(at: address)
        let port = UInt16(clamping: listener.channel.localAddress?.port ?? 0)
        let server = ScriptedFTPServer(Endpoint(address, port))
        async let serving: Void = listener.executeThenClose { inbound in
            try await withThrowingDiscardingTaskGroup { group in
                for try await connection in inbound {
                    group.addTask { await server.serve(connection, script) }
                }
            }
        }
        let result: Swift.Result<Result, any Error>
        do { result = .success(try await body(server)) } catch { result = .failure(error) }
        try? await listener.channel.close()
        try? await serving
        return try result.get()
    }

    private typealias Line = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private static func listen(at address: IPAddress) async throws -> NIOAsyncChannel<Line, Never> {
        try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .bind(host: address.description, port: 0) { channel in
                channel.eventLoop.makeCompletedFuture { try Line(wrappingChannelSynchronously: channel) }
            }
    }

    private func serve(_ line: Line, _ script: Script) async {
        var visit = Visit(address: endpoint.address)
        // A visitor who closes ends the visit; nothing is to be told of it.
        try? await line.executeThenClose { inbound, outbound in
            var pending: [UInt8] = []
            var goesOn = try await perform(script("", "", "/") ?? [.say("220 ready")], &visit, outbound)
            for try await bytes in inbound {
                pending += Array(bytes.readableBytesView)
                while goesOn, let feed = pending.firstIndex(of: 0x0a) {
                    let text = String(decoding: pending[..<feed], as: UTF8.self).filter { !$0.isNewline }
                    pending.removeFirst(feed + 1)
                    log.withLock { $0.append(text) }
                    goesOn = try await answer(text, script, &visit, outbound)
                }
                if !goesOn { break }
            }
        }
        await visit.close()
    }

    private func answer(
        _ text: String,
        _ script: Script,
        _ visit: inout Visit,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Bool {
        let parts = text.split(separator: " ", maxSplits: 1)
        let (verb, argument) = (parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
        if let moves = script(verb, argument, visit.folder) { return try await perform(moves, &visit, outbound) }
        let reply: String
        switch verb {
        case "USER": reply = "331 who are you"
        case "PASS": reply = "230 come in"
        case "TYPE": reply = "200 so be it"
        case "FEAT": reply = "211-Features\r\n MDTM\r\n REST STREAM\r\n SIZE\r\n211 End"
        case "PWD": reply = "257 \"/\" is the folder"
        case "CWD":
            visit.folder = argument
            reply = "250 entered"
        case "REST": reply = "350 so be it"
        case "EPSV": reply = "229 Entering (|||\(try await visit.listen())|)"
        case "QUIT": return try await perform([.say("221 good-bye"), .hangUp], &visit, outbound)
        default: reply = "502 \(verb) is not known"
        }
        return try await perform([.say(reply)], &visit, outbound)
    }

    private func perform(
        _ moves: [Move],
        _ visit: inout Visit,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) async throws -> Bool {
        for move in moves {
            switch move {
            case .say(let text): try await outbound.write(ByteBuffer(string: text + "\r\n"))
            case .raw(let bytes): try await outbound.write(ByteBuffer(bytes: bytes))
            case .send(let bytes): try await visit.data()?.writeAndFlush(ByteBuffer(bytes: bytes))
            case .repeatEvery(let pause, let bytes):
                guard let data = try await visit.data() else { continue }
                while data.isActive {
                    // The visitor's closing is what ends this.
                    guard (try? await data.writeAndFlush(ByteBuffer(bytes: bytes))) != nil else { break }
                    if pause > .zero { try await Task.sleep(for: pause) }
                }
            case .endData: await visit.close()
            case .resetData:
                let socket = try await visit.data() as? any SocketOptionProvider
                try await socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
                await visit.close()
            case .hangUp: return false
            }
        }
        return true
    }
}

/// What one visitor's control connection has of data connections.
private struct Visit {
    let address: IPAddress
    /// The folder that was entered last.
    var folder = "/"
    private var listener: (any Channel)?
    private var accepted: EventLoopFuture<any Channel>?

    init(address: IPAddress) { self.address = address }

    /// Listens for the next data connection, and returns the port.
    mutating func listen() async throws -> Int {
        await close()
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: (any Channel).self)
        let channel = try await ServerBootstrap(group: loop)
            .childChannelInitializer { channel in
                promise.succeed(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: address.description, port: 0).get()
        channel.closeFuture.whenComplete { _ in promise.fail(ChannelError.alreadyClosed) }
        loop.scheduleTask(in: .seconds(10)) { promise.fail(ChannelError.connectTimeout(.seconds(10))) }
        (listener, accepted) = (channel, promise.futureResult)
        return channel.localAddress?.port ?? 0
    }

    /// The data connection, once it has come about.
    func data() async throws -> (any Channel)? { try await accepted?.get() }

    mutating func close() async {
        if let listener {
            // Whether it was accepted is known by now: a listener that closes fails what waits for it.
            try? await listener.close()
            try? await accepted?.get().close()
        }
        (listener, accepted) = (nil, nil)
    }
}
