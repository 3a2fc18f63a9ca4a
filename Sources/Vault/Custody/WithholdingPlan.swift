import Domain
import Foundation

/// Everything in a vault that has the bytes of some items, or was read from them.
struct WithholdingPlan {
    /// A record that is to go.
    struct Target {
        var leaf: Leaf
        var item: Digest
        /// What is sealed in its place: the outcome of a stage without what it read from the item.
        var instead: StageOutcome?
        var derived: [Digest] = []
        /// Whether it tells of this item and of no other. What does not is kept for nobody: whoever may see one item would
        /// see in it what was read from another.
        var isAlone = true
        /// What is withheld already, for the holder of a key, and is now to be destroyed.
        var locked: WithheldIndex.Entry?
    }

    private let vault: Vault
    /// Of each payload to be withheld, the item for whose sake.
    private var wanted: [Digest: Digest]
    private var found: [UInt64: Target] = [:]

    /// Reads the whole ledger, and again while it finds that an item was joined from pieces: then these go too.
    init(_ items: [Digest], in vault: Vault) throws(VaultError) {
        self.vault = vault
        wanted = Dictionary(items.map { ($0, $0) }) { first, _ in first }
        var known = 0
        while known < wanted.count {
            known = wanted.count
            let patterns = wanted.keys.map { Array($0.description.utf8) }
            for leaf in try vault.leaves(where: { bytes in patterns.contains { bytes.holds($0) } }) { try look(leaf) }
        }
    }

    var targets: [Target] { found.values.sorted { $0.leaf.number < $1.leaf.number } }

    /// The items of which there is a record whose bytes are still there.
    var items: Set<Digest> { Set(found.values.map(\.item)) }

    private mutating func look(_ leaf: Leaf) throws(VaultError) {
        guard vault.withheld[leaf: leaf.number] == nil, [.captured, .resource, .metadata].contains(leaf.kind),
            PayloadLocation(leaf) != nil, let payload = leaf.payload, payload.length > 0,
            let item = wanted[payload.digest]
        else { return }
        found[leaf.number] = Target(leaf: leaf, item: item)
        guard leaf.kind == .resource, leaf.number > 0 else { return }
        let before = try vault.files.leaf(leaf.number - 1)
        guard before.kind == .metadata, before.target == leaf.target else { return }
        for piece in vault.pieces(of: before) where wanted[piece] == nil { wanted[piece] = item }
    }

    /// Finds what was withheld for these items' sake and is kept encrypted.
    mutating func addLocked() throws(VaultError) {
        for entry in vault.withheld.all where entry.withholding.lock != nil {
            let withholding = entry.withholding
            guard let item = wanted[withholding.item] ?? wanted[withholding.payload] else { continue }
            let leaf = try vault.files.leaf(withholding.leaf)
            found[leaf.number] = Target(leaf: leaf, item: item, locked: entry)
        }
    }

    /// Finds the outcomes of stages that tell what stood in an item. `why` is what they will say instead.
    mutating func addOutcomes(why: String) throws(VaultError) {
        let mark = Array("\"kind\":\"outcome\"".utf8)
        let patterns = wanted.keys.map { Array($0.description.utf8) }
        for leaf in try vault.leaves(where: { $0.holds(mark) }) {
            guard leaf.kind == .outcome, vault.withheld[leaf: leaf.number] == nil else { continue }
            let block = try vault.block(of: leaf)
            guard patterns.contains(where: { block.holds($0) }) else { continue }
            let outcome: StageOutcome
            do { outcome = try JSONDecoder().decode(StageOutcome.self, from: Data(block)) } catch {
                throw VaultError(.damaged, "read what leaf \(leaf.number) recorded: \(error)")
            }
            if let target = target(leaf, outcome, why) { found[leaf.number] = target }
        }
    }

    private func target(_ leaf: Leaf, _ outcome: StageOutcome, _ why: String) -> Target? {
        switch outcome {
        case .reading(var outcome):
            let telling = outcome.files.filter { wanted[$0.input] != nil && $0.tellsSomething }
            guard let first = telling.first, let item = wanted[first.input] else { return nil }
            let isAlone = outcome.files.filter(\.tellsSomething).count == 1
            outcome.files = outcome.files.map { file in
                guard wanted[file.input] != nil, file.tellsSomething else { return file }
                return FileReading(input: file.input, status: .failed(reason: why), type: nil)
            }
            let derived = telling.compactMap(\.thumbnail)
            return Target(leaf: leaf, item: item, instead: .reading(outcome), derived: derived, isAlone: isAlone)
        case .trace(let outcome):
            return wanted[outcome.log].map { Target(leaf: leaf, item: $0) }
        case .imports(let outcome):
            return outcome.file.payload.flatMap { wanted[$0] }.map { Target(leaf: leaf, item: $0) }
        case .census, .doors, .collect, .identify:
            return nil
        }
    }
}

extension WithholdingPlan.Target {
    /// Whether the bytes are gone from the segment already.
    var isCleared: Bool { locked?.isCleared ?? false }
}

extension FileReading {
    fileprivate var tellsSomething: Bool {
        type != nil || !readings.isEmpty || !notePairs.isEmpty || thumbnail != nil
    }
}

extension Vault {
    /// Every leaf whose bytes pass `filter`, in order.
    fileprivate func leaves(where filter: ([UInt8]) -> Bool) throws(VaultError) -> [Leaf] {
        var found: [Leaf] = []
        var number: UInt64 = 0
        while number < files.size {
            let leaves = try files.leaves(from: number)
            guard !leaves.isEmpty else { throw VaultError(.damaged, "find leaf \(number)") }
            for bytes in leaves {
                if filter(bytes) { found.append(try Leaf(bytes, number: number)) }
                number += 1
            }
        }
        return found
    }

    /// What a joined body was made of; nothing for a record that tells of something else, or cannot be read.
    fileprivate func pieces(of leaf: Leaf) -> [Digest] {
        guard let block = try? block(of: leaf), let joint = try? JSONDecoder().decode(Joint.self, from: Data(block)),
            joint.form == Joint().form
        else { return [] }
        return joint.pieces.compactMap(\.payload)
    }
}
