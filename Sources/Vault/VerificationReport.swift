/// What a verification of the whole vault found.
package struct VerificationReport: Hashable, Codable, Sendable {
    /// One thing that is not as it was sealed.
    package struct Fault: Hashable, Codable, Sendable {
        /// The file, relative to the vault.
        package var file: String
        /// Where in the file, in bytes, when that is known.
        package var offset: UInt64?
        /// The ledger's leaf that it concerns, when it concerns one.
        package var leaf: UInt64?
        /// What is wrong.
        package var what: String
        /// What can no longer be relied on.
        package var affects: String
        /// What still stands all the same.
        package var sound: String

        package init(
            file: String,
            offset: UInt64? = nil,
            leaf: UInt64? = nil,
            what: String,
            affects: String,
            sound: String
        ) {
            self.file = file
            self.offset = offset
            self.leaf = leaf
            self.what = what
            self.affects = affects
            self.sound = sound
        }

        /// A leaf that is there and cannot be understood.
        init(leaf: UInt64, _ error: VaultError) {
            self.init(
                file: "ledger",
                leaf: leaf,
                what: error.description,
                affects: "what leaf \(leaf) speaks of",
                sound: "all else"
            )
        }

        /// The fault in one line.
        package var line: String {
            let place = offset.map { "\(file) at byte \($0)" } ?? file
            let concerned = leaf.map { ", leaf \($0)" } ?? ""
            return "\(place)\(concerned): \(what). Affects: \(affects). Still sound: \(sound)."
        }
    }

    /// Every fault; empty when the vault is sound.
    package var faults: [Fault] = []
    /// Things that are no fault but that a reader should know: leaves that await a checkpoint, what recovery set aside.
    package var remarks: [String] = []
    /// Leaves, records and bytes that were read.
    package var leaves: UInt64 = 0
    package var records: UInt64 = 0
    package var bytes: UInt64 = 0
    /// The leaves that the signed checkpoint covers.
    package var signed: UInt64 = 0
    /// What a published checkpoint says, where one was given.
    package var witness: WitnessReport?

    /// A segment that could not be checked, because the store it is kept in gives no answer.
    package struct Unreachable: Hashable, Codable, Sendable {
        /// The segment, relative to the vault.
        package var file: String
        package var why: String
        /// How many of the ledger's records lie there.
        package var records: UInt64 = 0

        /// What is to be known of it, in one line.
        package var line: String {
            "\(file): \(records) \(records == 1 ? "record was" : "records were") not checked: \(why)"
        }
    }

    /// What was not checked; nothing is known of it, neither good nor bad.
    package var unreachable: [Unreachable] = []

    /// The records whose bytes are withheld, as the ledger says.
    package var withheld: UInt64 = 0

    package init() {}

    package var isSound: Bool { faults.isEmpty }
}
