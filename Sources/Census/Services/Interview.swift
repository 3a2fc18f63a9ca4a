package import Domain
package import Scope

/// One open port while it is asked: its connections, its limits, and all that was said.
///
/// Belongs to the task that made it.
package final class Interview {
    package let endpoint: Endpoint
    package let settings: CensusSettings
    package let pages: PageReader
    package private(set) var dialogues: [Dialogue] = []
    /// What came back, on connections of the gate's own, in place of an answer.
    private var overheard: [Transcript] = []
    /// The first fault of this machine (no descriptors, no memory) that kept a connection from coming about: then the
    /// server's silence says nothing of the server.
    package private(set) var fault: GateError?
    private let gate: Gate
    private var open: Dialogue?

    package init(_ endpoint: Endpoint, gate: Gate, pages: PageReader, settings: CensusSettings) {
        self.endpoint = endpoint
        self.gate = gate
        self.pages = pages
        self.settings = settings
    }

    /// A plain connection on which nothing was said to the server yet; what it said first is still to be read.
    ///
    /// Nil when none comes about.
    package func fresh() async -> Dialogue? {
        if let open, !open.hasEnded, open.transcript.turns.allSatisfy({ $0.direction == .received }) { return open }
        await end()
        open = await connect(tls: nil)
        return open
    }

    /// A connection with TLS; nil when the handshake fails.
    package func secured() async -> Dialogue? {
        await end()
        open = await connect(tls: TLSOptions(serverName: nil, alpn: []))
        return open
    }

    /// Notes what a server said in place of an answer to an exchange.
    package func overhear(_ bytes: [UInt8]) {
        var transcript = Transcript()
        transcript.note(.received, bytes, at: gate.clock.now())
        if !transcript.isEmpty { overheard.append(transcript) }
    }

    /// All that was said, one transcript a connection.
    package var transcripts: [Transcript] { dialogues.map(\.transcript).filter { !$0.isEmpty } + overheard }

    /// Closes what is open.
    package func end() async {
        await open?.close()
        open = nil
    }

    private func connect(tls: TLSOptions?) async -> Dialogue? {
        // A server may take the connection and never shake hands: that is not waited for as often.
        let attempts = tls == nil ? settings.connectAttempts : min(settings.connectAttempts, 2)
        for _ in 0..<max(attempts, 1) {
            switch await attempt(tls: tls) {
            case .success(let dialogue): return dialogue
            // Silence may be a lost packet. Everything else is told by the absence of an answer.
            case .failure(let error): guard error.code == .timedOut else { return nil }
            }
        }
        return nil
    }

    private func attempt(tls: TLSOptions?) async -> Result<Dialogue, GateError> {
        do throws(GateError) {
            let stream = try await gate.connect(to: endpoint, tls: tls, within: settings.connectWait)
            let dialogue = Dialogue(stream, clock: gate.clock, length: settings.dialogueLength)
            dialogues.append(dialogue)
            return .success(dialogue)
        } catch {
            if case .local = error.code { fault = fault ?? error }
            return .failure(error)
        }
    }
}
