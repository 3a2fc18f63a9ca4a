package import Domain
import NIOCore

extension Gate {
    /// Ports below this are those of services: no server opens one of them for data.
    private static let firstDataPort: UInt16 = 1_024

    /// Opens a connection to an address in scope, with TLS where options are given.
    package func connect(
        to endpoint: Endpoint,
        tls: TLSOptions? = nil,
        within limit: Duration = .seconds(5)
    ) async throws(GateError) -> GateStream {
        try await connect(to: admit(endpoint, for: "connect"), tls: tls, room: 1, within: limit)
    }

    /// Opens FTP's control connection, and takes room for one data connection beside it: whoever holds the one never waits
    /// for the other while all room is taken by others like it. Whoever holds one already must not wait for another
    /// (`waits`), or two that do would wait for each other; where there is no room, the error is `local`.
    package func connectControl(
        to endpoint: Endpoint,
        within limit: Duration = .seconds(5),
        waits: Bool = true
    ) async throws(GateError) -> GateStream {
        try await connect(to: admit(endpoint, for: "connect"), room: 2, within: limit, waits: waits)
    }

    /// Opens FTP's data connection in the room that was taken for it, one at a time: to the control connection's own address
    /// and a port from 1,024 on. There is no way to name another address, whatever a reply says.
    package func connectData(
        beside control: GateStream,
        port: UInt16,
        within limit: Duration = .seconds(5)
    ) async throws(GateError) -> GateStream {
        let target = try admit(Endpoint(control.endpoint.address, port), for: "connect for data")
        guard port >= Self.firstDataPort else {
            throw refusal("no data connection to the port of a service", "connect for data", target)
        }
        return try await connect(to: target, room: 0, within: limit)
    }

    private func connect(
        to target: Endpoint,
        tls: TLSOptions? = nil,
        room: Int,
        within limit: Duration,
        waits: Bool = true
    ) async throws(GateError) -> GateStream {
        let line = try await open(target, tls: tls, within: limit, room: room, waits: waits) { channel in
            let queue = InboundQueue()
            try channel.pipeline.syncOperations.addHandler(queue)
            return NIOLoopBound(queue, eventLoop: channel.eventLoop)
        }
        return GateStream(endpoint: target, line: line, meter: meter)
    }

    /// Dials an admitted endpoint: waits for its slots, `room` of them, and its moment, and counts. They are free again when
    /// the channel closes.
    func open<Handle: Sendable>(
        _ target: Endpoint,
        tls: TLSOptions?,
        within limit: Duration,
        room: Int = 1,
        waits: Bool = true,
        install: @escaping @Sendable (any Channel) throws -> Handle
    ) async throws(GateError) -> Dialler.Line<Handle> {
        do {
            for count in 0..<room where slots.lacks(count + 1) { pool.closeOldest() }
            if waits {
                try await slots.take(room)
            } else if !slots.takeNow(room) {
                throw GateError(.local("the scope allows no more connections"), attempted: "connect", endpoint: target)
            }
        } catch {
            throw error as? GateError ?? GateError(.cancelled, attempted: "connect", endpoint: target)
        }
        do {
            try await pace.wait(for: target.address)
            meter.count { $0.attempted += 1 }
            let line = try await dialler.dial(target, tls: tls, within: limit, install: install)
            meter.count { $0.opened += 1 }
            line.channel.closeFuture.whenComplete { [slots] _ in slots.giveBack(room) }
            return line
        } catch {
            slots.giveBack(room)
            throw error as? GateError ?? GateError(.cancelled, attempted: "connect", endpoint: target)
        }
    }
}
