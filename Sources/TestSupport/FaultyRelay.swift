package import Domain
import Foundation
import Glibc
import Synchronization

/// A relay in front of a web server that does harm when it is told to: cuts connections, changes bytes, answers by itself.
///
/// It handles one request a connection, whole, each on a thread of its own.
package final class FaultyRelay: Sendable {
    /// A request that came.
    package struct Call: Hashable, Sendable {
        /// How many came before.
        package var number: Int
        package var method: String
        package var target: String
        package var head: String
    }

    /// What is done with a request.
    package enum Fault: Sendable {
        case none
        /// The server is not asked; these bytes are the answer.
        case answer([UInt8])
        /// The connection ends when so many bytes of the request were taken; the server is not asked.
        case cutRequest(after: Int)
        /// The server is asked, and the connection ends behind so many bytes of its answer.
        case cutReply(after: Int)
        /// The server is asked something else.
        case changeRequest(@Sendable ([UInt8]) -> [UInt8])
        /// The server is asked, and its answer changed on the way.
        case changeReply(@Sendable ([UInt8]) -> [UInt8])
        /// The server is asked, and its answer comes a byte at a time, so many milliseconds apart.
        case drip(milliseconds: UInt32)
    }

    package let endpoint: Endpoint
    private let listener: Int32
    private let server: Endpoint?
    private let plan: @Sendable (Call) -> Fault
    /// Guards the requests so far.
    private let log = Mutex<[Call]>([])

    private init(_ address: IPAddress, _ server: Endpoint?, _ plan: @escaping @Sendable (Call) -> Fault) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let port = try freePort(on: address)
        endpoint = Endpoint(address, port)
        (self.server, self.plan) = (server, plan)
        let bound = withSocketName(endpoint) { bind(listener, $0, $1) }
        guard bound == 0, listen(listener, 64) == 0 else {
            close(listener)
            throw Overdue(description: "the relay cannot listen at \(endpoint): errno \(errno)")
        }
    }

    /// The requests so far, in order of arrival.
    package var calls: [Call] { log.withLock { $0 } }

    /// Runs a relay on a free port. Without a server, `plan` must answer everything.
    package nonisolated(nonsending) static func running<Result>(
        at address: IPAddress,
        before server: Endpoint? = nil,
        plan: @escaping @Sendable (Call) -> Fault,
        _ body: (FaultyRelay) async throws -> Result
    ) async throws -> Result {
        let relay = try FaultyRelay(address, server, plan)
        startThread { relay.accept() }
        defer { shutdown(relay.listener, Int32(SHUT_RDWR)) }
        return try await body(relay)
    }

    private func accept() {
        while true {
            let connection = Glibc.accept(listener, nil, nil)
            if connection < 0, errno == EINTR { continue }
            guard connection >= 0 else { break }
            startThread { self.handle(connection) }
        }
        close(listener)
    }

    private func handle(_ connection: Int32) {
        defer { close(connection) }
        guard let (request, length) = readHead(connection) else { return }
        let text = String(decoding: request.prefix(length), as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" }.split(separator: " ").map(String.init)
        let call = log.withLock { calls in
            let method = words.first ?? ""
            let target = words.count > 1 ? words[1] : ""
            calls.append(Call(number: calls.count, method: method, target: target, head: text))
            return calls[calls.count - 1]
        }
        let fault = plan(call)
        if case .cutRequest(let count) = fault {
            _ = read(connection, upTo: max(0, count - request.count))
            // The rest is left unread: the other side sees the connection reset.
            return
        }
        let whole = request + read(connection, upTo: max(0, length + bodyLength(text) - request.count))
        switch fault {
        case .answer(let bytes): write(bytes, to: connection)
        case .changeRequest(let change): write(ask(change(whole)), to: connection)
        case .cutReply(let count): write(Array(ask(whole).prefix(count)), to: connection)
        case .changeReply(let change): write(change(ask(whole)), to: connection)
        case .drip(let pause):
            for byte in ask(whole) where write([byte], to: connection) { usleep(pause * 1_000) }
        case .none, .cutRequest: write(ask(whole), to: connection)
        }
        shutdown(connection, Int32(SHUT_WR))
    }

    /// What came up to the end of the head at least, and the head's length.
    private func readHead(_ connection: Int32) -> ([UInt8], Int)? {
        var bytes: [UInt8] = []
        while bytes.count < 1 << 16 {
            let more = read(connection, upTo: 1, atLeast: 1)
            guard !more.isEmpty else { return nil }
            bytes += more
            if bytes.suffix(4) == [13, 10, 13, 10] { return (bytes, bytes.count) }
        }
        return nil
    }

    private func bodyLength(_ head: String) -> Int {
        let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return line.flatMap { Int($0.dropFirst(15).trimming) } ?? 0
    }

    /// What the server answers to a request, up to the end of the connection.
    private func ask(_ request: [UInt8]) -> [UInt8] {
        guard let server, let line = request.firstIndex(of: 10) else { return [] }
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        guard withSocketName(server, { connect(connection, $0, $1) }) == 0 else { return [] }
        let last = Array("Connection: close\r\n".utf8)
        guard write(Array(request[...line]) + last + request[(line + 1)...], to: connection) else { return [] }
        return read(connection, upTo: .max)
    }

    /// Reads up to the count, or to the end.
    private func read(_ connection: Int32, upTo count: Int, atLeast: Int = .max) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(count, 1 << 16))
        while bytes.count < min(count, atLeast) {
            let got = recv(connection, &buffer, min(buffer.count, count - bytes.count), 0)
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { break }
            bytes += buffer[..<got]
        }
        return bytes
    }

    @discardableResult
    private func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }
}

extension Substring {
    fileprivate var trimming: String { String(drop { $0 == " " }) }
}

private func startThread(_ work: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(work)
}

private func withSocketName<Value>(_ endpoint: Endpoint, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value
{
    var name = socketName(endpoint)
    return withUnsafePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}
