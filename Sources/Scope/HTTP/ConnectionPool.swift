import Synchronization

/// Connections kept for the next request to the same server.
final class ConnectionPool: Sendable {
    /// More idle connections than this are not kept for one server.
    private static let keptEach = 16
    /// More idle connections than this are not kept in all.
    private static let kept = 128

    private struct Shelf {
        /// Oldest first.
        var idle: [HTTPConnection] = []
        var isClosed = false
    }

    /// Guards the idle connections. The last used is taken first, so that the others grow old and are let go.
    private let shelf = Mutex(Shelf())

    func take(_ key: HTTPConnection.Key) -> HTTPConnection? {
        shelf.withLock { shelf in
            shelf.idle.removeAll { !$0.isReusable }
            guard let index = shelf.idle.lastIndex(where: { $0.key == key }) else { return nil }
            return shelf.idle.remove(at: index)
        }
    }

    func put(_ connection: HTTPConnection) {
        let surplus = shelf.withLock { shelf -> HTTPConnection? in
            guard !shelf.isClosed, connection.isReusable else { return connection }
            shelf.idle.append(connection)
            if shelf.idle.count(where: { $0.key == connection.key }) > Self.keptEach,
                let index = shelf.idle.firstIndex(where: { $0.key == connection.key })
            {
                return shelf.idle.remove(at: index)
            }
            return shelf.idle.count > Self.kept ? shelf.idle.removeFirst() : nil
        }
        surplus?.close()
    }

    /// Lets the connection go that was used longest ago.
    func closeOldest() {
        let oldest = shelf.withLock { $0.idle.isEmpty ? nil : $0.idle.removeFirst() }
        oldest?.close()
    }

    func close() async {
        let all = shelf.withLock { shelf -> [HTTPConnection] in
            shelf.isClosed = true
            defer { shelf.idle = [] }
            return shelf.idle
        }
        for connection in all { connection.close() }
    }
}
