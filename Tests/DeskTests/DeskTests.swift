import AsyncHTTPClient
import Desk
import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@Suite struct DeskTests {
    static let pages = [
        "/", "/hosts", "/websites", "/doors", "/changes", "/changes?day=2024-01-15", "/entries", "/entries?search=lhb",
        "/entries?project=lantern", "/notes", "/visitors", "/runs", "/report", "/file/\(SmallCase.digest(20))",
    ]

    private func get(
        _ uri: String,
        headers: HTTPFields = [:],
        withToken: Bool = true
    ) async throws -> (status: Int, headers: HTTPFields, body: String) {
        try await SmallDesk.with { small in
            let application = Application(router: small.desk.router(token: small.token))
            return try await application.test(.router) { client in
                var headers = headers
                if withToken { headers[.authorization] = "Bearer \(small.token.text)" }
                return try await client.execute(uri: uri, method: .get, headers: headers) { response in
                    (Int(response.status.code), response.headers, String(buffer: response.body))
                }
            }
        }
    }

    @Test(arguments: pages) func showsEveryPageAndEscapes(uri: String) async throws {
        let (status, headers, body) = try await get(uri)
        #expect(status == 200)
        #expect(body.contains("<html"))
        #expect(!body.contains("<script"))
        #expect(!body.contains("<b>Sign"))
        #expect(!body.contains("\u{202e}"))
        #expect(!body.contains("\u{1b}"))
        #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(headers[.xContentTypeOptions] == "nosniff")
    }

    @Test(arguments: pages + ["/desk.css", "/download/\(SmallCase.digest(20))"])
    func showsNothingWithoutTheToken(uri: String) async throws {
        let (status, _, body) = try await get(uri, withToken: false)
        #expect(status == 401)
        #expect(!body.contains("small case"))
    }

    @Test func refusesAnotherToken() async throws {
        let wrong = "Bearer " + String(repeating: "0", count: 64)
        #expect(try await get("/", headers: [.authorization: wrong], withToken: false).status == 401)
        #expect(try await get("/?token=\(String(repeating: "0", count: 64))", withToken: false).status == 401)
    }

    @Test func refusesAnotherHost() async throws {
        try await SmallDesk.with { small in
            let application = Application(
                router: small.desk.router(token: small.token),
                configuration: .init(address: .hostname("127.0.0.1", port: 0))
            )
            try await application.test(.live) { client in
                let port = try #require(client.port)
                for (host, status) in [("evil.example:\(port)", 421), ("127.0.0.1:\(port)", 200)] {
                    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/")
                    request.headers = ["Host": host, "Authorization": "Bearer \(small.token.text)"]
                    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
                    #expect(Int(response.status.code) == status)
                    _ = try await response.body.collect(upTo: 1 << 20)
                }
            }
        }
    }

    @Test(arguments: ["/file/00", "/download/../etc/passwd", "/download/\(SmallCase.digest(20))", "/nowhere"])
    func whatIsNotThereIsNotFound(uri: String) async throws {
        #expect(try await get(uri).status == 404)
    }

    @Test(arguments: ["/", "/nowhere", "/file/00"], [true, false])
    func whatIsRefusedIsGuardedToo(uri: String, withToken: Bool) async throws {
        let headers = try await get(uri, withToken: withToken).headers
        #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
        #expect(headers[.cacheControl] == "no-store")
        #expect(headers[.xContentTypeOptions] == "nosniff")
    }

    @Test func aSearchStaysOneValueOfItsAddress() async throws {
        let body = try await get("/entries?search=a%26page%3D9%22%3E%2B&project=lantern").body
        #expect(body.contains("value=\"a&amp;page=9&quot;&gt;+\""))
        #expect(!body.contains("&page=9") && !body.contains("search=a&"))
    }

    @Test func twoDesksKeepTheirTokensApart() async throws {
        var names: Set<String> = []
        for _ in 0..<2 { names.insert(try await cookieName()) }
        #expect(names.count == 2)
    }

    /// The name of a desk's cookie; under another name the token opens nothing.
    private func cookieName() async throws -> String {
        try await SmallDesk.with { small in
            let application = Application(router: small.desk.router(token: small.token))
            return try await application.test(.router) { client in
                let other = "ajar-desk-00000000=\(small.token.text)"
                try await client.execute(uri: "/", method: .get, headers: [.cookie: other]) { response in
                    #expect(response.status == .unauthorized)
                }
                return try await client.execute(uri: "/?token=\(small.token.text)", method: .get) { response in
                    String((response.headers[.setCookie] ?? "").prefix { $0 != "=" })
                }
            }
        }
    }

    @Test func theTokenLeavesTheAddress() async throws {
        try await SmallDesk.with { small in
            let application = Application(router: small.desk.router(token: small.token))
            try await application.test(.router) { client in
                try await client.execute(uri: "/?token=\(small.token.text)", method: .get) { response in
                    #expect(response.status == .seeOther)
                    #expect(response.headers[.location] == "/")
                    let cookie = response.headers[.setCookie] ?? ""
                    #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
                }
            }
        }
    }

    @Test func theOverviewIsTheOneWrittenDown() async throws {
        let difference = try golden("overview.html", try await get("/").body)
        #expect(difference == nil, "\(difference ?? "")")
    }
}
