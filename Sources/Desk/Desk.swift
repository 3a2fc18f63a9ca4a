package import CaseFile
package import Catalogue
package import Domain
import Foundation
package import Hummingbird
import Mustache
package import Vault

/// What a page shows; its template is a file of the same name in Templates.
protocol Page: Sendable {
    static var template: String { get }
}

/// A case in a browser: read-only pages over the catalogue and the vault.
///
/// Everything is asked for with a token (see ``TokenMiddleware``). No page holds a script or loads anything from
/// outside, and sealed bytes are handed out only as downloads.
package struct Desk: Sendable {
    let catalogue: Catalogue
    let vault: Vault
    let context: ReportContext
    let clock: CaseClock
    private let templates: MustacheLibrary
    private let style: ByteBuffer
    private let report: ReportTemplate
    let heldBack: @Sendable (Digest) -> String?
    let handedOut: @Sendable (Digest) async -> Void

    /// `heldBack` tells why a payload's bytes must not leave the desk, and may read them for that. `handedOut` is told of each payload before its bytes leave the desk.
    package init(
        catalogue: Catalogue,
        vault: Vault,
        context: ReportContext,
        clock: CaseClock,
        heldBack: @escaping @Sendable (Digest) -> String? = { _ in nil },
        handedOut: @escaping @Sendable (Digest) async -> Void = { _ in }
    ) async throws {
        self.catalogue = catalogue
        self.vault = vault
        self.context = context
        self.clock = clock
        self.heldBack = heldBack
        self.handedOut = handedOut
        guard let resources = Bundle.module.resourceURL else {
            throw DeskError(.resourceMissing, "the desk's pages are not beside the program; install ajar again")
        }
        do {
            templates = try await MustacheLibrary(directory: resources.appending(path: "Templates").path)
            style = ByteBuffer(bytes: try Data(contentsOf: resources.appending(path: "Static/desk.css")))
        } catch {
            throw DeskError(.resourceMissing, "the desk's pages in \(resources.path) cannot be read: \(error)")
        }
        report = try await ReportTemplate()
    }

    /// The pages, all behind the token.
    package func router(token: Token) -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: SafetyHeaders())
        router.add(middleware: TokenMiddleware(token: token))
        router.get("/") { _, _ in try render(OverviewPage(catalogue: catalogue, caseName: context.caseName)) }
        router.get("/hosts") { _, _ in try render(HostsPage(catalogue: catalogue, context: context)) }
        router.get("/websites") { _, _ in try render(WebsitesPage(catalogue: catalogue)) }
        router.get("/doors") { _, _ in try render(DoorsPage(catalogue: catalogue)) }
        router.get("/changes") { request, _ in
            try render(
                ChangesPage(catalogue: catalogue, day: request.uri.queryParameters["day"].flatMap { Day("\($0)") })
            )
        }
        router.get("/entries") { request, _ in
            let parameters = request.uri.queryParameters
            return try render(
                EntriesPage(
                    catalogue: catalogue,
                    search: parameters["search"].map(String.init) ?? "",
                    project: parameters["project"].map(String.init),
                    page: parameters["page"].flatMap { Int($0) } ?? 1
                )
            )
        }
        router.get("/file/:digest") { _, request in try await file(request) }
        router.get("/notes") { _, _ in try render(NotesPage(catalogue: catalogue)) }
        router.get("/visitors") { _, _ in try render(VisitorsPage(catalogue: catalogue)) }
        router.get("/runs") { _, _ in try render(RunsPage(catalogue: catalogue)) }
        router.get("/report") { _, _ in try reportPage() }
        router.get("/thumbnail/:digest") { _, request in try thumbnail(request) }
        router.get("/download/:digest") { _, request in try await download(request) }
        router.get("/desk.css") { _, _ in
            Response(status: .ok, headers: [.contentType: "text/css; charset=utf-8"], body: .init(byteBuffer: style))
        }
        return router
    }

    private func render<Content: Page>(_ page: Content) throws -> Response {
        guard let html = templates.render(page, withTemplate: Content.template) else {
            throw DeskError(.resourceMissing, "the page \(Content.template) is missing; install ajar again")
        }
        return Self.page(html)
    }

    private static func page(_ html: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: html))
        )
    }

    private func reportPage() throws -> Response {
        let composed = try Report(of: catalogue, context: context, composed: clock.now())
        return Self.page(try report.html(composed) { vault.derived($0) })
    }

    private func file(_ request: BasicRequestContext) async throws -> Response {
        let digest = try Self.digest(request)
        guard let page = try FilePage(catalogue: catalogue, payload: digest) else { throw HTTPError(.notFound) }
        return try render(page)
    }

    private func thumbnail(_ request: BasicRequestContext) throws -> Response {
        guard let bytes = vault.derived(try Self.digest(request)) else { throw HTTPError(.notFound) }
        let type = bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]) ? "image/png" : "image/jpeg"
        return Response(
            status: .ok,
            headers: [.contentType: type],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    private static func digest(_ request: BasicRequestContext) throws -> Digest {
        guard let digest = request.parameters.get("digest").flatMap({ Digest($0) }) else { throw HTTPError(.notFound) }
        return digest
    }
}
