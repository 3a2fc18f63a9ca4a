package import Domain
import Wire

extension Gate {
    /// Messages and bytes that one zone transfer may bring.
    private static let maximumMessages = 4_096
    private static let maximumBytes = 32 << 20

    /// Asks for a whole zone (AXFR, RFC 5936). What came is returned also when the server stopped before the end, or went
    /// over the limit of 32 MiB or of time; then it is not complete. A refusal is a reply whose code says so.
    package func transferZone(
        _ zone: String,
        from server: Endpoint,
        within limit: Duration = .seconds(120)
    ) async throws(GateError) -> DNSReply {
        guard let name = DNSName(zone) else {
            throw GateError(.resolution("'\(zone)' is no domain name"), attempted: "transfer \(zone)")
        }
        let server = try admit(nameServer: server, for: "transfer \(zone)")
        let question = DNSQuestion(name, .axfr)
        let query = question.message(id: .random(in: .min ... .max))
        let stream = try await connect(toNameServer: server)
        let deadline = ContinuousClock.now + limit
        var messages: [(bytes: [UInt8], parsed: DNSMessage)] = []
        var isComplete = false
        do throws(GateError) {
            meter.count { $0.questions += 1 }
            try await stream.write([UInt8(query.count >> 8), UInt8(truncatingIfNeeded: query.count)] + query)
            var size = 0
            var authorities = 0
            while !isComplete, messages.count < Self.maximumMessages, size < Self.maximumBytes,
                ContinuousClock.now < deadline
            {
                let next = try await message(from: stream, answering: query, question)
                messages.append(next)
                size += next.0.count
                // The zone's SOA stands first and last.
                authorities += next.1.answers.count { $0.type == .soa && $0.owner == name }
                if next.1.code != 0 || next.1.answers.isEmpty { break }
                isComplete = authorities >= 2
            }
        } catch {
            await stream.close()
            if messages.isEmpty { throw error }
        }
        await stream.close()
        return reply(question, server, .tcp, query, messages, isComplete: isComplete)
    }
}
