import Domain
import Scope
import Vault

/// What a service shows to those who ask for no name it knows.
struct DefaultSite: Sendable {
    var service: WebService
    /// By the bare address.
    var bare: Front?
    /// By names that nobody has; two where the first differs from the bare address's.
    var strangers: [Front]

    /// Whether a name's front is what any name would have been shown.
    func shows(_ front: Front) -> Bool {
        if strangers.contains(where: front.equals) { return true }
        if strangers.count == 2, front.fits(strangers[0], strangers[1]) { return true }
        // Where unknown names get no answer at all, nothing is shown by default.
        return false
    }

    /// Whether a stranger is shown anything worth calling a website.
    var saysSomething: Bool { strangers.first?.saysSomething ?? false }

    /// Names of the certificate that strangers are shown.
    var certificateNames: Set<String> {
        let chain = (strangers.first?.pages.first ?? bare?.pages.first)?.tls?.certificateChainDER
        return Set(chain?.first.map(CertificateFacts.names) ?? [])
    }
}
