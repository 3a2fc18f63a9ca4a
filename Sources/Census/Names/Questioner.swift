import Domain
import Scope
import Vault
import Wire

/// Asks the name servers, and seals what they answer.
struct Questioner: Sendable {
    let gate: Gate
    let vault: Vault
    let servers: [Endpoint]
    /// Questions under way at one time.
    let atOnce: Int

    /// An answer that holds records, with the bytes that prove it.
    struct Answer: Sendable {
        var reply: DNSReply
        var seal: Seal
    }

    private enum Result: Sendable {
        case answer(Answer)
        case nothing
        case failed(GateError)
    }

    /// Those of the servers that answer at all: a silent one would cost each question its whole patience.
    func answering() async throws(VaultError) -> (servers: [Endpoint], faults: [Fault]) {
        var faults: [Fault] = []
        var living: [Endpoint] = []
        for server in servers where !Task.isCancelled {
            do {
                _ = try await gate.ask(DNSQuestion(.root, .soa), of: server)
                living.append(server)
            } catch {
                faults.append(Fault(what: "name server: \(error)", seal: try await keep(error, from: server)))
            }
        }
        return (living, faults)
    }

    /// Asks all the questions, each of the servers in turn until one knows; what failed is told once a kind.
    func ask(_ questions: [DNSQuestion]) async throws(VaultError) -> (answers: [Answer], faults: [Fault]) {
        var answers: [Answer] = []
        var failures: [String: (count: Int, first: GateError)] = [:]
        try await bounded(questions, atOnce: atOnce) { question throws(VaultError) in
            try await ask(question)
        } each: { (result: Result) in
            switch result {
            case .answer(let answer): answers.append(answer)
            case .nothing: break
            case .failed(let error):
                failures["\(error.code) \(error.endpoint.map { "\($0)" } ?? "")", default: (0, error)].count += 1
            }
        }
        let faults = failures.sorted { $0.key < $1.key }.map { _, failure in
            Fault(what: failure.count == 1 ? "\(failure.first)" : "\(failure.first), and \(failure.count - 1) more")
        }
        return (answers, faults)
    }

    private func ask(_ question: DNSQuestion) async throws(VaultError) -> Result {
        var last = Result.nothing
        for server in servers {
            let reply: DNSReply
            do {
                reply = try await gate.ask(question, of: server)
            } catch {
                last = error.code == .cancelled ? .nothing : .failed(error)
                continue
            }
            // Refusals and failures are another server's chance; "no such name" is an answer.
            guard reply.code == 0 || reply.code == 3 else { continue }
            guard !reply.answers.isEmpty else { return .nothing }
            return .answer(Answer(reply: reply, seal: try await seal(reply)))
        }
        return last
    }

    /// Seals a reply: each message behind its length (RFC 1035 4.2.2), the query first.
    func seal(_ reply: DNSReply) async throws(VaultError) -> Seal {
        let messages = [reply.query] + reply.messages
        return try await vault.seal(
            ResourceRecord(
                target: "dns://\(reply.server)/\(NameFindings.host(reply.question.name))?type=\(reply.question.type)",
                contentType: "application/dns-message",
                bytes: messages.flatMap { [UInt8($0.count >> 8 & 255), UInt8($0.count & 255)] + $0 },
                at: reply.at,
                endpoint: reply.server
            )
        )
    }

    /// Seals what came before it failed; nil when nothing did.
    func keep(_ error: GateError, from server: Endpoint) async throws(VaultError) -> Seal? {
        guard !error.received.isEmpty else { return nil }
        return try await vault.seal(
            ResourceRecord(
                target: "dns://\(server)/",
                contentType: "application/octet-stream",
                bytes: error.received,
                at: gate.clock.now(),
                endpoint: server
            )
        )
    }
}
