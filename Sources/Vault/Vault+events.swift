import Domain
import Foundation

/// The runs and outcomes of a ledger in the order in which they were sealed, up to the end it had when this was asked for.
package struct LedgerEvents: AsyncSequence, Sendable {
    let vault: Vault
    let start: UInt64

    package struct Iterator: AsyncIteratorProtocol {
        let vault: Vault
        let end: UInt64
        private var next: UInt64
        private var found: ArraySlice<Leaf> = []

        init(vault: Vault, from start: UInt64) {
            self.vault = vault
            next = start
            end = vault.files.size
        }

        package mutating func next() async throws(VaultError) -> LedgerEvent? {
            while found.isEmpty {
                guard next < end else { return nil }
                let (start, vault) = (next, vault)
                let page = try await blocking { () throws(VaultError) in try vault.eventLeaves(from: start) }
                next += page.count
                found = page.leaves[...]
            }
            guard let leaf = found.popFirst() else { return nil }
            let vault = vault
            return try await blocking { () throws(VaultError) in try vault.event(leaf) }
        }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(vault: vault, from: start) }
}

extension Vault {
    /// What the catalogue is rebuilt from, from a leaf on.
    package func events(from leaf: UInt64 = 0) -> LedgerEvents { LedgerEvents(vault: self, start: leaf) }

    fileprivate func eventLeaves(from number: UInt64) throws(VaultError) -> (count: UInt64, leaves: [Leaf]) {
        let entries = try files.leaves(from: number)
        var leaves: [Leaf] = []
        // What a damaged ledger has lost is empty, and was named when it was opened.
        for (offset, bytes) in entries.enumerated() where !bytes.isEmpty {
            let leaf = try Leaf(bytes, number: number + UInt64(offset))
            // What was read from a withheld item is told by the outcome that took the place of this one.
            guard withheld[leaf: leaf.number] == nil else { continue }
            if [.runStarted, .runEnded, .outcome].contains(leaf.kind) { leaves.append(leaf) }
        }
        return (UInt64(entries.count), leaves)
    }

    fileprivate func event(_ leaf: Leaf) throws(VaultError) -> LedgerEvent {
        let block = try block(of: leaf)
        do {
            let decoder = JSONDecoder()
            switch leaf.kind {
            case .runStarted: return .runStarted(try decoder.decode(Run.self, from: Data(block)), leaf.seal)
            case .runEnded: return .runEnded(try decoder.decode(Run.self, from: Data(block)), leaf.seal)
            default: return .outcome(try decoder.decode(StageOutcome.self, from: Data(block)), leaf.seal)
            }
        } catch { throw VaultError(.damaged, "read what leaf \(leaf.number) recorded: \(error)") }
    }
}
