package import Domain
package import Scope
import Vault

/// One service while it is looked at: every dialogue is sealed when it ends.
///
/// Belongs to the task that made it.
package final class ServiceVisit {
    package let service: ServiceSighting
    let gate: Gate
    private let vault: Vault
    /// What could not be asked or read.
    private(set) var faults: [Fault] = []
    private var dialogues = 0
    private let deadline: ContinuousClock.Instant
    /// Whether dialogues were left out, or ended by the time that all of them may take.
    private(set) var isCutShort = false

    /// Connections to one service, all checks together.
    static let mostDialogues = 40
    /// Bytes of one dialogue that are read.
    static let length = 256 * 1_024
    /// How long an answer may take.
    static let patience = Duration.seconds(5)

    /// A dialogue that was held and sealed.
    package struct Said: Sendable {
        package var transcript: Transcript
        package var seal: Seal
        package var at: Timestamp
    }

    init(_ service: ServiceSighting, gate: Gate, vault: Vault, limits: DoorsLimits) {
        self.service = service
        self.gate = gate
        self.vault = vault
        deadline = .now + limits.serviceTime
    }

    /// Where the service stands.
    package func address(_ scheme: WebAddress.Scheme, _ target: String = "/") -> WebAddress {
        let endpoint = service.endpoint
        return WebAddress(scheme: scheme, host: "\(endpoint.address)", port: endpoint.port, target: target)
    }

    /// Opens a connection, holds a dialogue on it, and seals it under an address; nil where no connection came about.
    package func converse(
        at address: WebAddress,
        port: UInt16? = nil,
        _ talk: (Dialogue) async -> Void
    ) async throws(DoorsError) -> Said? {
        guard dialogues < Self.mostDialogues, ContinuousClock.now < deadline, !Task.isCancelled else {
            isCutShort = true
            return nil
        }
        dialogues += 1
        let endpoint = Endpoint(service.endpoint.address, port ?? service.endpoint.port)
        let stream: GateStream
        do {
            stream = try await gate.connect(to: endpoint)
        } catch {
            faults.append(Fault(what: "\(error)", address: address))
            return nil
        }
        let dialogue = Dialogue(stream, clock: gate.clock, length: Self.length, until: deadline)
        await talk(dialogue)
        if ContinuousClock.now >= deadline { isCutShort = true }
        await dialogue.close()
        return try await seal(dialogue.transcript, at: address, endpoint)
    }

    /// Seals what was said in another way.
    func seal(_ transcript: Transcript, at address: WebAddress, _ endpoint: Endpoint) async throws(DoorsError) -> Said {
        let now = gate.clock.now()
        do {
            let record = ResourceRecord(
                target: "\(address)",
                contentType: Transcript.contentType,
                bytes: transcript.bytes,
                at: now,
                endpoint: endpoint
            )
            return Said(transcript: transcript, seal: try await vault.seal(record), at: now)
        } catch {
            throw DoorsError(.vault, "sealing \(address): \(error)")
        }
    }

    func door(
        _ kind: DoorKind,
        _ address: WebAddress,
        _ check: String,
        _ proof: [ProofStep],
        doubt: String? = nil,
        reason: String = Door.provenReason
    ) -> Door {
        Door(
            kind: kind,
            address: address,
            endpoint: service.endpoint,
            website: "\(service.endpoint.address)",
            check: check,
            proof: proof,
            grade: doubt == nil ? .proven : .likely,
            reason: doubt ?? reason
        )
    }
}

extension ServiceVisit {
    /// What a database that answered is: a door where it refuses a word that is no command, or else it says yes to
    /// everything. `isRefused` is nil where it said nothing to that word; then the look tells of nothing.
    func database(
        at address: WebAddress,
        _ check: String,
        _ asked: Said,
        shows: String,
        nonsense: Said?,
        _ isRefused: Bool?
    ) -> ServiceFindings {
        var findings = ServiceFindings()
        guard let nonsense, let isRefused else {
            findings.reject(address, check, "a word that is no command got no answer", nonsense ?? asked)
            findings.isUnclear = true
            return findings
        }
        guard isRefused else {
            findings.reject(address, check, "a word that is no command is not refused", nonsense)
            return findings
        }
        let proof = [
            asked.step(.content, address, nil, shows),
            nonsense.step(.sibling, address, nil, "a word that is no command is refused"),
        ]
        findings.doors.append(door(.database, address, check, proof))
        return findings
    }
}

extension ServiceVisit.Said {
    func step(_ role: ProofStep.Role, _ address: WebAddress, _ status: Int? = nil, _ shows: String) -> ProofStep {
        ProofStep(role: role, address: address, status: status, shows: shows, seal: seal, at: at)
    }
}

extension ServiceFindings {
    mutating func reject(_ address: WebAddress, _ check: String, _ reason: String, _ said: ServiceVisit.Said?) {
        rejections.append(DoorRejection(address: address, check: check, reason: reason, seal: said?.seal))
    }
}

extension Dialogue {
    /// The next line, without its end; nil when none comes in time.
    func line(within limit: Duration = ServiceVisit.patience) async -> [UInt8]? {
        await read(within: limit) { bytes in
            guard let feed = bytes.firstIndex(of: 0x0a) else {
                return bytes.count > 65_536 ? .no : .unfinished
            }
            let line = bytes[..<feed]
            return .done(Array(line.last == 0x0d ? line.dropLast() : line), feed + 1)
        }
    }

    /// Exactly so many bytes; nil when they do not come in time.
    func bytes(_ count: Int, within limit: Duration = ServiceVisit.patience) async -> [UInt8]? {
        await read(within: limit) { $0.count >= count ? .done(Array($0.prefix(count)), count) : .unfinished }
    }
}

extension ServiceSighting {
    /// Whether no probe knew what the service speaks, and it listens at one of these ports.
    func isUnknown(at ports: ClosedRange<UInt16>) -> Bool {
        transport == .tcp && speaks == .unknown && ports.contains(endpoint.port)
    }
}
