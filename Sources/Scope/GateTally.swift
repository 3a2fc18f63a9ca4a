/// What passed the gate since it was made.
package struct GateTally: Hashable, Sendable {
    /// Connections that were attempted, those of sweeps included.
    package var attempted = 0
    /// Connections that came about.
    package var opened = 0
    /// What a rule of the scope forbade.
    package var refusedByRule = 0
    /// Requests sent over HTTP.
    package var requests = 0
    /// Questions sent to name servers.
    package var questions = 0
    package var bytesIn: UInt64 = 0
    package var bytesOut: UInt64 = 0

    package init() {}
}
