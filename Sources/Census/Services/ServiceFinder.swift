import Domain
import Scope
import Vault

/// Finds out what an open port speaks.
///
/// Where the number hints at a protocol in which the client speaks first, that is asked at once. Else the port is
/// listened to; who says nothing is asked in each protocol in turn. What no probe knows is kept as bytes.
///
/// Silence may also be lost packets: who was not heard, or began as a known protocol does and broke off, is asked a
/// second time with twice the patience.
struct ServiceFinder: Sendable {
    /// A service, what its front page showed, and what could not be used.
    struct Found: Sendable {
        var sighting: ServiceSighting
        var front: Page?
        var faults: [Fault] = []
    }

    let gate: Gate
    let vault: Vault
    let settings: CensusSettings
    var probes = Census.probes

    func find(_ endpoint: Endpoint) async throws(VaultError) -> Found {
        let at = gate.clock.now()
        let pages = PageReader(gate: gate, vault: vault, settings: settings)
        let interview = Interview(endpoint, gate: gate, pages: pages, settings: settings)
        var finding = try await ask(interview)
        await interview.end()
        var transcript = interview.transcripts
        var fault = interview.fault
        if finding == nil, fault == nil, !Task.isCancelled, wasCutShort(transcript) {
            let patient = settings.patient
            let again = Interview(
                endpoint,
                gate: gate,
                pages: PageReader(gate: gate, vault: vault, settings: patient),
                settings: patient
            )
            finding = try await ask(again)
            await again.end()
            transcript += again.transcripts
            fault = again.fault
        }
        let seal = try await self.seal(transcript, of: endpoint, at: at)
        let own = fault.map { [Fault(what: "not asked as it should have been: \($0)")] } ?? []
        guard let finding else {
            let banner = transcript.lazy.map(\.opening).first { !$0.isEmpty } ?? []
            let sighting = ServiceSighting(
                endpoint: endpoint,
                speaks: .unknown,
                banner: Array(banner.prefix(Self.maximumBanner)),
                facts: [:],
                seal: seal,
                at: at
            )
            return Found(sighting: sighting, faults: own)
        }
        let sighting = ServiceSighting(
            endpoint: endpoint,
            speaks: finding.speaks,
            banner: Array(finding.banner.prefix(Self.maximumBanner)),
            facts: finding.facts.mapValues { String($0.prefix(Self.maximumFact)) },
            seal: finding.seal ?? seal,
            at: at
        )
        let faults = try await own + certificateFaults(of: finding, at: endpoint)
        return Found(sighting: sighting, front: finding.front, faults: faults)
    }

    private static let maximumBanner = 4_096
    /// Characters of one fact.
    private static let maximumFact = 8_192

    /// Whether nothing was heard, or what was heard began as a protocol that is known.
    private func wasCutShort(_ transcripts: [Transcript]) -> Bool {
        let openings = transcripts.map(\.opening).filter { !$0.isEmpty }
        return openings.isEmpty || openings.contains { opening in probes.contains { $0.opening.recognises(opening) } }
    }

    private func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        let hinted = probes.filter { $0.usualPorts.contains(interview.endpoint.port) && $0.opening.isClients }
        var doubtful: Finding?
        var asked: Set<String> = []
        for probe in hinted {
            asked.insert(probe.name)
            guard let finding = try await probe.ask(interview) else { continue }
            if !finding.isDoubtful { return finding }
            doubtful = finding
        }
        if doubtful == nil {
            let dialogue = await interview.fresh()
            await dialogue?.listen(within: interview.settings.greetingWait)
            if let opening = dialogue?.pending, !opening.isEmpty { return try await recognise(opening, interview) }
        }
        for probe in probes where probe.opening.isClients && !asked.contains(probe.name) {
            if let finding = try await probe.ask(interview) {
                if !finding.isDoubtful { return finding }
                doubtful = doubtful ?? finding
            }
            // A server that is slow to greet does so in answer to whatever it was asked.
            let opening = interview.transcripts.last?.opening ?? []
            if doubtful == nil, !opening.isEmpty, let late = try await recognise(opening, interview) { return late }
        }
        return doubtful
    }

    private func recognise(_ opening: [UInt8], _ interview: Interview) async throws(VaultError) -> Finding? {
        for probe in probes where probe.opening.recognises(opening) {
            if let finding = try await probe.ask(interview) { return finding }
        }
        return nil
    }

    private func seal(
        _ transcripts: [Transcript],
        of endpoint: Endpoint,
        at: Timestamp
    ) async throws(VaultError) -> Seal? {
        let spoken = transcripts.filter { !$0.isEmpty }
        guard !spoken.isEmpty else { return nil }
        return try await vault.seal(
            ResourceRecord(
                target: "tcp://\(endpoint)",
                contentType: Transcript.contentType,
                bytes: spoken.flatMap(\.bytes),
                at: at,
                endpoint: endpoint
            )
        )
    }

    /// A certificate that cannot be read is kept as bytes.
    private func certificateFaults(of finding: Finding, at endpoint: Endpoint) async throws(VaultError) -> [Fault] {
        guard let reason = finding.facts["tls.certificate-fault"], let tls = finding.front?.tls,
            let leaf = tls.certificateChainDER.first
        else { return [] }
        let record = ResourceRecord(
            target: "tls://\(endpoint)",
            contentType: "application/pkix-cert",
            bytes: leaf,
            at: gate.clock.now(),
            endpoint: endpoint
        )
        let seal = try await vault.seal(record)
        return [Fault(what: "\(endpoint): \(reason)", seal: seal)]
    }
}
