/// What a run saw of one address on one transport, besides its open ports.
///
/// Most addresses of a range give no sign; runs keep a sheet only of those that did, or that a person should know of.
package struct HostSheet: Hashable, Codable, Sendable {
    /// What a run has to say for an address being in use.
    package enum Presence: String, Codable, CaseIterable, Sendable {
        /// It answered: a ping, or one of its ports.
        case answered
        case silent
    }

    package var presence: Presence
    /// Ports that refused.
    package var closed: PortSet
    /// Ports that were asked and gave no answer, or were filtered.
    package var noAnswer: PortSet
    /// The state of every asked port that stands nowhere else, where one state covers them all.
    package var rest: PortState?
    /// Ports that the tool only counted, by the word it used: which of them is which is not known.
    package var counted: [String: Int]

    package init(
        presence: Presence,
        closed: PortSet = PortSet(),
        noAnswer: PortSet = PortSet(),
        rest: PortState? = nil,
        counted: [String: Int] = [:]
    ) {
        self.presence = presence
        self.closed = closed
        self.noAnswer = noAnswer
        self.rest = rest
        self.counted = counted
    }

    /// The state of a port that was asked and is not open; nil where only counts are known.
    package func state(of port: UInt16) -> PortState? {
        if closed.contains(port) { return .closed }
        return noAnswer.contains(port) ? .noAnswer : rest
    }
}
