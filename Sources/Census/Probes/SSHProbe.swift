import Crypto
import Domain
import Scope
package import Vault
import Wire

/// Reads a secure shell's identification and what it offers for the key exchange (RFC 4253). Nothing is exchanged.
package struct SSHProbe: Probe {
    package let name = "ssh"
    package let usualPorts: Set<UInt16> = [22, 2022, 2222]

    package init() {}

    package var opening: Opening { .server(greets: SSHIdentification.isOpening) }

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        guard let dialogue = await interview.fresh(),
            let server = await dialogue.read(within: interview.settings.answerWait, Self.identification)
        else { return nil }
        var finding = Finding(speaks: .ssh, banner: dialogue.transcript.received, facts: Self.facts(of: server))
        await dialogue.say(line: "SSH-2.0-Ajar_\(ajarVersion)")
        if let offer = await dialogue.read(within: interview.settings.answerWait, Self.keyExchange) {
            finding.facts.merge(Self.facts(of: offer)) { $1 }
        }
        return finding
    }

    private static func identification(_ bytes: [UInt8]) -> Dialogue.Reading<SSHIdentification> {
        do throws(SSHIdentification.Fault) {
            let server = try SSHIdentification(parsing: bytes)
            return .done(server, server.end)
        } catch {
            return error == .unfinished ? .unfinished : .no
        }
    }

    private static func keyExchange(_ bytes: [UInt8]) -> Dialogue.Reading<SSHKeyExchange> {
        do throws(SSHKeyExchange.Fault) {
            return .done(try SSHKeyExchange(parsing: bytes), bytes.count)
        } catch {
            return error == .unfinished ? .unfinished : .no
        }
    }

    private static func facts(of server: SSHIdentification) -> [String: String] {
        let parts = server.software.split(separator: "_", maxSplits: 1)
        var facts = ["software": server.software, "ssh.version": server.version]
        if let product = parts.first { facts["software.product"] = String(product) }
        if parts.count > 1 { facts["software.version"] = String(parts[1]) }
        facts["ssh.comment"] = server.comment
        return facts
    }

    private static func facts(of offer: SSHKeyExchange) -> [String: String] {
        let digest = Insecure.MD5.hash(data: Array(offer.hasshText.utf8))
        return [
            "ssh.key-exchange": offer.keyExchange.joined(separator: ","),
            "ssh.host-key": offer.hostKeys.joined(separator: ","),
            "ssh.ciphers": offer.ciphers.sent.joined(separator: ","),
            "ssh.macs": offer.macs.sent.joined(separator: ","),
            "ssh.compression": offer.compression.sent.joined(separator: ","),
            "ssh.hassh-server": digest.map(Hexadecimal.pair).joined(),
        ]
    }
}
