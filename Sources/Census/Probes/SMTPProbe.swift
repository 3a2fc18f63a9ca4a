import Domain
import Scope
package import Vault
import Wire

/// Reads a mail server's greeting and the extensions it offers (RFC 5321). No mail is begun.
package struct SMTPProbe: Probe {
    package let name = "smtp"
    package let usualPorts: Set<UInt16> = [25, 465, 587, 2525]

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
        let text = greeting.lines.map(printable).joined(separator: " ")
        var finding = Finding(speaks: .smtp, banner: dialogue.transcript.received)
        finding.facts = ["smtp.code": "\(greeting.code)", "smtp.greeting": text, "software": text]
        finding.facts["smtp.name"] = greeting.serverName
        await dialogue.say(line: "EHLO ajar.invalid")
        guard let answer = await dialogue.read(within: interview.settings.answerWait, Self.reply) else {
            return greeting.namesProtocol ? finding : nil
        }
        guard answer.code == 250 || greeting.namesProtocol else { return nil }
        let extensions = answer.extensions.filter { !$0.isEmpty }
        if !extensions.isEmpty { finding.facts["smtp.extensions"] = extensions.joined(separator: ", ") }
        await dialogue.say(line: "QUIT")
        _ = await dialogue.read(within: interview.settings.greetingWait, Self.reply)
        return finding
    }

    private static func isGreeting(_ reply: SMTPReply) -> Bool {
        [220, 421, 521, 554].contains(reply.code)
            && !reply.lines.contains { printable($0).uppercased().contains("FTP") }
    }

    private static func reply(_ bytes: [UInt8]) -> Dialogue.Reading<SMTPReply> {
        do throws(CodedReply.Fault) {
            let reply = try SMTPReply(parsing: bytes)
            return .done(reply, reply.end)
        } catch {
            return error == .unfinished ? .unfinished : .no
        }
    }
}
