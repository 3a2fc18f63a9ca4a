import Domain
import Synchronization

/// What of the vault is withheld, as the ledger says.
///
/// A leaf is believed when a checkpoint covers it, or when the ledger's key signed it by itself.
final class WithheldIndex: Sendable {
    /// A withholding, the leaf that says so, and whether the bytes are known to be gone.
    struct Entry {
        var withholding: Withholding
        var saidBy: UInt64
        /// Whether all that was to go by it is known to be gone.
        var isErased = false
        /// Whether the bytes are known to be gone from the segment, by this withholding or by the one before it.
        var isCleared = false
    }

    private struct State {
        var byLeaf: [UInt64: Entry] = [:]
        var byPayload: [Digest: Withholding] = [:]
        /// From the leaf that withholds to the leaf that is withheld.
        var targets: [UInt64: UInt64] = [:]
        var unfounded: [Leaf] = []
    }

    private let key: VerifyingKey?
    /// Guards the maps; the scribe adds, anyone asks.
    private let state = Mutex(State())

    init(key: VerifyingKey?) {
        self.key = key
    }

    /// Reads the leaves that a scan found.
    convenience init(_ numbers: [UInt64], _ files: LedgerFiles, key: VerifyingKey?) throws(VaultError) {
        var leaves: [Leaf] = []
        for number in numbers { leaves.append(try files.leaf(number)) }
        self.init(leaves, signed: files.checkpoint.size, key: key)
    }

    /// All leaves of a ledger that may concern withholdings, in order; a checkpoint covers those below `signed`.
    convenience init(_ leaves: [Leaf], signed: UInt64, key: VerifyingKey?) {
        self.init(key: key)
        let disowned = Set(leaves.filter { $0.kind == .disowned && $0.isSigned(by: key) }.compactMap(\.refersTo))
        add(leaves.filter { !disowned.contains($0.number) }, signed: signed)
    }

    /// Takes in what leaves say, of which a checkpoint covers the first `signed`. The first word on a record stays, but that
    /// what it had kept encrypted may be destroyed later.
    func add(_ leaves: [Leaf], signed: UInt64 = 0) {
        for leaf in leaves {
            if let withholding = leaf.withholding { add(withholding, of: leaf, signed) }
            guard leaf.kind == .erased, let number = leaf.refersTo else { continue }
            state.withLock { state in
                guard let target = state.targets[number] else { return }
                state.byLeaf[target]?.isCleared = true
                if state.byLeaf[target]?.saidBy == number { state.byLeaf[target]?.isErased = true }
            }
        }
    }

    private func add(_ withholding: Withholding, of leaf: Leaf, _ signed: UInt64) {
        let isFounded = leaf.number < signed || leaf.isSigned(by: key)
        state.withLock { state in
            guard isFounded else { return state.unfounded.append(leaf) }
            var entry = Entry(withholding: withholding, saidBy: leaf.number)
            if let earlier = state.byLeaf[withholding.leaf] {
                guard let lock = earlier.withholding.lock, withholding.destroyed == lock else { return }
                entry.isCleared = earlier.isCleared
            }
            state.targets[leaf.number] = withholding.leaf
            state.byLeaf[withholding.leaf] = entry
            for digest in [withholding.payload, withholding.item] {
                let known = state.byPayload[digest]
                if known == nil || known?.leaf == withholding.leaf { state.byPayload[digest] = withholding }
            }
        }
    }

    subscript(_ payload: Digest) -> Withholding? { state.withLock { $0.byPayload[payload] } }

    subscript(leaf number: UInt64) -> Entry? { state.withLock { $0.byLeaf[number] } }

    /// Every withholding, in the order of the records it concerns.
    var all: [Entry] { state.withLock { $0.byLeaf.values.sorted { $0.withholding.leaf < $1.withholding.leaf } } }

    /// Leaves that would withhold something, and that nobody signed: anyone may have written them.
    var unfounded: [Leaf] { state.withLock { $0.unfounded } }

    /// The leaves that say for ever that these count for nothing: the next checkpoint will cover both.
    func disownments(by key: SigningKey, at time: Timestamp) throws(VaultError) -> [Leaf] {
        var leaves: [Leaf] = []
        for unfounded in unfounded {
            var leaf = Leaf(.disowned, at: time)
            leaf.refersTo = unfounded.number
            leaf.facts = ["leaf": Digest(of: try unfounded.encoded()).description]
            try leaf.sign(with: key)
            leaves.append(leaf)
        }
        return leaves
    }
}
