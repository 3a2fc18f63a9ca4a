import Desk
import Foundation
import Hummingbird
import HummingbirdTesting
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The pages in the browser that people use, started without a window.
@Suite struct BrowserTests {
    static let browser = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    @Test(.enabled(if: browser != nil, "chromium is not installed"))
    func opensByTheAddressWithTheToken() async throws {
        let browser = try #require(Self.browser)
        try await SmallDesk.with { small in
            let application = Application(
                router: small.desk.router(token: small.token),
                configuration: .init(address: .hostname("127.0.0.1", port: 0))
            )
            try await application.test(.live) { client in
                let port = try #require(client.port)
                let page = try await Self.dom(of: "http://127.0.0.1:\(port)/?token=\(small.token.text)", by: browser)
                #expect(page.contains("A small case &lt;&amp;&gt;"))
                #expect(page.contains("note pairs"))
                #expect(!page.contains(small.token.text), "the token is not in the page")
                let shut = try await Self.dom(of: "http://127.0.0.1:\(port)/", by: browser)
                #expect(!shut.contains("A small case"))
            }
        }
    }

    /// The page as the browser holds it after loading.
    private static func dom(of address: String, by browser: String) async throws -> String {
        try await withTemporaryFolder("browser") { profile in
            let result = try await run(
                .path(FilePath(browser)),
                arguments: [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--user-data-dir=\(profile.path)", "--dump-dom", address,
                ],
                output: .string(limit: 1 << 22),
                error: .discarded
            )
            return result.standardOutput
        }
    }
}
