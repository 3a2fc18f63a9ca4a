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

    /// Questions whose answers are sealed together, one record a server.
    private static let sealedTogether = 1_024
    /// Records of one answer that are taken; its bytes are kept whole.
    static let recordsEach = 512

    /// The records of an answer, with the bytes that prove them.
    struct Answer: Sendable {
        var records: [DNSRecord]
        var seal: Seal
    }

    private enum Result: Sendable {
        case answer(DNSReply, leftOut: Int)
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
        var faults: [Fault] = []
        var failures: [String: (count: Int, first: GateError)] = [:]
        for start in stride(from: 0, to: questions.count, by: Self.sealedTogether) where !Task.isCancelled {
            let batch = questions[start..<min(start + Self.sealedTogether, questions.count)]
            var replies: [(reply: DNSReply, leftOut: Int)] = []
            try await bounded(batch, atOnce: atOnce) { question throws(VaultError) in
                await ask(question)
            } each: { (result: Result) in
                switch result {
                case .answer(let reply, let leftOut): replies.append((reply, leftOut))
                case .nothing: break
                case .failed(let error):
                    failures["\(error.code) \(error.endpoint.map { "\($0)" } ?? "")", default: (0, error)].count += 1
                }
            }
            let seals = try await seal(replies.map(\.reply))
            for (reply, seal) in zip(replies, seals) {
                answers.append(Answer(records: reply.reply.answers, seal: seal))
                guard reply.leftOut > 0 else { continue }
                let what = "\(reply.leftOut) records of the answer to \(reply.reply.question.name) were not taken"
                faults.append(Fault(what: what, seal: seal))
            }
        }
        faults += failures.sorted { $0.key < $1.key }.map { _, failure in
            Fault(what: failure.count == 1 ? "\(failure.first)" : "\(failure.first), and \(failure.count - 1) more")
        }
        return (answers, faults)
    }

    private func ask(_ question: DNSQuestion) async -> Result {
        var last = Result.nothing
        for server in servers {
            var reply: DNSReply
            do {
                reply = try await gate.ask(question, of: server)
            } catch {
                last = error.code == .cancelled ? .nothing : .failed(error)
                continue
            }
            // Refusals and failures are another server's chance; "no such name" is an answer.
            guard reply.code == 0 || reply.code == 3 else { continue }
            guard !reply.answers.isEmpty else { return .nothing }
            let leftOut = max(0, reply.answers.count - Self.recordsEach)
            reply.answers.removeLast(leftOut)
            (reply.authorities, reply.additional) = ([], [])
            return .answer(reply, leftOut: leftOut)
        }
        return last
    }

    /// Seals replies, those of one server together; each seal tells where in the record its question begins.
    func seal(_ replies: [DNSReply]) async throws(VaultError) -> [Seal] {
        var logs: [Endpoint: QuestionLog] = [:]
        var offsets: [UInt64] = []
        for reply in replies { offsets.append(logs[reply.server, default: QuestionLog()].note(reply)) }
        var seals: [Endpoint: Seal] = [:]
        for (server, log) in logs.sorted(by: { $0.key < $1.key }) {
            seals[server] = try await vault.seal(
                ResourceRecord(
                    target: "dns://\(server)/",
                    contentType: QuestionLog.contentType,
                    bytes: log.bytes,
                    at: log.ended ?? gate.clock.now(),
                    endpoint: server
                )
            )
        }
        return zip(replies, offsets).compactMap { reply, offset in
            var seal = seals[reply.server]
            seal?.offset = offset
            return seal
        }
    }

    /// Seals one reply.
    func seal(_ reply: DNSReply) async throws(VaultError) -> Seal? {
        try await seal([reply]).first
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
