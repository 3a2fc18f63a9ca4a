import Domain
import NIOCore
import NIOHTTP1

extension Gate {
    /// The bytes that ``exchange(_:limits:receive:)`` would send.
    package func bytes(of request: HTTPRequest) throws(GateError) -> [UInt8] {
        try request.bytes(userAgent: userAgent)
    }

    /// Asks, and hands over the reply in parts; no more is read from the server until `receive` returns.
    ///
    /// A redirect is never followed: resolve its `Location`, and ask again. Throws ``GateError``, or what `receive` threw;
    /// a reply that broke off after its head is returned, with what truncated it.
    package func exchange(
        _ request: HTTPRequest,
        limits: ExchangeLimits = .init(),
        receive: (ExchangePart) async throws -> Void
    ) async throws -> HTTPReply {
        let bytes = try bytes(of: request)
        let key = try await key(for: request)
        if let kept = pool.take(key) {
            do {
                return try await run(request, bytes, on: kept, limits, receive)
            } catch is StaleConnection {
                kept.close()
            }
        }
        let line = try await open(key.endpoint, tls: key.tls, within: limits.connect, install: HTTPConnection.install)
        do {
            return try await run(request, bytes, on: HTTPConnection(key: key, line: line), limits, receive, isNew: true)
        } catch let stale as StaleConnection {
            throw stale.error
        }
    }

    /// Asks for something small, and keeps it: at most `limit` bytes of content, after which the reply is truncated.
    package func fetch(
        _ request: HTTPRequest,
        upTo limit: Int = 1 << 20,
        limits: ExchangeLimits = .init()
    ) async throws(GateError) -> (reply: HTTPReply, content: [UInt8], raw: [UInt8]) {
        var limits = limits
        limits.contentLength = UInt64(max(limit, 0))
        var (content, raw): ([UInt8], [UInt8]) = ([], [])
        do {
            let reply = try await exchange(request, limits: limits) { part in
                guard case .body(let rawPart, let contentPart) = part else { return }
                raw += rawPart
                content += contentPart
            }
            return (reply, content, raw)
        } catch let error as GateError {
            throw error
        } catch {
            throw GateError(GateError.Code(error), attempted: "\(request.method.rawValue) \(request.address)")
        }
    }

    /// Where to ask, admitted by the scope.
    private func key(for request: HTTPRequest) async throws(GateError) -> HTTPConnection.Key {
        let address = request.address
        let attempt = "\(request.method.rawValue) \(address)"
        guard address.scheme == .http || address.scheme == .https else {
            throw GateError(.protocolError("only http and https are exchanged"), attempted: attempt)
        }
        let wanted: Endpoint
        if let pinned = request.endpoint {
            wanted = pinned
        } else {
            guard let found = try await resolve(address.host).first else {
                throw GateError(.resolution("\(address.host) has no address"), attempted: attempt)
            }
            wanted = Endpoint(found, address.port)
        }
        // An authority of time-stamps is no address of the investigation: the scope names it by itself.
        let isStamp = request.query != nil
        let endpoint = try isStamp ? admitAuthority(request, for: attempt) : admit(wanted, for: attempt)
        let options = address.scheme == .https ? TLSOptions(serverName: address.host, alpn: ["http/1.1"]) : nil
        return HTTPConnection.Key(endpoint: endpoint, tls: options, host: address.host)
    }

    private func run(
        _ request: HTTPRequest,
        _ bytes: [UInt8],
        on connection: HTTPConnection,
        _ limits: ExchangeLimits,
        _ receive: (ExchangePart) async throws -> Void,
        isNew: Bool = false
    ) async throws -> HTTPReply {
        if !isNew { try await pace.wait(for: connection.key.endpoint.address) }
        var exchange = Exchange(request, bytes: bytes, on: connection, limits: limits, clock: clock)
        connection.send(bytes, method: request.method)
        meter.count {
            $0.requests += 1
            $0.bytesOut += UInt64(bytes.count)
        }
        defer { meter.count { $0.bytesIn += UInt64(exchange.bytesIn) } }
        do {
            let reply = try await exchange.run(receive: receive)
            if exchange.isReusable, !slots.hasWaiting { pool.put(connection) } else { connection.close() }
            return reply
        } catch {
            connection.close()
            if let error = error as? GateError, error.code == .closed, exchange.isSilent {
                throw StaleConnection(error: error)
            }
            throw error
        }
    }
}

/// The server closed a connection before it said a word; one that was kept may simply have grown old.
private struct StaleConnection: Error {
    let error: GateError
}
