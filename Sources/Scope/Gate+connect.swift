package import Domain
import NIOCore

extension Gate {
    /// Opens a connection to an address in scope, with TLS where options are given.
    ///
    /// For FTP's PASV and EPSV, ask for the control connection's own address with the port of the reply: an address in
    /// a reply is never used.
    package func connect(
        to endpoint: Endpoint,
        tls: TLSOptions? = nil,
        within limit: Duration = .seconds(5)
    ) async throws(GateError) -> GateStream {
        let target = try admit(endpoint, for: "connect")
        let line = try await open(target, tls: tls, within: limit) { channel in
            let queue = InboundQueue()
            try channel.pipeline.syncOperations.addHandler(queue)
            return NIOLoopBound(queue, eventLoop: channel.eventLoop)
        }
        return GateStream(endpoint: target, line: line, meter: meter)
    }

    /// Dials an admitted endpoint: waits for its slot and its moment, and counts. The slot is free again when the
    /// channel closes.
    func open<Handle: Sendable>(
        _ target: Endpoint,
        tls: TLSOptions?,
        within limit: Duration,
        install: @escaping @Sendable (any Channel) throws -> Handle
    ) async throws(GateError) -> Dialler.Line<Handle> {
        do {
            if slots.isContended { pool.closeOldest() }
            try await slots.take()
        } catch {
            throw GateError(.cancelled, attempted: "connect", endpoint: target)
        }
        do {
            try await pace.wait(for: target.address)
            meter.count { $0.attempted += 1 }
            let line = try await dialler.dial(target, tls: tls, within: limit, install: install)
            meter.count { $0.opened += 1 }
            line.channel.closeFuture.whenComplete { [slots] _ in slots.giveBack() }
            return line
        } catch {
            slots.giveBack()
            throw error as? GateError ?? GateError(.cancelled, attempted: "connect", endpoint: target)
        }
    }
}
