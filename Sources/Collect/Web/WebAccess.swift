import Domain
import Scope
import Synchronization
import Vault
import Wire

/// Sources that are asked by HTTP: pages, WebDAV, buckets and interfaces.
final class WebAccess: SourceAccess {
    let asking: Asking
    private let source: Source
    /// Guards how folders are asked for: as in the last run, or as the base was found to be listed.
    private let way: Mutex<ListingWay?>

    init(_ asking: Asking, to source: Source, format: String?) {
        (self.asking, self.source) = (asking, source)
        let known = format.map { ListingWay(format: $0, at: source.base) ?? .page }
        way = Mutex(known ?? (source.kind == .webDAV ? .collection : nil))
    }

    func canAsk(for row: ListingRow) -> Bool {
        row.target.utf8.count + source.base.authority.utf8.count + 16 <= HTTPRequest.longestAddress
    }

    func look(at task: FolderTask, upTo limit: Int, over line: Line) async throws -> FolderLook {
        let known = way.withLock { $0 }
        let fetch = fetch(over: line)
        guard task.isBase else {
            return try await fetch.list(task, of: source, by: known ?? .page, upTo: limit, asking.early).look
        }
        let page = try await fetch.listBase(task, of: source, known: known, upTo: limit, asking.early)
        way.withLock { $0 = page.way }
        return page.look
    }

    func bytes(
        of task: BodyTask,
        behind partial: PartialBody?,
        upTo limit: UInt64,
        over line: Line
    ) async throws -> Result<BodyAnswer, GateError> {
        let result = try await fetch(over: line).get(
            task.address,
            at: source.endpoint,
            upTo: limit,
            headers: partial?.headers ?? [],
            piece: asking.patience.pieceBytes,
            receive: { bytes, _ in asking.taken.add(bytes.count) }
        )
        return result.map(BodyAnswer.init)
    }

    func absence(of entry: AbsenceTask.Entry, over line: Line) async throws -> Absence {
        try await fetch(over: line).ask(entry, at: source.endpoint)
    }

    /// Connections that are kept are the gate's.
    func close() async {}

    private func fetch(over line: Line) -> SealedFetch {
        SealedFetch(gate: asking.gate, vault: asking.vault, patience: asking.patience, waits: asking.waits, line: line)
    }
}

extension BodyAnswer {
    /// What a GET brought.
    fileprivate init(_ answer: SealedFetch.Answer) {
        let (reply, range) = (answer.reply, answer.reply.headers["content-range"].flatMap(ContentRange.init))
        switch (reply.status, range) {
        case (200, _): extent = .start(total: reply.headers["content-length"].flatMap { UInt64($0) })
        case (206, let range?): extent = .rest(from: range.first, before: range.last + 1, total: range.total)
        default: extent = .nothing
        }
        seal = answer.response
        truncated = reply.truncated
        validator = reply.strongValidator
        modified = reply.headers["last-modified"].flatMap(HTTPDate.parse)
        contentType = reply.headers["content-type"] ?? "application/octet-stream"
        ended = reply.ended
        words = answer.words
    }
}

extension PartialBody {
    /// What asks for the rest, and for all of it where the file has changed (RFC 9110 13.1.5, 14.2).
    fileprivate var headers: [(name: String, value: String)] {
        [("Range", "bytes=\(length)-"), ("If-Range", validator)]
    }
}

extension HTTPReply {
    /// An entity tag that stands for the very bytes: quoted, not weak, visible, of reasonable length.
    var strongValidator: String? {
        guard let tag = headers["etag"], tag.utf8.count <= 200, tag.utf8.count > 2, tag.hasPrefix("\""),
            tag.hasSuffix("\""),
            tag.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return nil }
        return tag
    }
}
