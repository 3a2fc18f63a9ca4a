package import Domain

/// Which sealed items a bundle is made of.
package enum BundleSelection: Hashable, Sendable {
    /// The whole case.
    case everything
    /// What was asked of addresses that begin with this one.
    case source(WebAddress)
    /// What began on this day, in UTC.
    case day(Day)
    /// These leaves of the ledger, with the requests that they answer.
    case leaves(Set<UInt64>)
}

extension BundleSelection {
    /// Whether a leaf's number alone says that it cannot belong: most leaves then need not be read.
    func mayContain(_ number: UInt64) -> Bool {
        guard case .leaves(let leaves) = self else { return true }
        return number == 0 || leaves.contains(number) || leaves.contains(number + 1)
    }

    /// Whether the leaf belongs. The first leaf, which names the ledger's key, belongs to every bundle; the descriptions of
    /// segments to none, because a bundle has segments of its own.
    func contains(_ leaf: Leaf) -> Bool {
        if leaf.number == 0 { return true }
        guard leaf.kind != .segment else { return false }
        switch self {
        case .everything: return true
        case .source(let base): return leaf.target?.hasPrefix(WARCHeader.target(base.description)) ?? false
        case .day(let day): return leaf.at.day == day
        case .leaves(let leaves): return leaf.belongs(to: leaves)
        }
    }
}

extension Leaf {
    /// Whether it is one of these, or the request that one of these answers: it is sealed right before.
    func belongs(to leaves: Set<UInt64>) -> Bool {
        leaves.contains(number) || (kind == .request && leaves.contains(number + 1))
    }
}
