import Domain
import Scope
import Vault

/// Asks a service for a name's front page, and follows its redirects as long as they stay with the name.
struct FrontReader: Sendable {
    let pages: PageReader
    let redirects: Int

    /// Nil when nobody answered.
    func read(_ host: String, at service: WebService) async throws(VaultError) -> Front? {
        var address = WebAddress(scheme: service.scheme, host: host, port: service.endpoint.port)
        guard let first = try await page(address, at: service.endpoint) else { return nil }
        return try await follow(first, host, &address)
    }

    /// Asked once more where no answer came in time: on a web service that is known, packets may have been lost.
    private func page(_ address: WebAddress, at endpoint: Endpoint) async throws(VaultError) -> Page? {
        let answer = try await pages.read(address, at: endpoint)
        guard case .failed(let error) = answer, error.code == .timedOut, !Task.isCancelled else { return answer.page }
        return try await pages.read(address, at: endpoint).page
    }

    /// The front that begins with a page that was read before.
    func read(from first: Page) async throws(VaultError) -> Front {
        var address = first.address
        return try await follow(first, first.address.host, &address)
    }

    private func follow(
        _ first: Page,
        _ host: String,
        _ address: inout WebAddress
    ) async throws(VaultError) -> Front {
        var chain = [first]
        var seen: Set<WebAddress> = [address]
        while let page = chain.last, let next = page.location {
            guard next.scheme == .http || next.scheme == .https, next.host == host else {
                return Front(host: host, pages: chain, end: .elsewhere(next))
            }
            guard chain.count <= redirects, seen.insert(next).inserted else {
                return Front(host: host, pages: chain, end: .nowhere)
            }
            // The same name at the same address: another port is another service of it.
            let endpoint = Endpoint(page.endpoint.address, next.port)
            guard let page = try await self.page(next, at: endpoint) else {
                return Front(host: host, pages: chain, end: .nowhere)
            }
            chain.append(page)
            address = next
        }
        return Front(host: host, pages: chain, end: .content)
    }
}

/// An open port that speaks HTTP.
struct WebService: Hashable, Sendable {
    var endpoint: Endpoint
    var scheme: WebAddress.Scheme
}
