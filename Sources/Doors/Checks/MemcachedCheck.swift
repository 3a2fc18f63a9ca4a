package import Domain
import Scope

/// memcached that answers anyone. Asked are its counts (`stats`); no item is named or read.
package struct MemcachedCheck: ServiceCheck {
    package let name = "memcached"
    package let scheme = WebAddress.Scheme.memcached

    private static let mostLines = 500

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.isUnknown(at: 11_211...11_211) }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        let address = visit.address(scheme)
        var stats: [String: String] = [:]
        var isComplete = false
        let asked = try await visit.converse(at: address) { dialogue in
            await dialogue.say(line: "stats")
            for _ in 0..<Self.mostLines {
                guard let line = await dialogue.line() else { return }
                let words = String(decoding: line, as: UTF8.self).split(separator: " ").map(String.init)
                if words == ["END"] {
                    isComplete = true
                    return
                }
                guard words.count >= 3, words[0] == "STAT" else { return }
                stats[words[1]] = words[2]
            }
        }
        guard let asked, isComplete, let version = stats["version"], let items = stats["curr_items"] else {
            return ServiceFindings()
        }
        var refusal: [UInt8]?
        let random = "ajar\(randomName())"
        let compared = try await visit.converse(at: address) { dialogue in
            await dialogue.say(line: random)
            refusal = await dialogue.line()
        }
        let shows = "memcached \(version.prefix(20)), \(items.prefix(20)) items"
        let isRefused = refusal.map { $0.starts(with: "ERROR".utf8) }
        return visit.database(at: address, name, asked, shows: shows, nonsense: compared, isRefused)
    }
}
