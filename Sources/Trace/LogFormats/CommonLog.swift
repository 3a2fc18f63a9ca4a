/// The Common Log Format of the NCSA server, which Apache writes as `%h %l %u %t "%r" %>s %b`.
package struct CommonLog: LogFormat {
    package let name = "common"

    package init() {}

    package func parse(_ line: Span<UInt8>) -> LogEntry? {
        var cursor = LogCursor()
        guard let entry = cursor.commonFields(line), cursor.index == line.count else { return nil }
        return entry
    }
}
