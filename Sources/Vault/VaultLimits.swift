/// How much the vault takes in memory and in one file.
package struct VaultLimits: Hashable, Sendable {
    /// A segment takes no further record that would make it longer. A single record that is longer has one to itself.
    package var segmentBytes: UInt64 = 1 << 30
    /// A body that is longer is streamed to the disk as it arrives.
    package var bodyInMemory = 1 << 20
    /// Leaves after which a checkpoint is signed without being asked for.
    package var leavesPerCheckpoint = 4_096

    package init() {}
}
