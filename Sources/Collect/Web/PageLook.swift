import Domain
import Scope
import Wire

/// A look at a web source's folder, and what it showed of the way to ask.
struct PageLook: Sendable {
    var look: FolderLook
    /// The way by which the folder was asked for.
    var way: ListingWay
    /// The answer's status, where one came.
    var status: Int?
    /// The format that the answer was read as, even where all that it lists lies elsewhere.
    var format: String?

    /// Whether the server answered, and what it said is no listing.
    fileprivate var isRefused: Bool {
        guard case .unlisted = look.finding, let status else { return false }
        return (200..<300).contains(status) || [400, 403, 404, 405, 501].contains(status)
    }
}

extension SealedFetch {
    /// Asks for a folder, and reads the answer as a listing while it is sealed.
    ///
    /// Of a long listing the first rows are told as soon as they are there.
    func list(
        _ task: FolderTask,
        of source: Source,
        by way: ListingWay,
        upTo limit: Int,
        _ post: EarlyPost
    ) async throws -> PageLook {
        guard let question = way.question(task, of: source.base) else {
            let now = gate.clock.now()
            let reason = FolderLook.Finding.unlisted("the server continues in a way that it did not begin with")
            return PageLook(look: FolderLook(finding: reason, began: now, ended: now), way: way)
        }
        let fresh = ListingReader(in: question.folder, at: question.address)
        var reader = fresh
        let began = gate.clock.now()
        var (length, isTold) = (0, task.after != nil)
        let result = try await get(
            question.address,
            at: source.endpoint,
            upTo: UInt64(limit),
            by: question.method,
            headers: question.headers,
            begin: { (reader, length) = (fresh, 0) },
            receive: { bytes, status in
                reader.feed(bytes)
                length += bytes.count
                guard !isTold, length >= EarlyRows.pageLength, status == question.status else { return }
                isTold = true
                let look = FolderLook(finding: .unlisted("still coming"), began: began, ended: gate.clock.now())
                if let listing = reader.soFar(in: question.folder, of: source, by: way) {
                    post.send(EarlyRows(task: task, look: look, listing: listing))
                }
            }
        )
        let answer: Answer
        switch result {
        case .failure(let error):
            let finding = FolderLook.Finding(error)
            return PageLook(look: FolderLook(finding: finding, began: began, ended: gate.clock.now()), way: way)
        case .success(let success): answer = success
        }
        var look = FolderLook(
            finding: .unlisted(answer.words),
            seal: answer.response,
            began: answer.reply.began,
            ended: answer.reply.ended
        )
        guard answer.reply.status == question.status else {
            return PageLook(look: look, way: way, status: answer.reply.status)
        }
        let reading = reader.finishReading()
        if let reading, var listing = Listing(reading, of: question.folder) {
            listing.isWhole = listing.isWhole && answer.reply.truncated == nil
            look.finding = .listed(listing)
        } else if answer.reply.truncated == nil {
            look.finding = .unlisted("status \(question.status), but the page is no listing that is known")
        }
        return PageLook(look: look, way: way, status: question.status, format: reading?.format)
    }

    /// Asks for a source's base, in whatever way it can be listed; `known` is the way of the last run.
    func listBase(
        _ task: FolderTask,
        of source: Source,
        known: ListingWay?,
        upTo limit: Int,
        _ post: EarlyPost
    ) async throws -> PageLook {
        var look = try await list(task, of: source, by: known ?? .page, upTo: limit, post)
        switch (known, ListingWay(format: look.format, at: source.base)) {
        case (.page, _), (.collection, _), (.interface, _): return look
        case (.bucket, _): break
        case (nil, let way?):
            let first = look.look.seal
            look = try await list(task, of: source, by: way, upTo: limit, post)
            look.look.earlier += [first].compactMap(\.self)
        case (nil, nil):
            // A collection says more than a page that is read by its structure alone.
            guard look.isRefused || look.look.finding.isUncertain else { return look }
            var other = try await list(task, of: source, by: .collection, upTo: limit, post)
            other.look.earlier += [look.look.seal].compactMap(\.self)
            if case .listed = other.look.finding { return other }
            look.look.earlier += [other.look.seal].compactMap(\.self)
            return look
        }
        // Servers that only know the first version say so, or answer something else.
        guard look.way == .bucket(isFirst: false), look.isRefused else { return look }
        var older = try await list(task, of: source, by: .bucket(isFirst: true), upTo: limit, post)
        older.look.earlier += look.look.earlier + [look.look.seal].compactMap(\.self)
        return older
    }
}

extension ListingReader {
    /// What the page lists so far, where its format is one that is asked for as it is being asked for.
    fileprivate func soFar(in folder: ListedFolder, of source: Source, by way: ListingWay) -> Listing? {
        var reader = self
        guard let reading = reader.finishReading(), reading.isExhaustive,
            ListingWay(format: reading.format, at: source.base).map({ $0 == way }) ?? true
        else { return nil }
        return Listing(reading, of: folder)
    }
}

extension FolderLook.Finding {
    /// Whether what was listed shows no absence.
    fileprivate var isUncertain: Bool {
        if case .listed(let listing) = self { !listing.isExhaustive } else { false }
    }
}
