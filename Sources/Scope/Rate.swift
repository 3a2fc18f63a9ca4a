/// How fast and how broadly the gate may work.
///
/// A connection that is opened counts one, and so does each further request on a connection that is kept.
package struct Rate: Hashable, Sendable {
    /// Contacts a second with one address.
    package var perAddress: Int
    /// Contacts a second with all addresses together.
    package var total: Int
    /// Connections open at one time.
    package var concurrent: Int

    /// What a scope file that says nothing gets: slow enough for any server.
    package init(perAddress: Int = 5, total: Int = 100, concurrent: Int = 32) {
        self.perAddress = perAddress
        self.total = total
        self.concurrent = concurrent
    }
}
