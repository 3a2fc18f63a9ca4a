import Domain
import Scope
import Vault
import Wire

/// A file whose bytes are to be read, and what is told once they are.
struct BodyTask: Sendable {
    enum Purpose: Sendable {
        /// To tell this change, with the bytes.
        case telling(OwedChange)
        /// The listing shows another size or time; whether the bytes changed is to be seen.
        case comparing(OwedChange)
        /// Some changes keep size and time: the file was drawn by chance, or its last reading was too long ago.
        case rereading(isDrawn: Bool)
        /// The entry is known, its bytes are not.
        case completing
    }

    var path: PathName
    var address: WebAddress
    var row: ListingRow
    /// When the look began that saw the row.
    var seen: Timestamp
    var purpose: Purpose
    /// What an earlier attempt brought of the same file.
    var partial: PartialBody?
}

/// What became of the attempt to read a file.
struct BodyRead: Sendable {
    enum End: Sendable {
        case read(EntryVersion)
        case failed(String, Seal?)
        /// The run was interrupted, or has taken as much as it may: the rest is for the next one.
        case unfinished(String)
        /// The server could not be reached, or sent so slowly that it is as good as silent.
        case unreached(String, Seal?)
    }

    var end: End
    /// Bytes that came now.
    var received: UInt64 = 0
    /// What there is of the file, where its end did not come and the rest can be asked for.
    var partial: PartialBody?
}

extension SealedFetch {
    /// How often a file that breaks off is gone on with at once.
    private static let resumptions = 8
    /// An answer that ran out of time with less than this is one of a server that only drips.
    private static let drip: UInt64 = 16 << 20

    /// Reads a file, goes on where an earlier attempt broke off, and seals it whole.
    ///
    /// A file of more than ``Patience/pieceBytes`` that can be gone on with is asked for in such pieces, so that a process
    /// that is killed has lost one piece at most. No more than `limit` bytes of the file are taken, and after `budget` bytes
    /// of this run the rest is left to the next.
    func read(_ task: BodyTask, at endpoint: Endpoint, upTo limit: UInt64, budget: UInt64) async throws -> BodyRead {
        var read = BodyRead(end: .unfinished("interrupted"), partial: task.partial)
        var breaks = 0
        while true {
            let had = read.partial?.length ?? 0
            guard had < limit else { return read.ending(.failed("cut off (length)", read.partial?.pieces.last)) }
            let room = limit - had
            let result = try await get(
                task.address,
                at: endpoint,
                upTo: room,
                headers: read.partial?.headers ?? [],
                piece: patience.pieceBytes,
                receive: { taken.add($0.count) }
            )
            let answer: Answer
            switch result {
            case .failure(let error): return read.ending(BodyRead.End(error))
            case .success(let success): answer = success
            }
            read.received += answer.response.length
            if answer.isWhole { return read.ending(.read(task.row.version(answer))) }
            guard read.goesOn(with: answer, task.row) else { return read.ending(BodyRead.End(answer)) }
            if let partial = read.partial, partial.isWhole {
                return read.ending(.read(try await join(partial, task, answer)))
            }
            if answer.reply.truncated == .time, answer.response.length < Self.drip {
                return read.ending(BodyRead.End(answer))
            }
            if Task.isCancelled { return read.ending(.unfinished("interrupted")) }
            if read.received >= budget { return read.ending(.unfinished("the limit of bytes a run was reached")) }
            if answer.reply.truncated != .length || answer.response.length == room { breaks += 1 }
            guard breaks <= Self.resumptions else { return read.ending(BodyRead.End(answer)) }
        }
    }

    /// Seals the pieces as one payload.
    private func join(_ partial: PartialBody, _ task: BodyTask, _ last: Answer) async throws -> EntryVersion {
        do {
            let seal = try await vault.join(
                partial.pieces,
                target: task.address.description,
                contentType: last.reply.headers["content-type"] ?? "application/octet-stream",
                at: last.reply.ended
            )
            return task.row.version(Answer(reply: last.reply, response: seal))
        } catch {
            throw CollectError(.vault, "joining the pieces of \(task.address): \(error)")
        }
    }
}

extension BodyRead {
    /// The same with its end; what was read whole leaves nothing to go on with.
    fileprivate func ending(_ end: End) -> BodyRead {
        var read = self
        read.end = end
        if case .read = end { read.partial = nil }
        return read
    }

    /// Takes an answer that is not the whole file as a beginning or as the next piece; false where it is neither.
    fileprivate mutating func goesOn(with answer: SealedFetch.Answer, _ row: ListingRow) -> Bool {
        if answer.reply.status == 200 {
            // All of it, from its start: the server has no ranges, or the file is another by now.
            partial = PartialBody(answer, row)
            return partial != nil
        }
        guard var partial, partial.add(answer) else {
            self.partial = nil
            return false
        }
        self.partial = partial
        return true
    }
}

extension BodyRead.End {
    fileprivate init(_ error: GateError) {
        switch error.code {
        case .cancelled: self = .unfinished("interrupted")
        case .outOfScope: self = .failed("\(error)", nil)
        default: self = .unreached("\(error)", nil)
        }
    }

    /// What an answer is that is not what was asked for.
    fileprivate init(_ answer: SealedFetch.Answer) {
        self =
            answer.reply.truncated == .time
            ? .unreached(answer.words, answer.response) : .failed(answer.words, answer.response)
    }
}

extension ListingRow {
    /// What the listing alone says.
    var version: EntryVersion {
        EntryVersion(size: size, modified: time?.bounds, payload: nil, seal: nil, readAt: nil)
    }

    /// What the listing says, made exact by the bytes that came and by `Last-Modified` where it agrees with the listing.
    func version(_ answer: SealedFetch.Answer) -> EntryVersion {
        var version = version
        version.size = ListedSize(exactly: answer.response.length)
        version.payload = answer.response.payload
        version.seal = answer.response
        version.readAt = answer.reply.ended
        guard let stated = answer.reply.headers["last-modified"].flatMap(HTTPDate.parse) else { return version }
        if time?.isShown(of: stated) ?? true { version.modified = TimeBounds(at: stated) }
        return version
    }
}
