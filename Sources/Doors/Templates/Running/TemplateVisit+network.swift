import Domain
import Scope
import Vault
import Wire

extension TemplateVisit {
    private func sealed(_ bytes: [UInt8], _ target: String, at endpoint: Endpoint) async throws -> (Seal, Timestamp) {
        let now = gate.clock.now()
        let record = ResourceRecord(
            target: target,
            contentType: "application/octet-stream",
            bytes: bytes,
            at: now,
            endpoint: endpoint
        )
        return (try await vault.seal(record), now)
    }

    /// Listens to a service, and says at most what reads. What it said is sealed, in one piece.
    func converse(
        with endpoint: Endpoint,
        usesTLS: Bool,
        _ inputs: [TCPAsking.Input],
        size: Int
    ) async throws -> Answer {
        let stream = try await gate.connect(to: endpoint, tls: usesTLS ? TLSOptions(serverName: target.host) : nil)
        var values: [String: Value] = [:]
        var (all, last): ([UInt8], [UInt8]) = ([], [])
        for input in inputs {
            if !input.data.isEmpty { try await stream.write(input.data) }
            let part = try await heard(on: stream, upTo: input.read ?? size)
            if let name = input.name { values[name] = .text(part) }
            all += part
            if !part.isEmpty { last = part }
        }
        if inputs.isEmpty {
            last = try await heard(on: stream, upTo: size)
            all = last
        }
        await stream.close()
        let place = "\(usesTLS ? "tls" : "tcp")://\(endpoint)"
        let (seal, at) = try await sealed(all, place, at: endpoint)
        values["data"] = .text(all)
        values["raw"] = .text(all)
        values["response"] = .text(all)
        values["body"] = .text(all)
        values["last"] = .text(last)
        return Answer(place: place, status: nil, isWhole: true, values: values, location: nil, seal: seal, at: at)
    }

    /// What comes in time, at most so many bytes; silence is an answer too.
    private func heard(on stream: GateStream, upTo limit: Int) async throws -> [UInt8] {
        let deadline = ContinuousClock.now + limits.listenTime
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let left = deadline - .now
            guard left > .zero else { break }
            do throws(GateError) {
                guard
                    let more = try await stream.read(
                        upTo: limit - bytes.count,
                        within: bytes.isEmpty ? left : min(left, .milliseconds(500))
                    )
                else { break }
                bytes += more
            } catch {
                guard error.code == .timedOut || error.code == .closed else { throw error }
                break
            }
        }
        return bytes
    }

    /// Asks the scope's name servers, one after the other.
    func ask(_ name: String, _ type: DNSType, _ recordClass: UInt16) async throws -> Answer {
        guard let name = DNSName(name), let server = gate.scope.nameServers.first else {
            throw GateError(.resolution("no name server of the scope to ask for \(name)"), attempted: "ask \(type)")
        }
        let reply = try await gate.ask(DNSQuestion(name, type, recordClass: recordClass), of: server)
        let bytes = reply.messages.flatMap { $0 }
        let (seal, at) = try await sealed(bytes, "dns:\(name)?type=\(type)", at: server)
        return Answer(
            place: "dns:\(name)?type=\(type)",
            status: nil,
            isWhole: reply.isComplete,
            values: DNSShown(reply).values,
            location: nil,
            seal: seal,
            at: at
        )
    }

    /// A handshake, and what the certificate says. The certificates are sealed.
    func greet(_ endpoint: Endpoint, _ versions: ClosedRange<TLSVersion>) async throws -> Answer {
        let stream = try await gate.connect(to: endpoint, tls: TLSOptions(serverName: target.host, versions: versions))
        await stream.close()
        guard let facts = stream.tls else {
            throw GateError(.protocolError("no TLS"), attempted: "greet", endpoint: endpoint)
        }
        let (seal, at) = try await sealed(facts.certificateChainDER.flatMap { $0 }, "tls://\(endpoint)", at: endpoint)
        return Answer(
            place: "tls://\(endpoint)",
            status: nil,
            isWhole: true,
            values: TLSShown(facts, host: target.host, now: at).values,
            location: nil,
            seal: seal,
            at: at
        )
    }
}
