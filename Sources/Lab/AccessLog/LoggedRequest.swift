import Domain

/// One request as the server's log has it.
struct LoggedRequest: Sendable {
    var moment: Timestamp
    /// The index of its client.
    var client: Int
    var method = "GET"
    /// As sent: percent-encoded, or bytes that are no HTTP, escaped as nginx does.
    var target: String
    var status: Int
    var length: UInt64
    var referer = "-"
    /// Whether the request line is no HTTP at all.
    var isNoise = false

    /// Whether the request wrote.
    var isWrite: Bool { method == "POST" }

    /// The line in combined format, in the server's own time (UTC+9), with its line feed.
    func line(from address: IPAddress, agent: String) -> String {
        let request = isNoise ? target : "\(method) \(target) HTTP/1.1"
        return "\(address) - - [\(Self.clock(moment))] \"\(request)\" \(status) \(length) \"\(referer)\" \"\(agent)\"\n"
    }

    /// `15/Jan/2024:11:02:33 +0900`
    static func clock(_ moment: Timestamp) -> String {
        let local = moment.adding(seconds: 9 * 3_600)
        let (year, month, day) = local.day.parts
        let second = Int(local.seconds - local.day.start.seconds)
        let clock = [second / 3_600, second / 60 % 60, second % 60].map { $0.digits(2) }.joined(separator: ":")
        return "\(day.digits(2))/\(months[month - 1])/\(year):\(clock) +0900"
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
