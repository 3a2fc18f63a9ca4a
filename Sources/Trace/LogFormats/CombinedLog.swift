/// The Combined Log Format of Apache, nginx and lighttpd: the common one with referrer and user agent in quotes.
///
///     198.51.100.7 - - [15/Jan/2024:09:30:00 +0800] "GET /a HTTP/1.1" 200 512 "-" "Mozilla/5.0"
///
/// Fields that a server was told to add behind the agent are allowed and ignored.
package struct CombinedLog: LogFormat {
    package let name = "combined"

    package init() {}

    package func parse(_ line: Span<UInt8>) -> LogEntry? {
        var cursor = LogCursor()
        guard var entry = cursor.commonFields(line), cursor.skip(UInt8(ascii: " "), line), cursor.quoted(line) != nil,
            cursor.skip(UInt8(ascii: " "), line), let agent = cursor.quoted(line)
        else { return nil }
        guard cursor.index == line.count || cursor.skip(UInt8(ascii: " "), line) else { return nil }
        let isNone = agent.isEmpty || agent.count == 1 && line[agent.lowerBound] == UInt8(ascii: "-")
        entry.agent = isNone ? nil : agent
        return entry
    }
}
