package import Domain
import Foundation

/// The runs and outcomes of a ledger in the order in which they were sealed, up to the end it had when this was asked for.
package struct LedgerEvents: AsyncSequence, Sendable {
    let vault: Vault
    let start: UInt64
    /// What the ends of runs that are left out are sealed as.
    let except: Set<String>

    package struct Iterator: AsyncIteratorProtocol {
        let vault: Vault
        let end: UInt64
        private var next: UInt64
        private let except: Set<String>
        private var found: ArraySlice<Leaf> = []

        init(vault: Vault, from start: UInt64, except: Set<String>) {
            (self.vault, self.except) = (vault, except)
            next = start
            end = vault.files.size
        }

        package mutating func next() async throws(VaultError) -> LedgerEvent? {
            while found.isEmpty {
                guard next < end else { return nil }
                let (start, vault, except) = (next, vault, except)
                let page = try await blocking { () throws(VaultError) in
                    try vault.eventLeaves(from: start, except: except)
                }
                next += page.count
                found = page.leaves[...]
            }
            guard let leaf = found.popFirst() else { return nil }
            let vault = vault
            return try await blocking { () throws(VaultError) in try vault.event(leaf) }
        }
    }

    package func makeAsyncIterator() -> Iterator { Iterator(vault: vault, from: start, except: except) }
}

extension Vault {
    /// What the catalogue is rebuilt from, from a leaf on. The ends of runs that are known to have ended are left out: their
    /// records need not be read for it, and may lie in a store that cannot be reached.
    package func events(from leaf: UInt64 = 0, exceptEndsOf runs: [RunID] = []) -> LedgerEvents {
        LedgerEvents(vault: self, start: leaf, except: Set(runs.map { Self.target(of: $0) }))
    }

    /// What the beginning and the end of a run are sealed as.
    static func target(of run: RunID) -> String { "ajar:run/\(run)" }

    fileprivate func eventLeaves(
        from number: UInt64,
        except: Set<String>
    ) throws(VaultError) -> (count: UInt64, leaves: [Leaf]) {
        let entries = try files.leaves(from: number)
        var leaves: [Leaf] = []
        // What a damaged ledger has lost is empty, and was named when it was opened.
        for (offset, bytes) in entries.enumerated() where !bytes.isEmpty {
            let leaf = try Leaf(bytes, number: number + UInt64(offset))
            // What was read from a withheld item is told by the outcome that took the place of this one.
            guard withheld[leaf: leaf.number] == nil else { continue }
            if leaf.kind == .runEnded, leaf.target.map(except.contains) ?? false { continue }
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
