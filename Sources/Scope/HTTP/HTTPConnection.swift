import Domain
import NIOCore
import NIOHTTP1
import Synchronization
import Wire

/// One connection to a web server; carries one exchange at a time.
final class HTTPConnection: Sendable {
    /// What a connection may be used for again.
    struct Key: Hashable, Sendable {
        var endpoint: Endpoint
        var tls: TLSOptions?
        var host: String
    }

    let key: Key
    let tls: TLSFacts?
    private let channel: any Channel
    private let state: NIOLoopBound<ExchangeState>

    init(key: Key, line: Dialler.Line<NIOLoopBound<ExchangeState>>) {
        self.key = key
        tls = line.tls
        channel = line.channel
        state = line.handle
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Puts the decoder on a new channel, with taps before and behind it.
    static func install(on channel: any Channel) throws -> NIOLoopBound<ExchangeState> {
        let state = ExchangeState()
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = HTTPHead.maximumLength
        limits.maxHeaderListSize = HTTPHead.maximumLength
        limits.maxHeaderFieldCount = HTTPHead.maximumLines
        let decoder = HTTPResponseDecoder(informationalResponseStrategy: .forward, limitConfiguration: limits)
        try channel.syncOptions?.setOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 65_536))
        try channel.pipeline.syncOperations.addHandlers([
            RawTap(state), ByteToMessageHandler(decoder), PartCollector(state),
        ])
        return NIOLoopBound(state, eventLoop: channel.eventLoop)
    }

    func send(_ bytes: [UInt8], method: HTTPRequest.Method) {
        channel.eventLoop.execute { [state, channel] in
            state.value.send(bytes, method: method == .head ? .HEAD : .GET, on: channel)
        }
    }

    /// What arrives next. Throws `ChannelError.connectTimeout` at the deadline.
    func next(by deadline: NIODeadline) async throws -> ExchangeState.News {
        let stop = Stop()
        return try await withTaskCancellationHandler {
            try await channel.eventLoop.flatSubmit { [channel, state] in
                let next = state.value.next(on: channel)
                if stop.isSet.load(ordering: .acquiring) { state.value.abandon(CancellationError()) }
                let timer = channel.eventLoop.scheduleTask(deadline: deadline) {
                    state.value.abandon(ChannelError.connectTimeout(.zero))
                }
                next.whenComplete { _ in timer.cancel() }
                return next
            }.get()
        } onCancel: {
            stop.isSet.store(true, ordering: .releasing)
            channel.eventLoop.execute { [state] in state.value.abandon(CancellationError()) }
        }
    }

    /// Whether the server may be asked again on it: open, and nothing came unasked.
    var isReusable: Bool { channel.isActive }

    func close() {
        channel.close(promise: nil)
    }
}
