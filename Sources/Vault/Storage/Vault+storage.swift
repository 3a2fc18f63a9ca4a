package import Domain

extension Vault {
    /// Which segments are brought to the store.
    package enum Choice: Sendable {
        /// Those that take no more records of usual length.
        case full
        /// Of these, those that the store has never had: none is read back again that was brought there before.
        case unsent
        /// All; the next record begins a new one.
        case all
    }

    /// Brings segments to the store. One that is brought there is never added to again.
    ///
    /// Each is stored in parts whose checksums the store compares, then read back whole and compared with its SHA-256, and
    /// only then the ledger says that the store has it, and is signed. With `dropping` the file here is removed behind that.
    /// Whatever fails leaves the segment as it was, here, and is tried again the next time; its `problem` says why. Throws
    /// only what stops the vault itself, and when the task is cancelled.
    package func push(
        _ choice: Choice,
        dropping: Bool,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws -> StorageReport {
        let scribe = try writer()
        let store = try segments.reachable(to: "bring segments to a store")
        // What the ledger does not sign for may have been written by anybody.
        _ = try await checkpoint()
        var report = try await storage()
        let total = report.segments.reduce(0) { $0 + Int($1.length) }
        var isDown = false
        for index in report.segments.indices {
            let entry = report.segments[index]
            guard let number = Segment.number(entry.name), takes(choice, entry) else { continue }
            guard !isDown else {
                report.segments[index].outcome = .failed
                report.segments[index].problem = "not tried: the store could not be reached"
                continue
            }
            try Task.checkCancellation()
            do {
                let copy = try await bring(number, to: store, scribe) { done in
                    progress(StageProgress(done: done, total: total, what: "bytes"))
                }
                report.segments[index].object = copy.object
                report.segments[index].digest = copy.digest
                report.segments[index].outcome = entry.object == nil ? .stored : .unchanged
                if dropping {
                    try await drop(number)
                    report.segments[index].isLocal = false
                    report.segments[index].outcome = .dropped
                }
            } catch let error as VaultError where [.unreachable, .damaged, .missing].contains(error.code) {
                report.segments[index].outcome = .failed
                report.segments[index].problem = error.description
                isDown = error.code == .unreachable
            }
        }
        return report
    }

    /// Whether there is a segment to be brought to the store by this choice.
    package func hasToPush(_ choice: Choice) async throws(VaultError) -> Bool {
        try await storage().segments.contains { takes(choice, $0) }
    }

    private func takes(_ choice: Choice, _ segment: StorageReport.Segment) -> Bool {
        guard segment.isLocal else { return false }
        let isFull = segment.length >= limits.segmentBytes - limits.segmentBytes / 16
        return switch choice {
        case .full: isFull || segment.object != nil
        case .unsent: isFull && segment.object == nil
        case .all: true
        }
    }

    private func bring(
        _ number: UInt32,
        to store: ObjectStore,
        _ scribe: Scribe,
        _ progress: (Int) -> Void
    ) async throws -> StoredCopy {
        let name = Segment.name(number)
        guard let length = try await scribe.retire(number) else {
            throw VaultError(.damaged, "bring \(name) to the store: it is being written")
        }
        let copy = try await blocking { () throws(VaultError) in try self.copy(of: number, length) }
        // A copy that is there already need not be sent again; whether it is whole is found out like that of any other.
        var isSent = try await blocking { () throws(VaultError) in try store.look(at: copy.object)?.length == length }
        var attempts = 0
        while true {
            if !isSent { try await send(copy, to: store, progress) }
            isSent = true
            attempts += 1
            do {
                try await prove(copy, in: store, progress)
                break
            } catch let error as VaultError where error.code == .damaged && attempts < 2 {
                // What lies there is half, or changed on its way: it is replaced once.
                isSent = false
            }
        }
        guard segments.stored[number] != copy else { return copy }
        _ = try await scribe.submit([.bare(Leaf(copy, at: clock.now()))])
        _ = try await checkpoint()
        return copy
    }

    /// What the store is to have of a segment. Throws `damaged` when the file is not what was brought there before, or is
    /// shorter than what was sealed.
    private func copy(of number: UInt32, _ length: UInt64) throws(VaultError) -> StoredCopy {
        let file = try segments.file(number)
        let what = "bring \(Segment.name(number)) to the store"
        for entry in withheld.all where !entry.isCleared {
            guard try files.leaf(entry.withholding.leaf).place?.segment != number else {
                throw VaultError(.damaged, "\(what): withheld bytes are still to be removed; the next opening does it")
            }
        }
        guard try file.size() == length, let digest = try file.digest(from: 0, count: length) else {
            throw VaultError(.damaged, "\(what): it has not the \(length) bytes that were sealed", path: file.path)
        }
        let copy = StoredCopy(segment: number, length: length, digest: digest, ledger: files.checkpoint.origin)
        guard let stored = segments.stored[number] else { return copy }
        guard stored.digest == digest, stored.length == length else {
            let why = "it was changed since the store has it; `ajar verify` says where"
            throw VaultError(.damaged, "\(what): \(why)", path: file.path)
        }
        return stored
    }

    private func send(_ copy: StoredCopy, to store: ObjectStore, _ progress: (Int) -> Void) async throws {
        let file = try segments.file(copy.segment)
        var upload = PartedUpload(file, length: copy.length, to: store, as: copy.object)
        do {
            var goesOn = true
            while goesOn {
                try Task.checkCancellation()
                let current = upload
                (upload, goesOn) = try await blocking { () throws(VaultError) in
                    var next = current
                    let goesOn = try next.next()
                    return (next, goesOn)
                }
                progress(Int(upload.done))
            }
        } catch {
            let unfinished = upload
            try await blocking { () throws(VaultError) in unfinished.abandon() }
            throw error
        }
    }

    /// Reads all of a copy in the store; throws `damaged` unless it is what was sealed.
    private func prove(_ copy: StoredCopy, in store: ObjectStore, _ progress: (Int) -> Void) async throws {
        var reading = StoredReading(copy, in: store)
        var goesOn = true
        while goesOn {
            try Task.checkCancellation()
            let current = reading
            (reading, goesOn) = try await blocking { () throws(VaultError) in
                var next = current
                let goesOn = try next.next() != nil
                return (next, goesOn)
            }
            progress(Int(reading.done))
        }
    }

    /// Removes the file of a segment that was just proven to be in the store.
    private func drop(_ number: UInt32) async throws(VaultError) {
        let folder = segments.files
        try await blocking { () throws(VaultError) in
            try folder.remove(Segment.name(number))
            try folder.sync()
        }
    }

    /// Brings segments back that are in the store alone. Each is compared with its SHA-256 before it is put in its place.
    package func pull(
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws -> StorageReport {
        _ = try writer()
        var report = try await storage()
        for index in report.segments.indices where !report.segments[index].isLocal {
            guard let number = Segment.number(report.segments[index].name), segments.stored[number] != nil else {
                continue
            }
            try Task.checkCancellation()
            do {
                try await fetch(number) { done in
                    let total = Int(report.segments[index].length)
                    progress(StageProgress(done: done, total: total, what: "bytes"))
                }
                report.segments[index].isLocal = true
                report.segments[index].outcome = .fetched
            } catch let error as VaultError where [.unreachable, .damaged].contains(error.code) {
                report.segments[index].outcome = .failed
                report.segments[index].problem = error.description
            }
        }
        return report
    }

    private func fetch(_ number: UInt32, _ progress: (Int) -> Void) async throws {
        guard let copy = segments.stored[number] else { return }
        let segments = segments
        var fetching = try await blocking { () throws(VaultError) in
            try SegmentStore.Fetching(copy, into: segments)
        }
        var goesOn = true
        while goesOn {
            try Task.checkCancellation()
            let current = fetching
            (fetching, goesOn) = try await blocking { () throws(VaultError) in
                var next = current
                let goesOn = try next.next()
                return (next, goesOn)
            }
            progress(Int(fetching.done))
        }
    }

    /// Where each segment lies, as the ledger and the folder say; nothing is asked of the store.
    package func storage() async throws(VaultError) -> StorageReport {
        let ends = await segmentEnds
        var report = StorageReport(store: segments.objects?.settings.place)
        for (number, end) in ends.sorted(by: { $0.key < $1.key }) {
            let copy = segments.stored[number]
            let isLocal = segments.isLocal(number)
            var entry = StorageReport.Segment(
                file: "segments/\(Segment.name(number))",
                length: end,
                isLocal: isLocal,
                object: copy?.object,
                digest: copy?.digest
            )
            if !isLocal, copy == nil { entry.problem = "is not there" }
            report.segments.append(entry)
        }
        return report
    }

    /// As ``storage()``, and asks the store of each segment that it should have whether it has one of that length.
    package func checkedStorage() async throws -> StorageReport {
        var report = try await storage()
        let segments = segments
        for index in report.segments.indices {
            guard let object = report.segments[index].object else { continue }
            try Task.checkCancellation()
            let length = report.segments[index].length
            report.segments[index].problem = try await blocking { () throws(VaultError) in
                try segments.problem(with: object, of: length)
            }
        }
        return report
    }
}

extension SegmentStore {
    /// Why an object cannot be relied on, as far as the store tells without its bytes; nil when it can.
    fileprivate func problem(with object: String, of length: UInt64) throws(VaultError) -> String? {
        do throws(VaultError) {
            guard let found = try reachable(to: "look for \(object)").look(at: object)?.length else {
                return "the store does not have it"
            }
            return found == length ? nil : "the store has \(found) bytes of it, and \(length) were sealed"
        } catch {
            guard error.code == .unreachable else { throw error }
            return error.description
        }
    }
}

extension StorageReport.Segment {
    /// The name of the file, without its folder.
    fileprivate var name: String { file.splitLast.name }
}
