/// How much of a stranger's scan file is taken in.
package enum ImportLimits {
    /// Bytes of one line; the rest of it is dropped, and told.
    package static let line = 4 << 20
    /// Open ports of one file; later ones are counted and told.
    package static let openPorts = 4_000_000
    /// Addresses with a sheet of their own.
    package static let hosts = 1_000_000
    /// Different identities; later services are taken over without one.
    package static let identities = 100_000
    /// Bytes of one word of an identity.
    package static let word = 256
    /// Faults that are told with their line; the rest is counted.
    package static let faults = 100
    /// Addresses that a target may stand for: more are not a set that anyone asked for by name.
    package static let ranges = 65_536
}
