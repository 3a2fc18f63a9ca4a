import Domain
import Scope
import Vault
import Wire

/// The log-ins of one walk to one FTP server: kept while there is work, and never more than the server bears.
///
/// A server that has no room for another is asked for no more than it took, to the end of the walk.
actor FTPSessions {
    private let asking: Asking
    private let source: Source
    private var idle: [FTPSession] = []
    /// Those that are open or being opened, lent ones among them.
    private var open = 0
    private var most: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var isClosed = false

    init(_ asking: Asking, to source: Source) {
        (self.asking, self.source) = (asking, source)
        most = max(1, asking.limits.connections)
    }

    /// A session that nobody else has, and whether it was used before. Throws a fault of the vault alone.
    func take() async throws -> Result<(session: FTPSession, isFresh: Bool), GateError> {
        var tries = 0
        while true {
            guard !isClosed, !Task.isCancelled else { return .failure(cancelled) }
            if let session = idle.popLast() { return .success((session, false)) }
            guard open < most else {
                await withCheckedContinuation { waiting.append($0) }
                continue
            }
            open += 1
            let isFirst = open == 1
            let opening = await FTPSession.open(
                at: source.endpoint,
                gate: asking.gate,
                patience: asking.patience,
                isFirst: isFirst
            )
            try await seal(opening)
            switch opening {
            case .ready(let session, _): return .success((session, true))
            case .failed(let error, _) where !isFirst && error.isLocal:
                // The scope allows no more connections: those that are open must do.
                _ = leave(error)
                most = max(1, min(most, open))
            case .failed(let error, _): return .failure(leave(error))
            case .refused(let reply, _): return .failure(leave(fault("lets nobody in without a credential", reply)))
            case .full(let reply, _):
                let error = leave(fault("has no room for another visitor", reply))
                if open > 0 {
                    most = min(most, open)
                    continue
                }
                tries += 1
                guard tries <= asking.patience.retries, await asking.pause() else { return .failure(error) }
            }
        }
    }

    /// Takes a session back. One that is not usable is closed, and makes room for another.
    func giveBack(_ session: FTPSession) async {
        if await session.isUsable, !isClosed {
            idle.append(session)
        } else {
            await session.close()
            open -= 1
        }
        wake()
    }

    func close() async {
        isClosed = true
        for session in idle { await session.close() }
        open -= idle.count
        idle = []
        while !waiting.isEmpty { wake() }
    }

    private func leave(_ error: GateError) -> GateError {
        open -= 1
        wake()
        return error
    }

    private func wake() {
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }

    private var cancelled: GateError { GateError(.cancelled, attempted: "log in", endpoint: source.endpoint) }

    private func fault(_ what: String, _ reply: FTPReply) -> GateError {
        GateError(.protocolError("the server \(what): \(reply.words)"), attempted: "log in", endpoint: source.endpoint)
    }

    private func seal(_ opening: FTPSession.Opening) async throws {
        switch opening {
        case .ready(_, let said), .full(_, let said), .refused(_, let said), .failed(_, let said):
            guard !said.isEmpty else { return }
            let record = asking.dialogue(said, of: source.base.with("/"), with: source.endpoint)
            do {
                _ = try await asking.vault.seal(record)
            } catch {
                throw CollectError(.vault, "sealing the log-in at \(source.endpoint): \(error)")
            }
        }
    }
}

extension Asking {
    /// What was said on a control connection, as it is sealed.
    func dialogue(_ said: Transcript, of address: WebAddress, with endpoint: Endpoint) -> ResourceRecord {
        ResourceRecord(
            target: "\(address)",
            contentType: Transcript.contentType,
            bytes: said.bytes,
            at: said.turns.first?.at ?? gate.clock.now(),
            endpoint: endpoint
        )
    }

    /// Waits as long as a busy server that names no time is left alone; false where there is no patience left.
    func pause() async -> Bool {
        guard waits.take(patience.unnamedWait) else { return false }
        do {
            try await Task.sleep(for: patience.unnamedWait)
            return true
        } catch {
            return false
        }
    }
}

extension GateError {
    fileprivate var isLocal: Bool {
        if case .local = code { true } else { false }
    }
}
