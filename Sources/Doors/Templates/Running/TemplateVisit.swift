import Domain
import Scope
import Vault
import Wire

/// One website or service while templates run on it: every question is asked once, its answer sealed and kept for the next.
///
/// An actor, because the answers and the budget live as long as the visit.
actor TemplateVisit {
    /// One question, by which answers are shared.
    enum Question: Hashable, Sendable {
        case http(HTTPRequest.Method, WebAddress, [HTTPHeader])
        case tcp(Endpoint, usesTLS: Bool, [TCPAsking.Input], size: Int)
        case dns(String, DNSType, UInt16)
        case tls(Endpoint, ClosedRange<TLSVersion>)
    }

    /// A header field with its value.
    struct HTTPHeader: Hashable, Sendable {
        var name: String
        var value: String
    }

    nonisolated let target: TemplateTarget
    nonisolated let gate: Gate
    nonisolated let vault: Vault
    nonisolated let limits: TemplateLimits

    /// Answers so far; nil where there was none.
    private var answers: [Question: Answer?] = [:]
    private var held = 0
    private(set) var requests = 0
    private var failuresInARow = 0
    private(set) var faults: [Fault] = []
    private(set) var isCutShort = false
    private let deadline: ContinuousClock.Instant

    init(_ target: TemplateTarget, gate: Gate, vault: Vault, limits: TemplateLimits) {
        (self.target, self.gate, self.vault, self.limits) = (target, gate, vault, limits)
        deadline = .now + limits.time
    }

    /// The answer to a question; nil when there was none, or no more may be asked.
    func answer(to question: Question) async throws(DoorsError) -> Answer? {
        if let known = answers[question] { return try known.map { answer throws(DoorsError) in try restored(answer) } }
        guard requests < limits.requests, failuresInARow < limits.failures, ContinuousClock.now < deadline,
            !Task.isCancelled
        else {
            isCutShort = true
            return nil
        }
        requests += 1
        do {
            let answer = try await ask(question)
            failuresInARow = 0
            keep(answer, for: question)
            return answer
        } catch let error as DoorsError {
            throw error
        } catch let error as VaultError {
            throw DoorsError(.vault, "sealing an answer of \(target.host): \(error)")
        } catch {
            note(error)
            answers.updateValue(nil, forKey: question)
            return nil
        }
    }

    private func note(_ error: any Error) {
        if Task.isCancelled || error is CancellationError { isCutShort = true }
        // That one port is closed says nothing of the website.
        failuresInARow += (error as? GateError)?.code == .refused ? 0 : 1
        if failuresInARow >= limits.failures { isCutShort = true }
        if faults.count < 100 { faults.append(Fault(what: "\(error)", address: target.address)) }
    }

    /// An answer that was kept from an earlier stage.
    func keep(_ answer: Answer?, for question: Question) {
        guard var answer else { return }
        let size = answer.size
        if held + size > limits.heldBytes, answer.seal.payload != nil, answer.values["body"] != nil {
            answer.dropBodies()
        } else {
            held += size
        }
        answers[question] = answer
    }

    private func restored(_ answer: Answer) throws(DoorsError) -> Answer {
        guard answer.values["body"] == nil, answer.status != nil, let payload = answer.seal.payload else {
            return answer
        }
        do {
            var whole = answer
            whole.restore(body: try vault.bytes(of: payload, upTo: limits.bodyBytes))
            return whole
        } catch {
            throw DoorsError(.vault, "reading an answer of \(target.host) again: \(error)")
        }
    }

    private func ask(_ question: Question) async throws -> Answer {
        switch question {
        case .http(let method, let address, let headers): return try await exchange(method, address, headers)
        case .tcp(let endpoint, let usesTLS, let inputs, let size):
            return try await converse(with: endpoint, usesTLS: usesTLS, inputs, size: size)
        case .dns(let name, let type, let recordClass): return try await ask(name, type, recordClass)
        case .tls(let endpoint, let versions): return try await greet(endpoint, versions)
        }
    }
}

extension Answer {
    private static let bodies = ["body", "response", "raw", "all"]

    /// Bytes that it takes, about.
    fileprivate var size: Int { 2_048 + 4 * (values["body"]?.bytes.count ?? 0) }

    fileprivate mutating func dropBodies() {
        for name in Self.bodies { values[name] = nil }
    }

    /// Takes only so much of the body as a template wants to read; for it, that is the whole.
    mutating func cut(to length: Int) {
        guard let body = values["body"]?.bytes, body.count > length else { return }
        restore(body: Array(body.prefix(length)))
        isWhole = true
    }

    fileprivate mutating func restore(body: [UInt8]) {
        let head = values["header"]?.bytes ?? []
        values["body"] = .text(body)
        values["response"] = .text(head + body)
        values["raw"] = .text(head + body)
        values["all"] = .text(body + head)
    }
}
