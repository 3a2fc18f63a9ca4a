/// What a verification of a bundle found.
package struct BundleReport: Hashable, Codable, Sendable {
    /// More faults are counted and not told.
    static let mostFaults = 1_000

    /// The kind of bundle: `folder`, `bagit` or `wacz`.
    package var format: String
    /// The name of the ledger whose checkpoint the bundle has; nil when its signature is not good.
    package var origin: String?
    /// The key in the bundle that the checkpoint was checked with.
    package var key: String?
    /// The leaves that the checkpoint covers.
    package var signed: UInt64 = 0
    /// Items that were proven to be in the signed ledger.
    package var items: UInt64 = 0
    /// Files, and bytes of them, that were compared with what was sealed.
    package var files: UInt64 = 0
    package var bytes: UInt64 = 0
    /// Items whose bytes the bundle says that it does not have.
    package var missing: UInt64 = 0
    /// Records among them whose bytes the bundle has whole, encrypted for the holder of a key.
    package var locked: UInt64 = 0
    package private(set) var faults: [VerificationReport.Fault] = []
    package private(set) var faultCount: UInt64 = 0

    init(format: String) {
        self.format = format
    }

    package var isSound: Bool { faultCount == 0 }

    mutating func add(_ file: String, leaf: UInt64? = nil, _ what: String, affects: String, sound: String) {
        faultCount += 1
        guard faults.count < Self.mostFaults else { return }
        faults.append(.init(file: file, leaf: leaf, what: what, affects: affects, sound: sound))
    }
}
