package import Domain

/// A way in which servers write down requests, one a line.
///
/// Lines come from a machine we do not trust: `parse` takes any bytes up to ``LogScan/lineLimit`` long, reads nothing
/// outside them, and returns nil for a line that is not of its form. To add one: a file in `LogFormats/`, a line in
/// ``logFormats``; `docs/adding-a-log-format.md` walks through it.
package protocol LogFormat: Sendable {
    /// The name in reports. It never changes.
    var name: String { get }
    /// Reads a line without its line end.
    func parse(_ line: Span<UInt8>) -> LogEntry?
}

/// One request as a log has it. Ranges point into the line: nothing is copied on the way.
package struct LogEntry: Hashable, Sendable {
    package var client: IPAddress
    /// Seconds since 1970, UTC; the log's own zone is taken into account.
    package var time: Int64
    /// Whether the method changes what is on the server.
    package var isWrite: Bool
    package var status: Int
    /// Bytes of the response's body, as logged.
    package var bytes: UInt64
    /// The user agent, still escaped; nil where the format has none or the client sent none.
    package var agent: Range<Int>?

    package init(client: IPAddress, time: Int64, isWrite: Bool, status: Int, bytes: UInt64, agent: Range<Int>?) {
        self.client = client
        self.time = time
        self.isWrite = isWrite
        self.status = status
        self.bytes = bytes
        self.agent = agent
    }
}
