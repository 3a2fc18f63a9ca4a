import Domain
import Scope
import Wire

extension FTPAccess {
    /// What the server says of something when asked for it directly.
    private enum Presence {
        case there(String)
        case gone
        case unclear(String)

        init(refusal reply: FTPReply) {
            self = reply.code == 550 ? .gone : .unclear(reply.words)
        }
    }

    /// A folder is gone where CWD is refused with 550. A file is there where SIZE or MLST say so, and gone where reading it
    /// is refused with 550: some servers give 550 to SIZE for what they would send.
    func absence(of entry: AbsenceTask.Entry, over line: Line) async throws -> Absence {
        let result = try await ask(of: entry.address, over: line) { session in
            try await presence(of: entry, by: session)
        }
        line.letGo()
        switch result {
        case .failure(let error) where error.code == .cancelled: return .interrupted
        case .failure(let error): return .unknown("\(error)")
        case .success((.gone, let said)):
            _ = try await seal(said, of: entry.address)
            return .confirmed(asking.gate.clock.now())
        case .success((.there(let words), let said)), .success((.unclear(let words), let said)):
            _ = try await seal(said, of: entry.address)
            return .unknown(words)
        }
    }

    private func presence(
        of entry: AbsenceTask.Entry,
        by session: FTPSession
    ) async throws -> Asked<(Presence, Transcript)> {
        let path = await session.path(of: entry.address)
        let found: Presence
        if path.last == UInt8(ascii: "/") {
            guard let reply = await session.say("CWD", path.count > 1 ? path.dropLast() : path) else {
                return .lost(await session.silence)
            }
            if reply.isTransient { return .busy((.unclear(reply.words), await session.turnPage())) }
            found = (200..<300).contains(reply.code) ? .there(reply.words) : Presence(refusal: reply)
        } else {
            if let words = await shown(path, by: session) { return .done((.there(words), await session.turnPage())) }
            switch try await session.transfer("RETR", path, limit: .init(bytes: 0), receive: { _ in }) {
            case .lost(let error): return .lost(error)
            case .came(let transfer): found = .there(transfer.reply?.words ?? "its bytes")
            case .refused(let reply) where reply.isTransient:
                return .busy((.unclear(reply.words), await session.turnPage()))
            case .refused(let reply): found = Presence(refusal: reply)
            }
        }
        return .done((found, await session.turnPage()))
    }

    /// What MLST or SIZE say of a file that is there.
    private func shown(_ path: [UInt8], by session: FTPSession) async -> String? {
        if await session.features.hasFacts, let reply = await session.say("MLST", path), reply.code == 250,
            // A folder of the same name is not the file.
            reply.facts?.kind != .folder
        {
            return "MLST gives \(reply.words)"
        }
        if await session.features.hasSizes, let reply = await session.say("SIZE", path), reply.size != nil {
            return "SIZE gives \(reply.words)"
        }
        return nil
    }
}
