package import Domain

/// What is remembered of a country that is up, in `lab.json` of its state folder.
package struct LabState: Codable, Sendable {
    /// A program that was started.
    package struct Running: Codable, Hashable, Sendable {
        package var name: String
        package var host: String
        /// The outer process: when it dies, the kernel ends the daemon and all that the daemon started.
        package var process: Int32
        package var listens: [Endpoint]
    }

    package var worldName: String
    package var seed: Seed
    package var ports: PortMap
    /// The day that the country shows; nil before the first `day`.
    package var day: Day?
    package var running: [Running]
    /// The files of the data folder as they lie there.
    package var files: [PathName: Placement]
    /// The network that the country has for itself; nil on the loopback interface.
    package var network: CountryNetwork?

    package var form: CountryForm { network == nil ? .loopback : .namespaces }

    /// A file as it lies in the data folder.
    package struct Placement: Hashable, Codable, Sendable {
        package var payload: Digest
        package var modified: Timestamp
    }
}
