package import Domain

/// What is true of the visitors in the access log.
package struct VisitorTruth: Codable, Sendable {
    /// One address with what it did.
    package struct Client: Hashable, Codable, Sendable {
        package var address: IPAddress
        /// What kind of line it really is.
        package var line: LineKind
        /// Whether a list of this world holds it; an unlisted VPN exit cannot be told from an ordinary line.
        package var isListed: Bool
        /// ISO 3166-1 alpha-2; nil for the country's own addresses.
        package var country: String?
        package var city: String?
        package var habit: AccessLogWorld.Client.Habit
        /// Lines in combined format that can be read.
        package var requests: Int
        /// Requests with no gap of over half an hour between two, taken together.
        package var visits: Int
        /// Requests that wrote.
        package var writes: Int
        package var first: Timestamp
        package var last: Timestamp
    }

    /// By address; clients that never came are left out.
    package var clients: [Client]
    /// All lines of the log.
    package var lines: Int
    /// Lines that are no request in combined format.
    package var garbageLines: Int
}
