import HTTPTypes
import Hummingbird

/// Lets in only who shows the token, and only under a name of this machine.
///
/// The first visit brings the token in the address; it is moved to a cookie that no script and no other site can use, so
/// that it stays out of bookmarks and `Referer` headers. The `Host` check keeps out pages that point a name of
/// their own at 127.0.0.1 (DNS rebinding).
struct TokenMiddleware: RouterMiddleware {
    let token: Token
    /// A browser has one jar for all ports of a machine: each desk's cookie has a name of its own, which tells nothing of
    /// the token.
    private let cookie: String

    init(token: Token) {
        self.token = token
        cookie = "ajar-desk-" + token.mark
    }

    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        let host = request.head.authority.map { $0.split(separator: ":").first.map(String.init) ?? "" } ?? ""
        guard ["127.0.0.1", "localhost"].contains(host) else { throw HTTPError(.misdirectedRequest) }
        guard request.method == .get || request.method == .head else { throw HTTPError(.methodNotAllowed) }
        if let given = request.uri.queryParameters["token"] {
            guard token.matches(String(given)) else { throw HTTPError(.unauthorized) }
            return Response(
                status: .seeOther,
                headers: [
                    .location: "/",
                    .setCookie: "\(cookie)=\(token.text); HttpOnly; SameSite=Strict; Path=/",
                ]
            )
        }
        guard isAllowed(request) else {
            throw HTTPError(.unauthorized, message: "open the address that `ajar desk` printed: it holds the token")
        }
        return try await next(request, context)
    }

    private func isAllowed(_ request: Request) -> Bool {
        if let bearer = request.headers[.authorization], bearer.hasPrefix("Bearer ") {
            return token.matches(String(bearer.dropFirst(7)))
        }
        return request.cookies[cookie].map { token.matches($0.value) } ?? false
    }
}

/// No script, nothing from outside, no framing, nothing kept by the browser.
struct SafetyHeaders: RouterMiddleware {
    func handle(
        _ request: Request,
        context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do { response = try await next(request, context) } catch let error as any HTTPResponseError {
            // What is refused is guarded like what is shown.
            response = try error.response(from: request, context: context)
        }
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; form-action 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.cacheControl] = "no-store"
        if let name = HTTPField.Name("Referrer-Policy") { response.headers[name] = "no-referrer" }
        return response
    }
}
