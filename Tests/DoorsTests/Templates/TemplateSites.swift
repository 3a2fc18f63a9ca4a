import Domain
import Doors
import Foundation
import Scope
import TestSupport
import Testing
import Vault

/// What a test is told of a run of templates.
struct TemplateTrial {
    var findings: [TemplateFinding]
    var outcome: DoorsOutcome
    /// What the gate let through.
    var tally: GateTally
}

/// Seals templates, and runs them on a website that stands at the endpoint.
func runTemplates(
    _ texts: [String],
    words: [String: String] = [:],
    at endpoint: Endpoint,
    scheme: WebAddress.Scheme = .http,
    name: String = "site.example",
    services: [ServiceSighting] = [],
    limits: TemplateLimits = TemplateLimits(),
    nameServers: [Endpoint] = [],
    known: [TemplateFinding.Key]? = nil,
    front: (@Sendable (Vault) async throws -> Seal)? = nil
) async throws -> TemplateTrial {
    try await withTemporaryFolder("templates") { folder in
        let scope = Scope(
            name: "test",
            addresses: AddressSet(addresses: [endpoint.address]),
            names: ["site.example", "*.site.example"],
            nameServers: nameServers,
            rate: Rate(perAddress: 100_000, total: 100_000, concurrent: 32),
            contact: "test@ajar.example"
        )
        let gate = Gate(scope: scope)
        let vault = try await Vault.create(at: folder.appending(path: "vault").path(percentEncoded: false))
        let source = folder.appending(path: "source")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        for (number, text) in texts.enumerated() {
            try Data(text.utf8).write(to: source.appending(path: "\(number).yaml"))
        }
        for (name, text) in words { try Data(text.utf8).write(to: source.appending(path: name)) }
        let templates = try TemplateFolder(at: source.path(percentEncoded: false))
        for reading in templates.readings() {
            #expect(reading.refusals.isEmpty, "\(reading.file): \(reading.refusals)")
        }
        let book = ResourceRecord(
            target: "ajar:templates",
            contentType: "application/json",
            bytes: try TemplateBook(templates).bytes(),
            at: Timestamp(seconds: 0)
        )
        let run = RunID("2024-01-15-doors-1")
        let site = WebsiteSighting(
            name: name,
            endpoint: endpoint,
            scheme: scheme,
            origins: [.scope],
            status: 200,
            title: nil,
            software: nil,
            frontPage: nil,
            seal: try await front?(vault),
            at: Timestamp(seconds: 0)
        )
        let job = DoorsJob(
            id: JobID(run: run, part: 1),
            run: run,
            websites: services.isEmpty ? [site] : [],
            services: services,
            templates: try await vault.seal(book).payload,
            known: known
        )
        let outcome = try await TemplateStage(gate: gate, vault: vault, limits: limits).perform(job)
        for evidence in (outcome.findings ?? []).flatMap(\.evidence) {
            #expect(try !vault.record(at: evidence.seal).isEmpty)
        }
        await gate.close()
        await vault.close()
        return TemplateTrial(findings: outcome.findings ?? [], outcome: outcome, tally: gate.tally)
    }
}

/// A template of one GET, with the lines of its matchers and extractors.
func template(_ id: String, path: String = "/x", _ judgement: String, block: String = "", more: String = "") -> String {
    """
    id: \(id)
    info: {name: Test, author: us, severity: medium, tags: test}
    \(more)
    http:
      - method: GET
        path: ["{{BaseURL}}\(path)"]
    \(block.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    \(judgement.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
    """
}
