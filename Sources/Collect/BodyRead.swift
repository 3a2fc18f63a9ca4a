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

/// What came when a file's bytes were asked for, sealed as it came.
struct BodyAnswer: Sendable {
    /// Which bytes of the file they are.
    enum Extent: Hashable, Sendable {
        /// Those from its first on, of so many where the server told it.
        case start(total: UInt64?)
        /// Those from `from` on, to the one before `before` where the server told it.
        case rest(from: UInt64, before: UInt64?, total: UInt64?)
        /// None: it was refused, or something else came.
        case nothing
    }

    var extent: Extent
    var seal: Seal
    /// Why they are not all that was to come.
    var truncated: HTTPReply.Truncation?
    /// What changes whenever the file does, so that pieces that came under the same are of one file.
    var validator: String?
    /// When the file was modified, where the server told it to the second and with its zone.
    var modified: Timestamp?
    var contentType: String
    var ended: Timestamp
    /// What came, in a few words, where it is not what was asked for.
    var words: String

    /// Whether it is the file from its first byte to its last.
    var isWhole: Bool {
        if case .start = extent { truncated == nil } else { false }
    }
}

/// How often a file that breaks off is gone on with at once.
private let resumptions = 8
/// An answer that ran out of time with less than this is one of a server that only drips.
private let drip: UInt64 = 16 << 20

extension SourceAccess {
    /// Reads a file, goes on where an earlier attempt broke off, and seals it whole.
    ///
    /// A file of more than ``Patience/pieceBytes`` that can be gone on with is asked for in such pieces, so that a process
    /// that is killed has lost one piece at most. No more than `limit` bytes of the file are taken, and after `budget` bytes
    /// of this run the rest is left to the next.
    func read(_ task: BodyTask, upTo limit: UInt64, budget: UInt64, over line: Line) async throws -> BodyRead {
        var read = BodyRead(end: .unfinished("interrupted"), partial: task.partial)
        var breaks = 0
        while true {
            let had = read.partial?.length ?? 0
            guard had < limit else { return read.ending(.failed("cut off (length)", read.partial?.pieces.last)) }
            let room = limit - had
            let answer: BodyAnswer
            switch try await bytes(of: task, behind: read.partial, upTo: room, over: line) {
            case .failure(let error): return read.ending(BodyRead.End(error))
            case .success(let success): answer = success
            }
            read.received += answer.seal.length
            if answer.isWhole { return read.ending(.read(task.row.version(answer, answer.seal))) }
            guard read.goesOn(with: answer, task.row) else { return read.ending(BodyRead.End(answer)) }
            if let partial = read.partial, partial.isWhole {
                return read.ending(.read(try await join(partial, task, answer)))
            }
            if answer.truncated == .time, answer.seal.length < drip { return read.ending(BodyRead.End(answer)) }
            if Task.isCancelled { return read.ending(.unfinished("interrupted")) }
            if read.received >= budget { return read.ending(.unfinished("the limit of bytes a run was reached")) }
            if answer.truncated != .length || answer.seal.length == room { breaks += 1 }
            guard breaks <= resumptions else { return read.ending(BodyRead.End(answer)) }
        }
    }

    /// Seals the pieces as one payload.
    private func join(_ partial: PartialBody, _ task: BodyTask, _ last: BodyAnswer) async throws -> EntryVersion {
        do {
            let seal = try await asking.vault.join(
                partial.pieces,
                target: task.address.description,
                contentType: last.contentType,
                at: last.ended
            )
            return task.row.version(last, seal)
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
    fileprivate mutating func goesOn(with answer: BodyAnswer, _ row: ListingRow) -> Bool {
        if case .start = answer.extent {
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
    fileprivate init(_ answer: BodyAnswer) {
        self = answer.truncated == .time ? .unreached(answer.words, answer.seal) : .failed(answer.words, answer.seal)
    }
}

extension ListingRow {
    /// What the listing alone says.
    var version: EntryVersion {
        EntryVersion(size: size, modified: time?.bounds, payload: nil, seal: nil, readAt: nil)
    }

    /// What the listing says, made exact by the bytes that came, and by the time that the server gave with them where it
    /// agrees with the listing.
    fileprivate func version(_ answer: BodyAnswer, _ seal: Seal) -> EntryVersion {
        var version = version
        version.size = ListedSize(exactly: seal.length)
        version.payload = seal.payload
        version.seal = seal
        version.readAt = answer.ended
        guard let stated = answer.modified else { return version }
        if time?.isShown(of: stated) ?? true { version.modified = TimeBounds(at: stated) }
        return version
    }
}
