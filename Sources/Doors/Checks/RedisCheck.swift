package import Domain
import Scope

/// Redis that answers anyone. Asked is `INFO`; no key is named or read.
package struct RedisCheck: ServiceCheck {
    package let name = "Redis"
    package let scheme = WebAddress.Scheme.redis

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.isUnknown(at: 6_379...6_379) }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let address = visit.address(scheme)
        var info: String?
        let asked = try await visit.converse(at: address) { dialogue in
            await dialogue.say(line: "INFO")
            info = await Self.bulk(dialogue)
        }
        guard let asked, let info else { return findings }
        guard info.contains("redis_version:") else {
            if info.hasPrefix("-NOAUTH") || info.hasPrefix("-DENIED") {
                findings.reject(address, name, "asks for a credential", asked)
            }
            return findings
        }
        var refusal: [UInt8]?
        let random = "AJAR" + randomName().uppercased()
        let compared = try await visit.converse(at: address) { dialogue in
            await dialogue.say(line: random)
            refusal = await dialogue.line()
        }
        let isRefused = refusal.map { $0.first == UInt8(ascii: "-") }
        return visit.database(at: address, name, asked, shows: Self.shows(info), nonsense: compared, isRefused)
    }

    /// A bulk string (RESP), or the line of an error.
    private static func bulk(_ dialogue: Dialogue) async -> String? {
        guard let head = await dialogue.line() else { return nil }
        guard head.first == UInt8(ascii: "$"), let count = Int(String(decoding: head.dropFirst(), as: UTF8.self)),
            (0...ServiceVisit.length / 2).contains(count), let bytes = await dialogue.bytes(count)
        else { return String(decoding: head, as: UTF8.self) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `db0:keys=12,expires=0,…`
    private static func shows(_ info: String) -> String {
        let lines = info.split(whereSeparator: \.isNewline)
        let version = lines.first { $0.hasPrefix("redis_version:") }?.dropFirst(14).prefix(20) ?? ""
        let counts = lines.compactMap { line -> UInt64? in
            guard line.hasPrefix("db"), let keys = line.firstRange(of: ":keys=") else { return nil }
            return UInt64(line[keys.upperBound...].prefix { $0.isNumber })
        }
        let sum = counts.reduce(UInt64(0)) { $0 > .max - $1 ? .max : $0 + $1 }
        return "Redis \(version), \(sum) keys in \(counts.count) databases"
    }
}
