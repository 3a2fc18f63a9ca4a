import Domain
import Scope
import Vault
import Wire

/// Sources that are asked by FTP, as `anonymous`.
///
/// A folder is listed with MLSD where the server knows it, else with LIST. What comes over a data connection is sealed as a
/// `resource` record under its `ftp` address, and beside it the dialogue that brought it.
final class FTPAccess: SourceAccess {
    let asking: Asking
    let source: Source
    private let sessions: FTPSessions

    init(_ asking: Asking, to source: Source) {
        (self.asking, self.source) = (asking, source)
        sessions = FTPSessions(asking, to: source)
    }

    /// A path is part of a line: what would end it cannot be asked for.
    func canAsk(for row: ListingRow) -> Bool {
        row.target.utf8.count + source.base.authority.utf8.count + 16 <= HTTPRequest.longestAddress
            && !row.name.bytes.contains { $0 == 0 || $0 == 0x0a || $0 == 0x0d }
    }

    func close() async { await sessions.close() }

    /// What a question over a session brought.
    enum Asked<Value> {
        case done(Value)
        /// The server is busy, and what it said.
        case busy(Value)
        case lost(GateError)
    }

    /// Asks over a session: again over a new one, where one that was kept had been closed meanwhile; and again after a
    /// while, where the server is busy, as long as there is patience.
    func ask<Value>(
        of address: WebAddress,
        over line: Line,
        _ question: (FTPSession) async throws -> Asked<Value>
    ) async throws -> Result<Value, GateError> {
        var tries = 0
        while true {
            await line.hold()
            let (session, isFresh): (FTPSession, Bool)
            switch try await sessions.take() {
            case .success(let taken): (session, isFresh) = taken
            case .failure(let error): return .failure(error)
            }
            let asked: Asked<Value>
            do {
                asked = try await question(session)
            } catch {
                await session.giveUp()
                await sessions.giveBack(session)
                throw error
            }
            let (rest, isUsable) = (await session.turnPage(), await session.isUsable)
            await sessions.giveBack(session)
            switch asked {
            case .done(let value): return .success(value)
            case .lost(let error) where error.code == .closed && !isFresh: continue
            case .lost(let error):
                // What was said until then is evidence as well.
                if !rest.isEmpty { _ = try await seal(rest, of: address) }
                return .failure(error)
            case .busy where !isFresh && !isUsable: continue
            case .busy(let value):
                tries += 1
                guard tries <= asking.patience.retries, await asking.pause() else { return .success(value) }
            }
        }
    }

    /// Seals what was said, and nothing else.
    func seal(_ said: Transcript, of address: WebAddress) async throws -> Seal {
        do {
            return try await asking.vault.seal(asking.dialogue(said, of: address, with: source.endpoint))
        } catch {
            throw CollectError(.vault, "sealing what was said of \(address): \(error)")
        }
    }

    /// Begins to seal what comes of an address.
    func begin(
        _ address: WebAddress,
        _ contentType: String,
        expecting length: UInt64 = 0
    ) async throws -> ResourceWriter {
        let record = ResourceRecord(
            target: "\(address)",
            contentType: contentType,
            bytes: [],
            at: asking.gate.clock.now(),
            endpoint: source.endpoint
        )
        do {
            return try await asking.vault.beginResource(record, expecting: length)
        } catch {
            throw CollectError(.vault, "sealing \(address): \(error)")
        }
    }

    /// Seals what came, and the dialogue beside it.
    func finish(
        _ writer: ResourceWriter,
        _ truncated: HTTPReply.Truncation?,
        _ said: Transcript,
        of address: WebAddress
    ) async throws -> Seal {
        do {
            let dialogue = asking.dialogue(said, of: address, with: source.endpoint)
            return try await writer.finish(truncated: truncated?.rawValue, dialogue: dialogue).resource
        } catch {
            throw CollectError(.vault, "sealing \(address): \(error)")
        }
    }

    func append(_ bytes: [UInt8], to writer: ResourceWriter, of address: WebAddress) async throws {
        do {
            try await writer.append(bytes)
        } catch {
            throw CollectError(.vault, "sealing \(address): \(error)")
        }
    }
}
