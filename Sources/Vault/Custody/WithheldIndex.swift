import Domain
import Synchronization

/// What of the vault is withheld, as the ledger says.
final class WithheldIndex: Sendable {
    /// A withholding, the leaf that says so, and whether the bytes are known to be gone.
    struct Entry {
        var withholding: Withholding
        var saidBy: UInt64
        var isErased = false
    }

    private struct State {
        var byLeaf: [UInt64: Entry] = [:]
        var byPayload: [Digest: Withholding] = [:]
        /// From the leaf that withholds to the leaf that is withheld.
        var targets: [UInt64: UInt64] = [:]
    }

    /// Guards the maps; the scribe adds, anyone asks.
    private let state = Mutex(State())

    init() {}

    /// Reads the leaves that a scan found.
    init(_ numbers: [UInt64], _ files: LedgerFiles) throws(VaultError) {
        for number in numbers { add([try files.leaf(number)]) }
    }

    /// Takes in what leaves say. The first word on a record stays.
    func add(_ leaves: [Leaf]) {
        for leaf in leaves {
            if let withholding = leaf.withholding { add(withholding, saidBy: leaf.number) }
            guard leaf.kind == .erased, let number = leaf.refersTo else { continue }
            state.withLock { state in
                if let target = state.targets[number] { state.byLeaf[target]?.isErased = true }
            }
        }
    }

    private func add(_ withholding: Withholding, saidBy number: UInt64) {
        state.withLock { state in
            state.targets[number] = withholding.leaf
            guard state.byLeaf[withholding.leaf] == nil else { return }
            state.byLeaf[withholding.leaf] = Entry(withholding: withholding, saidBy: number)
            for digest in [withholding.payload, withholding.item] where state.byPayload[digest] == nil {
                state.byPayload[digest] = withholding
            }
        }
    }

    subscript(_ payload: Digest) -> Withholding? { state.withLock { $0.byPayload[payload] } }

    subscript(leaf number: UInt64) -> Entry? { state.withLock { $0.byLeaf[number] } }

    /// Every withholding, in the order of the records it concerns.
    var all: [Entry] { state.withLock { $0.byLeaf.values.sorted { $0.withholding.leaf < $1.withholding.leaf } } }
}
