package import Domain
import Scope

/// X servers that accept anyone's connection (X11 protocol, "Connection Setup"). Nothing is drawn, and no picture taken.
package struct X11Check: ServiceCheck {
    package let name = "X11"
    package let scheme = WebAddress.Scheme.x11

    /// Least significant byte first, protocol 11.0, no authorisation.
    private static let setup: [UInt8] = [0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool { service.isUnknown(at: 6_000...6_009) }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let address = visit.address(scheme)
        var head: [UInt8]?
        var about: [UInt8]?
        let said = try await visit.converse(at: address) { dialogue in
            await dialogue.say(Self.setup)
            head = await dialogue.bytes(8)
            guard let head, head[0] == 1 else { return }
            let words = Int(head[6]) | Int(head[7]) << 8
            about = await dialogue.bytes(min(words * 4, ServiceVisit.length - 1_024))
        }
        guard let said, let head, Int(head[2]) | Int(head[3]) << 8 == 11 else { return findings }
        switch head[0] {
        case 1:
            guard let about, about.count >= 32 else { return findings }
            let length = Int(about[16]) | Int(about[17]) << 8
            let vendor = String(decoding: about.dropFirst(32).prefix(min(length, 80)), as: UTF8.self).shown
            let shows = "the server of \"\(vendor)\" accepted the connection; nothing else was asked"
            let reason = "the server accepted a visitor without authorisation"
            let step = said.step(.content, address, nil, shows)
            findings.doors.append(visit.door(.screen, address, name, [step], reason: reason))
        case 0, 2: findings.reject(address, name, "refuses a connection without authorisation", said)
        default: break
        }
        return findings
    }
}
