package import Domain
import Foundation

extension Vault {
    /// Why a payload is not to be had, when it is withheld.
    package func withholding(of payload: Digest) -> Withholding? { withheld[payload] }

    /// Everything that is withheld.
    package var withholdings: [Withholding] { withheld.all.map(\.withholding) }

    /// The items among `items` that have bytes in the vault which can be withheld.
    package func withholdable(_ items: [Digest]) async throws(VaultError) -> Set<Digest> {
        try await blocking { () throws(VaultError) in try WithholdingPlan(items, in: self).items }
    }

    /// Withholds payloads: wherever their bytes lie in the segments they are overwritten, with the pieces they were joined
    /// from, what stages read from them, and what was made from them. With a recipient they are kept encrypted to that key,
    /// in `locked/`. Without one, what such a withholding had kept encrypted is destroyed.
    ///
    /// First the ledger says so, and is signed; then the bytes go. If the process ends between the two, the next opening
    /// removes them. A segment that is kept in a store is brought back before, and its copy there removed: what is withheld
    /// is nowhere. What the ledger says of them before stays: digests, lengths, headers, times. Returns what is withheld
    /// now, record by record; throws `unknown` when there is nothing of an item that could be.
    package func withhold(
        _ items: [Digest],
        reason: String,
        actor: String,
        encryptedTo recipient: Recipient? = nil
    ) async throws(VaultError) -> [Withholding] {
        guard reason.utf8.count <= Withholding.longestReason, actor.utf8.count <= Withholding.longestReason else {
            throw VaultError(.tooLong, "withhold something for a reason of \(reason.utf8.count) bytes")
        }
        let scribe = try writer()
        let order = WithholdingOrder(reason: reason, actor: actor, at: clock.now(), recipient: recipient)
        let key = await scribe.key
        let prepared = try await blocking { () throws(VaultError) -> [PreparedWithholding] in
            try self.prepare(items, order, signedBy: key)
        }
        let leaves = try await scribe.submit(prepared.flatMap(\.drafts)).filter { $0.kind == .withheld }
        // Bytes go only for what a checkpoint covers.
        _ = try await checkpoint()
        let erasure = Erasure(layout: layout, segments: segments)
        let removed = try await blocking { () throws(VaultError) -> [Leaf] in
            for prepared in prepared { try erasure.remove(derived: prepared.withholding.derived) }
            for prepared in prepared {
                guard erasure.mayErase(prepared.withholding) else {
                    let path = self.layout.locked.path(LockedFiles.name(prepared.leaf.number))
                    throw VaultError(.damaged, "find what was encrypted, so nothing more is removed", path: path)
                }
                try erasure.erase(prepared.leaf, prepared.withholding, isCleared: prepared.isCleared)
            }
            let touched = prepared.filter { !$0.isCleared }.compactMap(\.leaf.place?.segment)
            return try erasure.removeCopies(of: Set(touched), at: order.at)
        }
        let done = leaves.map { Erasure.done($0.number, at: order.at) } + removed
        _ = try await scribe.submit(done.map { .bare($0) })
        _ = try await checkpoint()
        return prepared.map(\.withholding)
    }

    /// Has the segments that bytes are to be taken out of here, and makes sure that the store's copies can be removed,
    /// before the ledger says anything.
    private func bringBack(_ numbers: Set<UInt32>) throws(VaultError) {
        for number in numbers.sorted() {
            guard let copy = segments.stored[number] else { continue }
            try segments.fetch(number)
            _ = try segments.reachable(to: "withhold bytes of \(Segment.name(number))").look(at: copy.object)
        }
    }

    private func prepare(
        _ items: [Digest],
        _ order: WithholdingOrder,
        signedBy key: SigningKey
    ) throws(VaultError) -> [PreparedWithholding] {
        var plan = try WithholdingPlan(items, in: self)
        if order.recipient == nil { try plan.addLocked() }
        let missing = Set(items).subtracting(plan.items).sorted()
        if let first = missing.first {
            let why = withheld[first].map { "it is \($0.sentence)" } ?? "the vault has no bytes of it"
            throw VaultError(.unknown, "withhold \(first): \(why)")
        }
        try plan.addOutcomes(why: order.sentence)
        try bringBack(Set(plan.targets.filter { !$0.isCleared }.compactMap(\.leaf.place?.segment)))
        let (files, erasure) = (LockedFiles(layout), Erasure(layout: layout, segments: segments))
        var prepared: [PreparedWithholding] = []
        var locked: [UInt64] = []
        do throws(VaultError) {
            for target in plan.targets {
                guard let place = target.leaf.place, let payload = target.leaf.payload else { continue }
                let (remains, wasSound) = try erasure.remains(of: target, place)
                var form = Withholding.Form.removed
                if let recipient = order.recipient, target.isAlone {
                    form = .encrypted(try files.lock(target.leaf, place, to: recipient))
                    locked.append(target.leaf.number)
                }
                let withholding = Withholding(
                    item: target.item,
                    payload: payload.digest,
                    leaf: target.leaf.number,
                    record: target.leaf.record ?? "",
                    at: order.at,
                    actor: order.actor,
                    reason: order.reason,
                    form: form,
                    remains: remains,
                    wasSound: wasSound,
                    derived: target.derived,
                    destroyed: target.locked?.withholding.lock
                )
                prepared.append(try PreparedWithholding(withholding, target, signedBy: key))
            }
            // The ledger never speaks of a file whose name may still be lost.
            if !locked.isEmpty { try files.folder.sync() }
        } catch {
            // Why it failed matters more than what is left, which the next opening sets aside.
            try? files.remove(locked)
            throw error
        }
        return prepared
    }
}

/// Who has something withheld, when, why, and for whom it is kept.
private struct WithholdingOrder: Sendable {
    var reason: String
    var actor: String
    var at: Timestamp
    var recipient: Recipient?

    /// What stands in the place of what was read.
    var sentence: String {
        let lock = recipient.map { ", encrypted to the key \($0.id)" } ?? ""
        return "withheld on \(at) by \(actor)\(lock): \(reason)"
    }
}

/// A withholding that is ready to be sealed.
private struct PreparedWithholding: Sendable {
    var withholding: Withholding
    /// The record whose bytes will go, and whether they are gone from the segment already.
    var leaf: Leaf
    let isCleared: Bool
    var drafts: [Draft]

    init(
        _ withholding: Withholding,
        _ target: WithholdingPlan.Target,
        signedBy key: SigningKey
    ) throws(VaultError) {
        self.withholding = withholding
        leaf = target.leaf
        isCleared = target.isCleared
        drafts = []
        // The outcome that takes another's place comes first: whoever rebuilds the catalogue meets it in any case.
        if let instead = target.instead {
            var outcome = Leaf(.outcome, at: withholding.at)
            outcome.target = leaf.target
            outcome.contentType = "application/json"
            drafts.append(.record(NewRecord(outcome, block: try Self.json(instead))))
        }
        var leaf = Leaf(withholding)
        try leaf.sign(with: key)
        drafts.append(.record(NewRecord(leaf, block: try Self.json(withholding))))
    }

    private static func json(_ value: some Encodable) throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(value)) } catch {
            throw VaultError(.tooLong, "write a withholding as JSON: \(error)")
        }
    }
}
