import Domain
import Scope
package import Vault

/// Asks for the front page by the bare address (RFC 9110).
package struct HTTPProbe: Probe {
    package let name = "http"
    package let usualPorts: Set<UInt16> = [80, 81, 591, 3000, 5000, 8000, 8008, 8080, 8081, 8088, 8888, 9000]
    package let opening = Opening.client

    package init() {}

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        let address = WebAddress(scheme: .http, host: "\(interview.endpoint.address)", port: interview.endpoint.port)
        let page: Page
        switch try await interview.pages.read(address, at: interview.endpoint) {
        case .page(let answer): page = answer
        case .failed(let error):
            interview.overhear(error.received)
            return nil
        }
        var finding = Finding(speaks: .http, banner: Array(page.head.prefix(4_096)), facts: page.facts)
        finding.seal = page.seal
        finding.front = page
        // Web servers whose port wants TLS answer plain questions with this status.
        finding.isDoubtful = page.status == 400
        return finding
    }
}
