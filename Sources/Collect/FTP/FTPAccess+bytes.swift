import Domain
import Scope
import Vault
import Wire

extension FTPAccess {
    /// What a session brought of a file, not yet sealed.
    private struct Fetched {
        var offset: UInt64 = 0
        var size: UInt64?
        var modified: Timestamp?
        var restarts = false
        var writer: ResourceWriter?
        var transfer: FTPTransfer?
        /// What was said where nothing came.
        var reply: FTPReply?
        var said = Transcript()

        /// Size and time to the second: what another version of the file will hardly share.
        var validator: String? {
            guard let size, let modified else { return nil }
            return "size=\(size);modify=\(modified)"
        }
    }

    func bytes(
        of task: BodyTask,
        behind partial: PartialBody?,
        upTo limit: UInt64,
        over line: Line
    ) async throws -> Result<BodyAnswer, GateError> {
        let address = task.address
        let result = try await ask(of: address, over: line) { try await fetch(task, partial, by: $0, upTo: limit) }
        line.letGo()
        let fetched: Fetched
        switch result {
        case .failure(let error): return .failure(error)
        case .success(let success): fetched = success
        }
        guard let writer = fetched.writer, let transfer = fetched.transfer else {
            return .success(try await refusal(fetched, address))
        }
        if Task.isCancelled, transfer.truncated != nil,
            fetched.validator == nil || !fetched.restarts || transfer.length == 0
        {
            await writer.abandon()
            return .failure(GateError(.cancelled, attempted: "RETR \(address)", endpoint: source.endpoint))
        }
        let seal = try await finish(writer, transfer.truncated, fetched.said, of: address)
        return .success(answer(fetched, transfer, seal))
    }

    private func answer(_ fetched: Fetched, _ transfer: FTPTransfer, _ seal: Seal) -> BodyAnswer {
        // Where the server says that it has sent all, the file's length is what came, whatever was said of it before.
        let total = transfer.truncated == nil ? fetched.offset + transfer.length : fetched.size
        let cut = transfer.truncated.map { "cut off (\($0.rawValue))" } ?? "whole"
        return BodyAnswer(
            extent: fetched.offset == 0
                ? .start(total: total) : .rest(from: fetched.offset, before: nil, total: total),
            seal: seal,
            truncated: transfer.truncated,
            validator: fetched.restarts ? fetched.validator : nil,
            modified: fetched.modified,
            contentType: "application/octet-stream",
            ended: transfer.ended,
            words: [cut, transfer.reply?.words].compactMap(\.self).joined(separator: ": ")
        )
    }

    private func refusal(_ fetched: Fetched, _ address: WebAddress) async throws -> BodyAnswer {
        BodyAnswer(
            extent: .nothing,
            seal: try await seal(fetched.said, of: address),
            contentType: "application/octet-stream",
            ended: asking.gate.clock.now(),
            words: "RETR gives \(fetched.reply?.words ?? "nothing")"
        )
    }

    private func fetch(
        _ task: BodyTask,
        _ partial: PartialBody?,
        by session: FTPSession,
        upTo limit: UInt64
    ) async throws -> Asked<Fetched> {
        let path = await session.path(of: task.address)
        var fetched = Fetched(restarts: await session.features.restarts)
        try await learn(&fetched, task.row, path, isAnew: partial != nil, by: session)
        if let partial, fetched.restarts, fetched.validator == partial.validator { fetched.offset = partial.length }
        var result = try await retrieve(task, path, &fetched, session, upTo: limit)
        if case .refused = result, fetched.offset > 0 {
            fetched.offset = 0
            result = try await retrieve(task, path, &fetched, session, upTo: limit)
        }
        switch result {
        case .lost(let error): return .lost(error)
        case .came(let transfer):
            fetched.transfer = transfer
            fetched.said = await session.turnPage()
            return .done(fetched)
        case .refused(let reply):
            fetched.reply = reply
            fetched.said = await session.turnPage()
            return reply.isTransient ? .busy(fetched) : .done(fetched)
        }
    }

    /// Size and time of the file: as an exact listing has them, or as the server says when it is asked.
    private func learn(
        _ fetched: inout Fetched,
        _ row: ListingRow,
        _ path: [UInt8],
        isAnew: Bool,
        by session: FTPSession
    ) async throws {
        if let size = row.size, size.isExact { fetched.size = size.atLeast }
        if let time = row.time, time.grain == 1, time.zone != nil { fetched.modified = time.start }
        guard isAnew || fetched.modified == nil, await session.features.hasTimes else { return }
        let reply = await session.say("MDTM", path)
        if reply?.isUnknownCommand == true { await session.forgetTimes() }
        fetched.modified = reply?.modified
        if isAnew { fetched.size = await session.say("SIZE", path)?.size }
    }

    private func retrieve(
        _ task: BodyTask,
        _ path: [UInt8],
        _ fetched: inout Fetched,
        _ session: FTPSession,
        upTo limit: UInt64
    ) async throws -> FTPSession.TransferResult {
        let address = task.address
        let expected = fetched.size.map { $0 - min($0, fetched.offset) } ?? 0
        let writer = try await begin(address, "application/octet-stream", expecting: min(expected, limit))
        let canGoOn = fetched.restarts && fetched.validator != nil
        let piece = canGoOn ? asking.patience.pieceBytes : .max
        do {
            let result = try await session.transfer(
                "RETR",
                path,
                from: fetched.offset,
                limit: .init(bytes: limit, piece: piece)
            ) { bytes in
                asking.taken.add(bytes.count)
                try await append(bytes, to: writer, of: address)
            }
            if case .came = result { fetched.writer = writer } else { await writer.abandon() }
            return result
        } catch {
            await writer.abandon()
            throw error
        }
    }
}
