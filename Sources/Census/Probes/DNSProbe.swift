import Domain
import Scope
package import Vault
package import Wire

/// Asks a name server for its version over TCP (RFC 1035 4.2.2, `version.bind.` in class Chaos).
///
/// Any well-formed reply to the question is an answer, a refusal as well.
package struct DNSProbe: Probe {
    package let name = "dns"
    package let usualPorts: Set<UInt16> = [53]
    package let opening = Opening.client

    package init() {}

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        guard let question = Self.version, let dialogue = await interview.fresh() else { return nil }
        let query = question.message(id: .random(in: .min ... .max))
        await dialogue.say([UInt8(query.count >> 8), UInt8(truncatingIfNeeded: query.count)] + query)
        let reply = await dialogue.read(within: interview.settings.answerWait) { Self.reply($0, to: query) }
        guard let reply else { return nil }
        let facts = Self.facts(code: reply.code, answers: reply.answers)
        return Finding(speaks: .dns, banner: dialogue.transcript.received, facts: facts)
    }

    /// The question that is asked over UDP as well.
    package static var version: DNSQuestion? {
        DNSName("version.bind.").map { DNSQuestion($0, .txt, recordClass: 3) }
    }

    /// What a reply to ``version`` says.
    package static func facts(code: UInt8, answers: [DNSRecord]) -> [String: String] {
        var facts = ["dns.code": "\(code)"]
        for answer in answers {
            if case .text(let strings) = answer.content {
                facts["software"] = strings.map(printable).joined(separator: " ")
            }
        }
        facts["dns.version"] = facts["software"]
        return facts
    }

    private static func reply(_ bytes: [UInt8], to query: [UInt8]) -> Dialogue.Reading<DNSMessage> {
        guard bytes.count >= 2 else { return .unfinished }
        let count = Int(bytes[0]) << 8 | Int(bytes[1])
        // A header and nothing less; the identifier must be ours.
        guard count >= 12, bytes.dropFirst(2).prefix(2).elementsEqual(query.prefix(bytes.count - 2).prefix(2)) else {
            return .no
        }
        guard bytes.count >= count + 2 else { return .unfinished }
        do throws(DNSMessage.Fault) {
            let message = try DNSMessage(parsing: bytes[2..<count + 2])
            return message.isReply ? .done(message, count + 2) : .no
        } catch {
            return .no
        }
    }
}
