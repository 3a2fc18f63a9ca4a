package import Domain

/// Where the segments of a vault lie, and what was done to change that.
package struct StorageReport: Hashable, Codable, Sendable {
    /// What became of a segment.
    package enum Outcome: String, Hashable, Codable, Sendable {
        /// It was brought to the store, and read back whole.
        case stored
        /// As `stored`, and then removed here.
        case dropped
        /// It was brought back.
        case fetched
        /// It lies where it shall already.
        case unchanged
        /// It was not done, and nothing changed; `problem` says why.
        case failed
    }

    package struct Segment: Hashable, Codable, Sendable {
        /// The segment, relative to the vault.
        package var file: String
        /// Its sealed bytes.
        package var length: UInt64
        package var isLocal: Bool
        /// The object's name, where the ledger says that the store has it, and the SHA-256 of the whole segment.
        package var object: String?
        package var digest: Digest?
        /// What was done; nil where nothing was to be.
        package var outcome: Outcome?
        /// Why it was not done, or why the store's copy cannot be relied on.
        package var problem: String?
    }

    /// The store, without anything secret; nil when the settings name none.
    package var store: String?
    /// Every segment, by its number.
    package var segments: [Segment] = []

    /// Whether something was not done, or cannot be relied on.
    package var hasProblem: Bool { segments.contains { $0.problem != nil } }
}
