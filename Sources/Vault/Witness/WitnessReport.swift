package import Domain

/// What a published checkpoint says of the ledger as it is now.
package struct WitnessReport: Hashable, Codable, Sendable {
    package enum Verdict: String, Codable, Sendable {
        /// The ledger begins with the leaves that were signed for, and nothing that they speak of was changed.
        case holds
        /// The ledger begins with those leaves, and something that they speak of was changed.
        case changed
        /// The ledger's first leaves are others than those that were signed for.
        case rewritten
        /// The ledger has fewer leaves than were signed for.
        case larger
        /// It is of another ledger.
        case foreign
        /// The ledger's key did not sign it.
        case unsigned
    }

    package var origin: String
    package var size: UInt64
    package var root: Digest
    package var verdict: Verdict
    /// The ledger's own name, and the number of leaves that are signed for now.
    package var ledger: String
    package var leaves: UInt64
    /// For whoever checks without this program: the proof (RFC 6962, section 2.1.2) that leads from this checkpoint to the
    /// ledger's own, in base64. Nil where there is none.
    package var proof: [String]?

    package var holds: Bool { verdict == .holds }

    /// The verdict in one line.
    package var sentence: String {
        switch verdict {
        case .holds:
            "The checkpoint over \(size) \(size == 1 ? "leaf" : "leaves") holds: nothing that the ledger had sealed by then has changed."
        case .changed:
            "The checkpoint over \(size) \(size == 1 ? "leaf" : "leaves") is this ledger's, but what was sealed by then has changed: see the faults."
        case .rewritten:
            "The checkpoint does not hold: the ledger's first \(size) leaves are not those that it signs for."
        case .larger:
            "The checkpoint does not hold: it signs for \(size) leaves, and the ledger has \(leaves). "
                + "Leaves were taken away, or this is an older copy of the case."
        case .foreign:
            "The checkpoint says nothing of this case: it is of the ledger \(origin), and this one is \(ledger)."
        case .unsigned:
            "The checkpoint proves nothing: the key of this ledger did not sign it. "
                + "Either the line was changed, or the case has another key than it had."
        }
    }
}
