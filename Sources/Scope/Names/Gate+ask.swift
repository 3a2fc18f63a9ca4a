package import Domain
import NIOCore
import NIOPosix
package import Wire

extension Gate {
    /// How long one question over UDP waits, and how often it is sent.
    private static let patience = Duration.seconds(2)
    private static let attempts = 3

    /// Asks a name server over UDP, and again over TCP when the answer was cut short.
    ///
    /// The server must be one of the scope's, or its address in scope. A reply that does not repeat the question and its
    /// identifier is not taken for an answer.
    package func ask(_ question: DNSQuestion, of server: Endpoint) async throws(GateError) -> DNSReply {
        let server = try admit(nameServer: server, for: "ask \(question.name) \(question.type)")
        let query = question.message(id: .random(in: .min ... .max))
        let (bytes, message) = try await overUDP(query, question, server)
        guard message.isTruncated else { return reply(question, server, .udp, query, [(bytes, message)]) }
        let stream = try await connect(toNameServer: server)
        let answer: ([UInt8], DNSMessage)
        do throws(GateError) {
            try await stream.write([UInt8(query.count >> 8), UInt8(truncatingIfNeeded: query.count)] + query)
            answer = try await self.message(from: stream, answering: query, question)
        } catch {
            await stream.close()
            throw error
        }
        await stream.close()
        return reply(question, server, .tcp, query, [answer])
    }

    func admit(nameServer server: Endpoint, for attempt: String) throws(GateError) -> Endpoint {
        guard let rule = scope.refusal(ofNameServer: server) else {
            return Endpoint(server.address.unmapped, server.port)
        }
        throw refusal(rule, attempt, server)
    }

    /// A stream to an admitted name server, which need not lie in the ranges when the scope lists it.
    func connect(toNameServer server: Endpoint) async throws(GateError) -> GateStream {
        let line = try await open(server, tls: nil, within: .seconds(5)) { channel in
            let queue = InboundQueue()
            try channel.pipeline.syncOperations.addHandler(queue)
            return NIOLoopBound(queue, eventLoop: channel.eventLoop)
        }
        return GateStream(endpoint: server, line: line, meter: meter)
    }

    /// One message with its length in front (RFC 1035 4.2.2), which answers the query.
    func message(
        from stream: GateStream,
        answering query: [UInt8],
        _ question: DNSQuestion
    ) async throws(GateError) -> ([UInt8], DNSMessage) {
        let prefix = try await stream.read(exactly: 2, within: .seconds(10))
        let bytes = try await stream.read(exactly: Int(prefix[0]) << 8 | Int(prefix[1]), within: .seconds(10))
        guard let message = try? DNSMessage(parsing: bytes) else {
            throw fault("no DNS message", question, stream.endpoint, bytes)
        }
        guard message.isReply, Array(bytes.prefix(2)) == Array(query.prefix(2)) else {
            throw fault("a reply to another question", question, stream.endpoint, bytes)
        }
        return (bytes, message)
    }

    func reply(
        _ question: DNSQuestion,
        _ server: Endpoint,
        _ transport: Transport,
        _ query: [UInt8],
        _ messages: [(bytes: [UInt8], parsed: DNSMessage)],
        isComplete: Bool = true
    ) -> DNSReply {
        DNSReply(
            question: question,
            server: server,
            transport: transport,
            query: query,
            messages: messages.map(\.bytes),
            code: messages.first?.parsed.code ?? 0,
            isAuthoritative: messages.first?.parsed.isAuthoritative ?? false,
            answers: messages.flatMap(\.parsed.answers),
            authorities: messages.flatMap(\.parsed.authorities),
            additional: messages.flatMap(\.parsed.additional),
            isComplete: isComplete,
            at: clock.now()
        )
    }

    func fault(_ what: String, _ question: DNSQuestion, _ server: Endpoint, _ bytes: [UInt8] = []) -> GateError {
        GateError(
            .protocolError(what),
            attempted: "ask \(question.name) \(question.type)",
            endpoint: server,
            received: Array(bytes.prefix(4_096))
        )
    }

    private func overUDP(
        _ query: [UInt8],
        _ question: DNSQuestion,
        _ server: Endpoint
    ) async throws(GateError) -> ([UInt8], DNSMessage) {
        do {
            let peer = try SocketAddress(ipAddress: server.address.description, port: Int(server.port))
            let (channel, queue) = try await DatagramBootstrap(group: dialler.group).connect(to: peer) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let queue = DatagramQueue(from: peer)
                    try channel.pipeline.syncOperations.addHandler(queue)
                    return (channel, NIOLoopBound(queue, eventLoop: channel.eventLoop))
                }
            }
            defer { channel.close(promise: nil) }
            for _ in 0..<Self.attempts {
                try Task.checkCancellation()
                try await pace.wait(for: server.address)
                meter.count {
                    $0.questions += 1
                    $0.bytesOut += UInt64(query.count)
                }
                try await channel.writeAndFlush(AddressedEnvelope(remoteAddress: peer, data: ByteBuffer(bytes: query)))
                if let answer = try await self.answer(to: query, question, channel, queue) { return answer }
            }
            throw ChannelError.connectTimeout(.zero)
        } catch {
            let code = GateError.Code(error)
            throw GateError(code, attempted: "ask \(question.name) \(question.type)", endpoint: server)
        }
    }

    /// The first datagram that answers the query; nil when none came in time.
    private func answer(
        to query: [UInt8],
        _ question: DNSQuestion,
        _ channel: any Channel,
        _ queue: NIOLoopBound<DatagramQueue>
    ) async throws -> ([UInt8], DNSMessage)? {
        let deadline = NIODeadline.now() + TimeAmount(Self.patience)
        while NIODeadline.now() < deadline {
            let bytes: [UInt8]
            do {
                bytes = try await channel.eventLoop.flatSubmit {
                    let timer = channel.eventLoop.scheduleTask(deadline: deadline) {
                        queue.value.abandon(ChannelError.connectTimeout(.zero))
                    }
                    let next = queue.value.next(on: channel.eventLoop)
                    next.whenComplete { _ in timer.cancel() }
                    return next
                }.get()
            } catch ChannelError.connectTimeout {
                return nil
            }
            meter.count { $0.bytesIn += UInt64(bytes.count) }
            guard bytes.prefix(2) == query.prefix(2), let message = try? DNSMessage(parsing: bytes), message.isReply,
                message.questions.isEmpty && message.code != 0 || message.questions.first?.name == question.name
            else { continue }
            return (bytes, message)
        }
        return nil
    }
}

extension GateStream {
    /// Exactly that many bytes; an earlier end is an error.
    package func read(exactly count: Int, within time: Duration) async throws(GateError) -> [UInt8] {
        let deadline = ContinuousClock.now + time
        var bytes: [UInt8] = []
        while bytes.count < count {
            let left = deadline - .now
            guard let more = try await read(upTo: count - bytes.count, within: max(left, .zero)) else {
                throw GateError(.closed, attempted: "read", endpoint: endpoint, received: Array(bytes.prefix(4_096)))
            }
            bytes += more
        }
        return bytes
    }
}
