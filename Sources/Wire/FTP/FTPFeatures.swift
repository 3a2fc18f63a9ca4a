/// What a server says in reply to FEAT that it can (RFC 2389), as far as reading goes.
package struct FTPFeatures: Hashable, Sendable {
    /// MLST and MLSD (RFC 3659 7).
    package var hasFacts = false
    /// SIZE (RFC 3659 4).
    package var hasSizes = false
    /// MDTM (RFC 3659 3).
    package var hasTimes = false
    /// REST for streams (RFC 3659 5).
    package var restarts = false
    /// What to send so that rows say type, size and time, where they would not; nil where they do.
    package var choice: String?

    /// Of a server that does not say: what older ones know is tried.
    package init() {
        (hasSizes, hasTimes, restarts) = (true, true, true)
    }

    /// Of a server that lists them. One that does not know FEAT is one that does not say.
    package init(_ reply: FTPReply) {
        self.init()
        guard reply.code == 211 else { return }
        (hasSizes, hasTimes, restarts) = (false, false, false)
        for feature in reply.features {
            let words = feature.uppercased().split(separator: " ", maxSplits: 1)
            switch words.first {
            case "MLST", "MLSD":
                hasFacts = true
                if let facts = words.dropFirst().first { choose(facts) }
            case "SIZE": hasSizes = true
            case "MDTM": hasTimes = true
            case "REST": restarts = words.dropFirst().first?.contains("STREAM") == true
            default: break
            }
        }
    }

    /// Facts that are sent unasked have a star behind them (RFC 3659 7.8).
    private mutating func choose(_ facts: Substring) {
        let all = facts.split(separator: ";").map { $0.filter { $0 != " " } }
        let wanted = ["TYPE", "SIZE", "MODIFY", "UNIQUE"]
        let known = wanted.filter { fact in all.contains { $0 == fact || $0 == fact + "*" } }
        if known.contains(where: { !all.contains($0 + "*") }) {
            choice = "OPTS MLST " + known.map { $0.lowercased() + ";" }.joined()
        }
    }
}
