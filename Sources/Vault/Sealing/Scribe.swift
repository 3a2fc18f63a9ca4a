import Domain
import Glibc

/// The vault's one writer: places records, commits them in groups, and signs checkpoints.
///
/// Everything here waits for the disk, so it runs on a thread of its own. Callers that arrive while a group is being
/// made durable form the next group: the cost of a sync is shared by all who wait for it.
actor Scribe {
    private nonisolated let executor = QueueExecutor(label: "vault.scribe")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private var ledger: LedgerWriter
    private var pool: SegmentPool
    private let index: PayloadIndex
    private let withheld: WithheldIndex
    private var scan: LedgerScan
    private let cache: IndexCache
    /// How many leaves the stored cache covers.
    private var cached: UInt64
    private let reader: RecordReader
    private let limits: VaultLimits
    private let lock: OpenFile
    private var group: [Submission] = []
    private var streams: [String: Stream] = [:]
    private var failure: VaultError?
    private var usualGroup = 1
    private var patience = mostPatience
    private static let mostPatience = 4

    /// A record on its way into a segment that is lent to it.
    private struct Stream {
        var segment: Segment
        var start: UInt64
        /// The record that was written before it, where there is one.
        var request: Leaf?
        /// Where the response's WARC header will be, and the room kept for it.
        var header: UInt64
        var room: Int
    }

    init(
        ledger: LedgerWriter,
        pool: SegmentPool,
        index: PayloadIndex,
        withheld: WithheldIndex,
        scan: LedgerScan,
        cache: IndexCache,
        cached: UInt64,
        reader: RecordReader,
        limits: VaultLimits,
        lock: OpenFile
    ) {
        self.ledger = ledger
        self.pool = pool
        self.index = index
        self.withheld = withheld
        self.scan = scan
        self.cache = cache
        self.cached = cached
        self.reader = reader
        self.limits = limits
        self.lock = lock
    }

    /// What signs the ledger, for a description of what it signs for.
    var key: SigningKey { ledger.key }

    // MARK: Groups

    /// Seals the drafts; they are durable when this returns.
    func submit(_ drafts: [Draft]) async throws(VaultError) -> [Leaf] {
        try checkOpen()
        let result = await withCheckedContinuation { reply in
            group.append(Submission(drafts: drafts, reply: reply))
            // Whoever is in the queue by now comes in before the group is committed.
            if group.count == 1 { executor.perform { self.assumeIsolated { $0.commit() } } }
        }
        return try result.get()
    }

    private func checkOpen() throws(VaultError) {
        if let failure { throw failure }
    }

    /// Waits a little for those who were in the group before and have only just been answered.
    private func mayGrow() -> Bool {
        guard group.count < usualGroup, patience > 0 else {
            usualGroup = group.count
            patience = Self.mostPatience
            return false
        }
        patience -= 1
        usleep(50)
        return true
    }

    private func commit() {
        if mayGrow() { return executor.perform { self.assumeIsolated { $0.commit() } } }
        let submissions = group
        group = []
        guard !submissions.isEmpty else { return }
        let answers: [[Leaf]]
        do throws(VaultError) {
            try checkOpen()
            answers = try write(submissions)
        } catch {
            // What may be half on the disk is never added to: it is cut off when the vault is next opened.
            failure = failure ?? error
            for submission in submissions { submission.reply.resume(returning: .failure(error)) }
            return
        }
        for (submission, leaves) in zip(submissions, answers) { submission.reply.resume(returning: .success(leaves)) }
        // Those who wait are answered by now: a checkpoint that fails stops the vault, and takes nothing back.
        guard ledger.unsigned >= limits.leavesPerCheckpoint else { return }
        do throws(VaultError) { _ = try sign() } catch { failure = error }
    }

    /// Records first, then their leaves: what is in the ledger is on the disk.
    private func write(_ submissions: [Submission]) throws(VaultError) -> [[Leaf]] {
        var leaves: [Leaf] = []
        var counts: [Int] = []
        var known = Known()
        for submission in submissions {
            for draft in submission.drafts {
                switch draft {
                case .record(let record): leaves.append(try place(record, &known))
                case .written(let leaf), .bare(let leaf): leaves.append(leaf)
                }
            }
            counts.append(submission.drafts.count)
        }
        let begun = pool.takeBegun()
        leaves = begun + leaves
        resolveReferences(in: &leaves)
        try pool.sync()
        try append(&leaves)
        var rest = leaves.dropFirst(begun.count)
        return counts.map { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    private func append(_ leaves: inout [Leaf]) throws(VaultError) {
        try ledger.append(&leaves)
        index.add(leaves)
        withheld.add(leaves)
        reader.segments.stored.add(leaves)
        scan.add(leaves)
    }

    /// Gives revisits of records of their own group the numbers that those will have.
    private func resolveReferences(in leaves: inout [Leaf]) {
        for index in leaves.indices where leaves[index].kind == .identical && leaves[index].refersTo == nil {
            let first = leaves.firstIndex {
                $0.kind != .identical && $0.payload?.digest == leaves[index].payload?.digest
            }
            leaves[index].refersTo = first.map { ledger.size + UInt64($0) }
        }
    }

    // MARK: Records

    /// The payloads of the group that is being written, which the index does not have yet.
    private typealias Known = [PayloadIndex.Key: Original]

    private func place(_ record: NewRecord, _ known: inout Known) throws(VaultError) -> Leaf {
        let length = UInt64(record.head.count + record.body.count + 4_096)
        let segment = try pool.segment(for: length, at: record.leaf.at)
        return try place(record, in: segment, &known)
    }

    private func place(_ record: NewRecord, in segment: Segment, _ known: inout Known) throws(VaultError) -> Leaf {
        var leaf = record.leaf
        let key = leaf.payload.map { PayloadIndex.Key($0.digest) }
        if record.mayRevisit, let key, let original = known[key] ?? original(of: leaf) {
            try append(revisitOf: original, record, &leaf, to: segment)
            return leaf
        }
        let prior = leaf.kind == .notModified ? try prior(leaf) : nil
        let header = WARCHeader(leaf, blockLength: UInt64(record.head.count + record.body.count), original: prior)
        try segment.append(&leaf, header: header, block: [record.head, record.body])
        if let key, known[key] == nil { known[key] = Original(leaf, segment: segment.number) }
        return leaf
    }

    /// The record that first held this payload; nil when there is none that can be read.
    private func original(of leaf: Leaf) -> Original? {
        guard let payload = leaf.payload, let location = index[payload.digest] else { return nil }
        let segments = reader.segments
        if let copy = segments.stored[location.segment], !segments.isLocal(copy.segment) {
            // Nothing that is sealed waits for a network: the ledger knows as much as the record's header.
            guard let first = try? ledger.files.leaf(location.leaf) else { return nil }
            var original = Original(first, segment: location.segment)
            original?.leaf = location.leaf
            return original
        }
        // A record that cannot be read is not referred to: the payload is then sealed once more.
        return try? reader.original(at: location)
    }

    /// The record that a 304 answered about.
    private func prior(_ leaf: Leaf) throws(VaultError) -> Original? {
        guard let number = leaf.refersTo, number < ledger.size else { return nil }
        let prior = try ledger.files.leaf(number)
        guard let place = prior.place else { return nil }
        return Original(prior, segment: place.segment)
    }

    private func append(
        revisitOf original: Original,
        _ record: NewRecord,
        _ leaf: inout Leaf,
        to segment: Segment
    ) throws(VaultError) {
        leaf.kind = .identical
        leaf.refersTo = original.leaf
        leaf.block = Digest(of: record.head)
        let header = WARCHeader(leaf, blockLength: UInt64(record.head.count), original: original)
        try segment.append(&leaf, header: header, block: [record.head])
    }

    // MARK: Streams

    /// Begins a record whose body is too long for memory: the request it answers, where there is one, and room for its
    /// WARC header. The name it returns stands for the stream.
    func openStream(
        request: NewRecord?,
        room: Int,
        expecting length: UInt64,
        at: Timestamp
    ) throws(VaultError) -> String {
        try checkOpen()
        do {
            let segment = try pool.lend(for: length + UInt64(room + (request?.body.count ?? 0)), at: at)
            let start = segment.end
            var known = Known()
            var leaf: Leaf?
            if let request { leaf = try place(request, in: segment, &known) }
            let header = segment.end
            // Zeros are no record: what is cut off here can not be taken for one.
            try segment.append([UInt8](repeating: 0, count: room))
            let name = newRecordName()
            streams[name] = Stream(segment: segment, start: start, request: leaf, header: header, room: room)
            return name
        } catch {
            failure = error
            throw error
        }
    }

    func write(_ bytes: [UInt8], to stream: String) throws(VaultError) {
        try checkOpen()
        guard let stream = streams[stream] else { throw VaultError(.closed, "write to a stream") }
        do { try stream.segment.append(bytes) } catch {
            failure = error
            throw error
        }
    }

    /// Seals a stream: as a response, or, when its payload is known, as a revisit in place of what was streamed. Returns the
    /// leaf of the request, where there is one, its own, and those of the records beside it.
    func finish(
        _ name: String,
        response: Leaf,
        head: [UInt8],
        mayRevisit: Bool,
        beside: [Draft] = []
    ) async throws(VaultError) -> [Leaf] {
        try checkOpen()
        guard let stream = streams.removeValue(forKey: name) else { throw VaultError(.closed, "finish a stream") }
        let leaf: Leaf
        do {
            leaf = try complete(stream, response, head: head, mayRevisit: mayRevisit)
            pool.complete(stream.segment)
        } catch {
            failure = error
            throw error
        }
        let leaves = try await submit([stream.request, leaf].compactMap(\.self).map(Draft.written) + beside)
        pool.giveBack(stream.segment)
        return leaves
    }

    private func complete(
        _ stream: Stream,
        _ response: Leaf,
        head: [UInt8],
        mayRevisit: Bool
    ) throws(VaultError) -> Leaf {
        var leaf = response
        let segment = stream.segment
        if mayRevisit, let original = original(of: leaf) {
            try segment.cut(to: stream.header)
            try append(revisitOf: original, NewRecord(leaf, head: head, body: []), &leaf, to: segment)
            return leaf
        }
        let block = segment.end - stream.header - UInt64(stream.room)
        guard let header = WARCHeader(leaf, blockLength: block).bytes(paddedTo: stream.room) else {
            throw VaultError(.tooLong, "fit a WARC header into its place", path: segment.file.path)
        }
        try segment.append(Segment.recordEnd)
        try segment.fill(header, at: stream.header)
        leaf.place = Leaf.Place(
            segment: segment.number,
            offset: stream.header,
            length: segment.end - stream.header,
            header: header.count,
            digest: Digest(of: header)
        )
        return leaf
    }

    /// Takes back what was streamed.
    func abandon(_ name: String) {
        guard failure == nil, let stream = streams.removeValue(forKey: name) else { return }
        do throws(VaultError) {
            try stream.segment.cut(to: stream.start)
            pool.giveBack(stream.segment)
        } catch { failure = error }
    }

    // MARK: Ends

    func checkpoint(isLast: Bool = false) throws(VaultError) -> Checkpoint {
        try checkOpen()
        do { return try sign(isLast: isLast) } catch {
            failure = error
            throw error
        }
    }

    private func sign(isLast: Bool = false) throws(VaultError) -> Checkpoint {
        let checkpoint = try ledger.sign()
        if IndexCache.isWorthwhile(scan.size, since: cached, isLast: isLast) {
            try cache.write(scan, root: checkpoint.root, index)
            cached = scan.size
        }
        return checkpoint
    }

    /// Where the sealed bytes of each segment end.
    var ends: [UInt32: UInt64] { scan.ends }

    /// Takes a segment out of those that are added to; nil while it is being written. Returns where its sealed bytes end.
    func retire(_ number: UInt32) throws(VaultError) -> UInt64? {
        try checkOpen()
        guard let end = scan.ends[number], !streams.values.contains(where: { $0.segment.number == number }) else {
            return nil
        }
        pool.retire(number)
        return end
    }

    /// Whether bytes may lie behind the last sealed record of a segment because they are being written.
    var isStreaming: Bool { !streams.isEmpty }

    /// Signs what is there, if that is wanted, and lets go of the vault. Nothing can be sealed afterwards.
    func close(signing: Bool) throws(VaultError) {
        defer {
            failure = failure ?? VaultError(.closed, "use a vault that was closed")
            lock.unlock()
        }
        guard failure == nil else { return }
        for name in streams.keys { abandon(name) }
        let isQuiet = group.isEmpty
        usualGroup = 0
        commit()
        let begun = pool.takeBegun()
        if !begun.isEmpty {
            var leaves = begun
            try pool.sync()
            try append(&leaves)
        }
        if signing || !isQuiet { _ = try sign(isLast: true) }
    }
}
