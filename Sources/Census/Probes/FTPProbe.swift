import Domain
import Scope
package import Vault
import Wire

/// Reads a file server's greeting and, where it tells them before a log-in, its features (RFC 959, RFC 2389).
package struct FTPProbe: Probe {
    package let name = "ftp"
    package let usualPorts: Set<UInt16> = [21, 2121]

    package init() {}

    package var opening: Opening {
        .server { bytes in
            if case .done(let reply, _) = Self.reply(bytes) { Self.isGreeting(reply) } else { false }
        }
    }

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        guard let dialogue = await interview.fresh(),
            let greeting = await dialogue.read(within: interview.settings.answerWait, Self.reply),
            Self.isGreeting(greeting)
        else { return nil }
        var finding = Finding(speaks: .ftp, banner: dialogue.transcript.received)
        finding.facts = ["ftp.code": "\(greeting.code)", "ftp.greeting": text(greeting)]
        finding.facts["software"] = text(greeting)
        await dialogue.say(line: "FEAT")
        guard let features = await dialogue.read(within: interview.settings.answerWait, Self.reply) else {
            return finding.isCertain ? finding : nil
        }
        guard [211, 500, 502, 530, 550].contains(features.code) else { return nil }
        if !features.features.isEmpty { finding.facts["ftp.features"] = features.features.joined(separator: ", ") }
        await dialogue.say(line: "QUIT")
        _ = await dialogue.read(within: interview.settings.greetingWait, Self.reply)
        return finding
    }

    private func text(_ reply: FTPReply) -> String {
        reply.lines.map(printable).joined(separator: " ")
    }

    private static func isGreeting(_ reply: FTPReply) -> Bool {
        guard [120, 220, 421, 530].contains(reply.code) else { return false }
        let words = reply.lines.map { printable($0).uppercased() }.joined(separator: " ")
        return !words.contains("SMTP") && !words.contains("LMTP")
    }

    private static func reply(_ bytes: [UInt8]) -> Dialogue.Reading<FTPReply> {
        do throws(CodedReply.Fault) {
            let reply = try FTPReply(parsing: bytes)
            return .done(reply, reply.end)
        } catch {
            return error == .unfinished ? .unfinished : .no
        }
    }
}

extension Finding {
    /// Whether the greeting itself names the protocol, so that a server which then falls silent is known all the same.
    fileprivate var isCertain: Bool { facts["ftp.greeting"]?.uppercased().contains("FTP") ?? false }
}
