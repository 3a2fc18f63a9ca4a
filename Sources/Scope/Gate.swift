package import Domain
import NIOPosix

/// The only way out: every packet of every stage passes here, or does not leave.
///
/// The gate checks each address after resolution, pins the socket to the one it checked, keeps the rate, says who asks,
/// and counts. What it refuses is a ``GateError`` that names the rule. One gate serves a process.
package final class Gate: Sendable {
    package let scope: Scope
    package let clock: CaseClock
    let meter = Meter()
    let pace: Pace
    let slots: Slots
    let dialler: Dialler
    let pool = ConnectionPool()

    package init(scope: Scope, clock: CaseClock = .system) {
        self.scope = scope
        self.clock = clock
        pace = Pace(scope.rate)
        slots = Slots(scope.rate.concurrent)
        dialler = Dialler(group: MultiThreadedEventLoopGroup.singleton)
    }

    /// What has passed so far.
    package var tally: GateTally { meter.tally }

    /// How requests say who asks: `Ajar/0.1.0 (+contact)`.
    package var userAgent: String {
        let contact = scope.contact.unicodeScalars.map { (0x20...0x7e).contains($0.value) ? Character($0) : "?" }
        return "Ajar/\(ajarVersion) (+\(String(contact)))"
    }

    /// Closes the connections that were kept for further requests. Streams that others hold stay theirs to close.
    package func close() async {
        await pool.close()
    }

    /// Throws, and counts, when a rule forbids contact with the endpoint; else returns it in the form to dial.
    func admit(_ endpoint: Endpoint, for attempt: String) throws(GateError) -> Endpoint {
        guard let rule = scope.refusal(of: endpoint) else { return Endpoint(endpoint.address.unmapped, endpoint.port) }
        throw refusal(rule, attempt, endpoint)
    }

    /// Counts a refusal and gives the error that says so.
    func refusal(_ rule: String, _ attempt: String, _ endpoint: Endpoint? = nil) -> GateError {
        meter.count { $0.refusedByRule += 1 }
        return GateError(.outOfScope(rule: rule), attempted: attempt, endpoint: endpoint)
    }
}
