import Domain
import Scope
package import Vault
import Wire

/// Shakes hands in TLS (RFC 8446), asks for the front page inside, and else listens to what is carried.
///
/// Where the handshake fails, a greeting made by hand tells whether the port speaks TLS at all.
package struct TLSProbe: Probe {
    package let name = "tls"
    package let usualPorts: Set<UInt16> = [443, 465, 636, 853, 989, 990, 993, 995, 4443, 8443, 9443]
    package let opening = Opening.client

    package init() {}

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        let address = WebAddress(scheme: .https, host: "\(interview.endpoint.address)", port: interview.endpoint.port)
        switch try await interview.pages.read(address, at: interview.endpoint) {
        case .page(let page):
            var finding = Finding(speaks: .https, banner: Array(page.head.prefix(4_096)), facts: page.facts)
            finding.seal = page.seal
            finding.front = page
            return finding
        case .failed(let error):
            // Whoever let the handshake itself run out of time is asked no more.
            if error.code == .timedOut, error.attempted == "connect" { return nil }
            if case .tls = error.code { return await greet(interview) }
            return await listen(interview)
        }
    }

    /// TLS that carries something else: who speaks first inside is heard.
    private func listen(_ interview: Interview) async -> Finding? {
        guard let dialogue = await interview.secured(), let tls = dialogue.tls else { return await greet(interview) }
        var finding = Finding(speaks: .tls, facts: CertificateFacts.facts(of: tls))
        await dialogue.listen(within: interview.settings.greetingWait)
        finding.banner = dialogue.pending
        if let carried = probes.first(where: { $0.opening.recognises(finding.banner) }) {
            finding.facts["tls.carries"] = carried.name
        }
        return finding
    }

    private func greet(_ interview: Interview) async -> Finding? {
        guard let dialogue = await interview.fresh() else { return nil }
        await dialogue.say(ClientHello(random: (0..<32).map { _ in .random(in: .min ... .max) }).bytes)
        let answer = await dialogue.read(within: interview.settings.answerWait) { bytes in
            do throws(TLSAnswer.Fault) {
                return Dialogue.Reading.done(try TLSAnswer(parsing: bytes), 0)
            } catch {
                return error == .unfinished ? .unfinished : .no
            }
        }
        guard let answer else { return nil }
        var finding = Finding(speaks: .tls, banner: dialogue.pending)
        switch answer {
        case .hello(let version): finding.facts["tls.hello"] = "0x0" + String(version, radix: 16)
        case .alert(let alert): finding.facts["tls.alert"] = TLSAnswer.name(ofAlert: alert)
        }
        return finding
    }
}
