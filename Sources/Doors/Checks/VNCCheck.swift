package import Domain
import Scope

/// Screens that anyone may look at by RFB (RFC 6143 7.1): the server offers no authentication, and says that it is enough.
///
/// The dialogue ends before the client would be shown anything: no picture is asked for.
package struct VNCCheck: ServiceCheck {
    package let name = "VNC"
    package let scheme = WebAddress.Scheme.vnc

    private static let none: UInt8 = 1

    private enum Answer {
        case open
        case guarded
        case unclear
    }

    package init() {}

    package func fits(_ service: ServiceSighting) -> Bool {
        service.transport == .tcp && service.speaks == .unknown && service.banner.starts(with: "RFB 00".utf8)
    }

    package func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings {
        var findings = ServiceFindings()
        let address = visit.address(scheme)
        var answer = Answer.unclear
        let said = try await visit.converse(at: address) { dialogue in answer = await Self.greet(dialogue) }
        guard let said else { return findings }
        switch answer {
        case .open:
            let shows = "no authentication is offered, and accepted; the dialogue ended before any picture"
            let step = said.step(.content, address, nil, shows)
            let reason = "the server accepted a visitor without a password"
            findings.doors.append(visit.door(.screen, address, name, [step], reason: reason))
        case .guarded: findings.reject(address, name, "asks for a credential", said)
        case .unclear: break
        }
        return findings
    }

    private static func greet(_ dialogue: Dialogue) async -> Answer {
        guard let version = await dialogue.bytes(12), version.starts(with: "RFB 003.".utf8), version.last == 0x0a else {
            return .unclear
        }
        let isOld = version.starts(with: "RFB 003.003".utf8)
        let isSeventh = version.starts(with: "RFB 003.007".utf8)
        await dialogue.say(Array((isOld ? "RFB 003.003\n" : isSeventh ? "RFB 003.007\n" : "RFB 003.008\n").utf8))
        if isOld {
            guard let type = await dialogue.bytes(4) else { return .unclear }
            return type == [0, 0, 0, none] ? .open : type == [0, 0, 0, 2] ? .guarded : .unclear
        }
        guard let count = await dialogue.bytes(1)?.first, count > 0, let types = await dialogue.bytes(Int(count)) else {
            return .unclear
        }
        guard types.contains(none) else { return .guarded }
        await dialogue.say([none])
        // Before version 3.8 nothing is said after this choice.
        if isSeventh { return .open }
        guard let result = await dialogue.bytes(4) else { return .unclear }
        return result == [0, 0, 0, 0] ? .open : .guarded
    }
}
