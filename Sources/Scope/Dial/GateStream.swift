package import Domain
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A connection that the gate opened: bytes in, bytes out. Closed when it is let go.
package final class GateStream: Sendable {
    /// The address the socket is pinned to.
    package let endpoint: Endpoint
    package let tls: TLSFacts?
    private let channel: any Channel
    private let queue: NIOLoopBound<InboundQueue>
    private let meter: Meter

    init(endpoint: Endpoint, line: Dialler.Line<NIOLoopBound<InboundQueue>>, meter: Meter) {
        self.endpoint = endpoint
        tls = line.tls
        channel = line.channel
        queue = line.handle
        self.meter = meter
    }

    deinit {
        channel.close(promise: nil)
    }

    /// What has arrived, at most `upTo` bytes, as soon as there is any; nil when the peer has closed.
    package func read(upTo limit: Int, within time: Duration) async throws(GateError) -> [UInt8]? {
        let deadline = NIODeadline.now() + TimeAmount(time)
        let stop = Stop()
        do {
            let bytes = try await withTaskCancellationHandler {
                try await channel.eventLoop.flatSubmit { [channel, queue] in
                    let timer = channel.eventLoop.scheduleTask(deadline: deadline) {
                        queue.value.abandon(ChannelError.connectTimeout(.zero))
                    }
                    let next = queue.value.next(upTo: max(limit, 1), on: channel)
                    // The task may have been cancelled before there was a read to give up.
                    if stop.isSet.load(ordering: .acquiring) { queue.value.abandon(CancellationError()) }
                    next.whenComplete { _ in timer.cancel() }
                    return next
                }.get()
            } onCancel: {
                stop.isSet.store(true, ordering: .releasing)
                channel.eventLoop.execute { [queue] in queue.value.abandon(CancellationError()) }
            }
            guard let bytes else { return nil }
            meter.count { $0.bytesIn += UInt64(bytes.readableBytes) }
            return Array(bytes.readableBytesView)
        } catch {
            throw GateError(GateError.Code(error), attempted: "read", endpoint: endpoint)
        }
    }

    /// Sends the bytes, and returns when the kernel has taken them.
    package func write(_ bytes: [UInt8]) async throws(GateError) {
        do {
            try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
            meter.count { $0.bytesOut += UInt64(bytes.count) }
        } catch {
            throw GateError(GateError.Code(error), attempted: "write", endpoint: endpoint)
        }
    }

    package func close() async {
        // A connection that is closed already has reached what was asked.
        try? await channel.close()
    }
}

extension Error {
    /// TLS that ended without its closing alert.
    var isUncleanShutdown: Bool {
        if let error = self as? NIOSSLError, case .uncleanShutdown = error { true } else { false }
    }
}
