import Crypto
import Domain
import Scope
import Wire

/// A folder that is to be listed.
struct FolderTask: Sendable {
    /// Below the base; ends in a slash, or is empty for the base itself.
    var path: PathName
    var address: WebAddress
    /// The last look before which nothing below this folder was there; nil where there was none.
    var notBefore: Timestamp?
    /// What the folders above it hold, to notice a folder that contains itself.
    var above: [Domain.Digest]
    /// Where the part begins that is asked for now; nil for the first.
    var after: ListingContinuation?
    /// Which part that is, counted from 1.
    var number = 1

    var depth: Int { above.count }
    /// Whether it is the first part of the source's base.
    var isBase: Bool { path.bytes.isEmpty && after == nil }
}

/// What became of the attempt to list a folder.
struct FolderLook: Sendable {
    enum Finding: Sendable {
        case listed(Listing)
        /// Nothing can be said of what is in it, and why.
        case unlisted(String)
        /// The run was interrupted.
        case interrupted
        /// The server could not be reached.
        case unreached(String)
    }

    var finding: Finding
    var seal: Seal?
    var began: Timestamp
    var ended: Timestamp
    /// The way by which the folder was asked for.
    var way: ListingWay
    /// Seals of answers that only showed which way to ask.
    var earlier: [Seal] = []
    /// The answer's status, where one came.
    var status: Int?
    /// The format that the answer was read as, even where all that it lists lies elsewhere.
    var format: String?

    /// Whether the server answered, and what it said is no listing.
    fileprivate var isRefused: Bool {
        guard case .unlisted = finding, let status else { return false }
        return (200..<300).contains(status) || [400, 403, 404, 405, 501].contains(status)
    }
}

extension SealedFetch {
    /// Asks for a folder, and reads the answer as a listing while it is sealed.
    func list(_ task: FolderTask, of source: Source, by way: ListingWay, upTo limit: Int) async throws -> FolderLook {
        guard let question = way.question(task, of: source.base) else {
            let now = gate.clock.now()
            let reason = FolderLook.Finding.unlisted("the server continues in a way that it did not begin with")
            return FolderLook(finding: reason, seal: nil, began: now, ended: now, way: way)
        }
        let fresh = ListingReader(in: question.folder, at: question.address)
        var reader = fresh
        let began = gate.clock.now()
        let result = try await get(
            question.address,
            at: source.endpoint,
            upTo: UInt64(limit),
            by: question.method,
            headers: question.headers,
            begin: { reader = fresh },
            receive: { reader.feed($0) }
        )
        let answer: Answer
        switch result {
        case .failure(let error):
            let finding = FolderLook.Finding(error)
            return FolderLook(finding: finding, seal: nil, began: began, ended: gate.clock.now(), way: way)
        case .success(let success): answer = success
        }
        var look = FolderLook(
            finding: .unlisted(answer.words),
            seal: answer.response,
            began: answer.reply.began,
            ended: answer.reply.ended,
            way: way,
            status: answer.reply.status
        )
        guard answer.reply.status == question.status else { return look }
        let reading = reader.finishReading()
        look.format = reading?.format
        if let reading, var listing = Listing(reading, of: question.folder) {
            listing.isWhole = listing.isWhole && answer.reply.truncated == nil
            look.finding = .listed(listing)
        } else if answer.reply.truncated == nil {
            look.finding = .unlisted("status \(question.status), but the page is no listing that is known")
        }
        return look
    }

    /// Asks for a source's base, in whatever way it can be listed; `known` is the way of the last run.
    func listBase(_ task: FolderTask, of source: Source, known: ListingWay?, upTo limit: Int) async throws -> FolderLook
    {
        var look = try await list(task, of: source, by: known ?? .page, upTo: limit)
        switch (known, ListingWay(format: look.format, at: source.base)) {
        case (.page, _), (.collection, _), (.interface, _): return look
        case (.bucket, _): break
        case (nil, let way?):
            let first = look.seal
            look = try await list(task, of: source, by: way, upTo: limit)
            look.earlier += [first].compactMap(\.self)
        case (nil, nil):
            // A collection says more than a page that is read by its structure alone.
            guard look.isRefused || look.finding.isUncertain else { return look }
            var other = try await list(task, of: source, by: .collection, upTo: limit)
            other.earlier += [look.seal].compactMap(\.self)
            if case .listed = other.finding { return other }
            look.earlier += [other.seal].compactMap(\.self)
            return look
        }
        // Servers that only know the first version say so, or answer something else.
        guard look.way == .bucket(isFirst: false), look.isRefused else { return look }
        var older = try await list(task, of: source, by: .bucket(isFirst: true), upTo: limit)
        older.earlier += look.earlier + [look.seal].compactMap(\.self)
        return older
    }
}

extension FolderLook.Finding {
    /// Whether what was listed shows no absence.
    fileprivate var isUncertain: Bool {
        if case .listed(let listing) = self { !listing.isExhaustive } else { false }
    }

    fileprivate init(_ error: GateError) {
        switch error.code {
        case .cancelled: self = .interrupted
        case .outOfScope: self = .unlisted("\(error)")
        default: self = .unreached("\(error)")
        }
    }
}

extension Listing {
    /// The same for the same rows, wherever they are listed and in whatever order; nil where none of them is a folder.
    var rowsDigest: Domain.Digest? {
        guard hasFolders else { return nil }
        var sums = [UInt64](repeating: 0, count: 4)
        for row in rows {
            var hash = SHA256()
            hash.update(data: row.name.bytes + (row.isFolder ? [0x2f, 0] : [0]) + Array(row.shown.utf8))
            for (place, byte) in hash.finalize().enumerated() { sums[place / 8] &+= UInt64(byte) << (place % 8 * 8) }
        }
        return Domain.Digest(bytes: sums.flatMap { sum in (0..<8).map { UInt8(truncatingIfNeeded: sum >> ($0 * 8)) } })
    }
}
