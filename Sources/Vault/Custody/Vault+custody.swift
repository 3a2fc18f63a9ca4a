package import Domain
import Foundation
import Glibc

extension Vault {
    /// Seals that an act began, or how it ended.
    package func record(_ act: CustodyAct) async throws(VaultError) -> Seal {
        try await seal(act, "ajar:custody/\(act.kind.rawValue)", as: .custody)
    }

    /// Leaves word of an act beside the ledger of a vault that this process does not hold. It is durable when this
    /// returns, and is sealed when the vault is next opened for writing.
    package static func leave(_ act: CustodyAct, at folder: String) async throws(VaultError) {
        try await blocking { () throws(VaultError) in try Notices(VaultLayout(folder)).leave(act) }
    }

    /// Seals the acts that wait, and takes their files away. One that was sealed and not taken away, because the process
    /// ended between the two, is sealed once more: ``custody()`` tells it once.
    func sealNotices() async throws(VaultError) {
        let notices = Notices(layout)
        var names = try notices.names()[...]
        while !names.isEmpty {
            let group = names.prefix(Notices.group)
            names = names.dropFirst(group.count)
            var drafts: [Draft] = []
            var taken: [String] = []
            for name in group {
                guard let bytes = notices.read(name) else { continue }
                var leaf = Leaf(.custody, at: clock.now())
                leaf.target = "ajar:custody/notice"
                leaf.contentType = "application/json"
                drafts.append(.record(NewRecord(leaf, block: bytes)))
                taken.append(name)
            }
            guard !drafts.isEmpty else { continue }
            _ = try await writer().submit(drafts)
            try notices.remove(taken)
        }
    }

    /// Everything that was done with the case, in the order in which it began: runs, reports, exports and all else, and
    /// behind them what waits to be sealed.
    package func custody() async throws(VaultError) -> [CustodyEntry] {
        try await blocking { () throws(VaultError) -> [CustodyEntry] in
            var history = CustodyHistory()
            var number: UInt64 = 0
            let end = self.files.size
            while number < end {
                let leaves = try self.files.leaves(from: number)
                guard !leaves.isEmpty else { throw VaultError(.damaged, "find leaf \(number)") }
                for bytes in leaves {
                    if CustodyHistory.mayTell(bytes) { try self.tell(&history, Leaf(bytes, number: number)) }
                    number += 1
                }
            }
            let notices = Notices(self.layout)
            for name in try notices.names() {
                if let bytes = notices.read(name) { history.add(bytes, leaf: nil) }
            }
            return history.entries
        }
    }

    private func tell(_ history: inout CustodyHistory, _ leaf: Leaf) throws(VaultError) {
        switch leaf.kind {
        case .custody: history.add(try block(of: leaf), leaf: leaf.number)
        case .runStarted, .runEnded: try history.add(run: block(of: leaf), leaf: leaf.number)
        default: break
        }
    }

    /// The block of a leaf's record, checked.
    func block(of leaf: Leaf) throws(VaultError) -> [UInt8] {
        guard let place = leaf.place else {
            throw VaultError(.damaged, "find the record of leaf \(leaf.number)")
        }
        let record = try reader.record(at: place)
        let block = Array(record.dropFirst(place.header).dropLast(Segment.recordEnd.count))
        guard Digest(of: block) == leaf.block else {
            throw VaultError(.damaged, "read the record of leaf \(leaf.number): its SHA-256 is another")
        }
        return block
    }
}

/// Acts put together from their leaves.
private struct CustodyHistory {
    private(set) var entries: [CustodyEntry] = []
    private var places: [String: Int] = [:]

    private static let kinds: [[UInt8]] = ["custody", "runStarted", "runEnded"].map { Array("\"kind\":\"\($0)\"".utf8) }

    /// Whether a leaf may be of a kind that tells of an act. Most are not, and reading their JSON would take long.
    static func mayTell(_ leaf: [UInt8]) -> Bool { kinds.contains { leaf.holds($0) } }

    mutating func add(_ bytes: [UInt8], leaf: UInt64?) {
        do { add(try JSONDecoder().decode(CustodyAct.self, from: Data(bytes)), leaf) } catch {
            // What cannot be understood is told all the same: somebody left it.
            let kind = CustodyAct.Kind(rawValue: "unreadable")
            add(CustodyAct(kind, actor: "unknown", tool: "unknown", began: Timestamp(seconds: 0)), leaf)
        }
    }

    mutating func add(run bytes: [UInt8], leaf: UInt64) throws(VaultError) {
        do { add(CustodyAct(try JSONDecoder().decode(Run.self, from: Data(bytes))), leaf) } catch {
            throw VaultError(.damaged, "read what leaf \(leaf) recorded: \(error)")
        }
    }

    private mutating func add(_ act: CustodyAct, _ leaf: UInt64?) {
        guard let place = places[act.id] else {
            places[act.id] = entries.count
            entries.append(CustodyEntry(act: act, leaves: leaf.map { [$0] } ?? []))
            return
        }
        // An end is never taken back by a beginning that was sealed again.
        guard act.ended != nil || entries[place].act.ended == nil, entries[place].act != act else { return }
        entries[place].act = act
        if let leaf { entries[place].leaves.append(leaf) }
    }
}

extension [UInt8] {
    /// Whether these bytes have `pattern` in them. Asked of every leaf, so left to the C library.
    func holds(_ pattern: [UInt8]) -> Bool {
        guard let first = pattern.first else { return true }
        return withUnsafeBytes { bytes in
            var rest = bytes[...]
            while rest.count >= pattern.count, let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress,
                let hit = memchr(start, Int32(first), rest.count - pattern.count + 1)
            {
                if memcmp(hit, pattern, pattern.count) == 0 { return true }
                rest = rest.dropFirst(UnsafeRawPointer(hit) - start + 1)
            }
            return false
        }
    }
}
