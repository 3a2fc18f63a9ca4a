import Census
import Domain
import Foundation
import Scope
import TestSupport
import Testing

/// What every probe promises, whichever it is.
@Suite struct ProbeContractTests {
    private static let address = IPAddress("127.101.1.1") ?? IPAddress(v4: 0x7f65_0101)

    private static var impatient: CensusSettings {
        var settings = CensusSettings()
        settings.greetingWait = .milliseconds(20)
        settings.answerWait = .milliseconds(60)
        settings.connectWait = .seconds(2)
        settings.dialogueLength = 16 * 1024
        settings.pageLength = 16 * 1024
        return settings
    }

    /// What real servers said, by the probe that must know it: the files of the golden folder of its name.
    private static let captures: [(probe: String, bytes: [UInt8])] = probes.map(\.name).flatMap { name in
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../WireTests/Golden/\(name)").standardizedFileURL
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "bin" }.sorted { $0.path < $1.path }
            .compactMap { file in (try? Data(contentsOf: file)).map { (name, Array($0)) } }
    }

    @Test(arguments: probes.map(\.name))
    func everyProbeHasACapture(name: String) {
        #expect(Self.captures.contains { $0.probe == name }, "no Tests/WireTests/Golden/\(name)/SERVER-VERSION.bin")
    }

    /// Asks a server that says `greeting` at once, and does `answer` when it has heard something.
    private func ask(
        _ name: String,
        greeting: [HostileServer.Act] = [],
        answer: [HostileServer.Act]? = nil
    ) async throws -> (Finding?, calls: Int) {
        let probe = try #require(probes.first { $0.name == name })
        return try await Workbench.running("127.101.1.1", settings: Self.impatient) { bench in
            let script = HostileServer.Script { _ in answer }
            return try await HostileServer.running(at: Self.address, greeting: greeting, script) { server in
                let interview = bench.interview(server.endpoint)
                let finding = try await probe.ask(interview)
                await interview.end()
                for dialogue in interview.dialogues {
                    #expect(dialogue.transcript.received.count <= Self.impatient.dialogueLength)
                }
                // The kernel takes a connection before the server does.
                try await wait(for: "\(name) to be seen by the server") { server.connections > 0 }
                return (finding, server.connections)
            }
        }
    }

    @Test(arguments: probes.map(\.name))
    func silenceIsNoAnswer(name: String) async throws {
        let (finding, calls) = try await ask(name)
        #expect(finding == nil)
        #expect((1...3).contains(calls))
    }

    @Test(arguments: probes.map(\.name), [0, 1, 5, 1_000, 100_000])
    func garbageIsNoAnswer(name: String, length: Int) async throws {
        var state: UInt64 = 42
        let garbage = (0..<length).map { _ -> UInt8 in
            state = state &* 6_364_136_223_846_793_005 &+ 1
            return UInt8(truncatingIfNeeded: state >> 33)
        }
        #expect(try await ask(name, greeting: [.send(garbage)], answer: [.close]).0 == nil)
        #expect(try await ask(name, answer: [.send(garbage), .close]).0 == nil)
    }

    @Test(arguments: probes.map(\.name))
    func endlessAnswersEnd(name: String) async throws {
        for text in [
            "A", "220-more\r\n", "HTTP/1.1 200 OK\r\nX: y\r\n", "@RSYNCD: 31.0\nm\tx\n", "SSH-2.0-x\r\n", "\r\n",
        ] {
            let (finding, _) = try await ask(name, greeting: [.sendForEver(Array(text.utf8))])
            let isOwn = finding.map { $0.speaks.rawValue == name } ?? true
            #expect(isOwn, "\(name) takes \(text) for its own")
        }
    }

    /// A server that closes after any number of bytes leaves either nothing or a finding of the right kind.
    @Test func aCloseAtEveryByteIsSurvived() async throws {
        try await Workbench.running("127.101.1.1", settings: Self.impatient) { bench in
            for (name, bytes) in Self.captures {
                let probe = try #require(probes.first { $0.name == name })
                for length in Array(0..<min(bytes.count, 120)) + stride(from: 120, to: bytes.count, by: 29) {
                    let said: [HostileServer.Act] = [.send(Array(bytes[..<length])), .close]
                    let isAnswer = probe.opening.isClients
                    let script = HostileServer.Script { _ in isAnswer ? said : nil }
                    let greeting = isAnswer ? [] : said
                    try await HostileServer.running(at: Self.address, greeting: greeting, script) { server in
                        let interview = bench.interview(server.endpoint)
                        let finding = try await probe.ask(interview)
                        await interview.end()
                        if let finding { #expect(finding.speaks.rawValue == name) }
                    }
                }
            }
        }
    }

    /// What one protocol's server says is never taken for another's.
    @Test(arguments: probes.map(\.name))
    func othersAreNotTakenForOnesOwn(name: String) async throws {
        for capture in Self.captures where capture.probe != name {
            let said = HostileServer.Act.send(capture.bytes)
            let greeted = try await ask(name, greeting: [said], answer: [.close]).0
            #expect(greeted == nil, "\(name) takes \(capture.probe) for its own")
            let answered = try await ask(name, answer: [said, .close]).0
            #expect(answered == nil, "\(name) takes \(capture.probe) for its own")
        }
    }

    @Test func everyFileIsListed() throws {
        let folder = root.appending(path: "Sources/Census/Probes")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Probe.swift") }.map { String($0.dropLast(".swift".count)) }
        #expect(Set(files) == Set(probes.map { "\(type(of: $0))" }))
        #expect(Set(probes.map(\.name)).count == probes.count)
    }

    @Test func everyProbeIsInTheDocument() throws {
        let text = try String(contentsOf: root.appending(path: "docs/census.md"), encoding: .utf8)
        for probe in probes {
            #expect(text.contains("`\(probe.name)`"), "docs/census.md does not tell of \(probe.name)")
        }
        for label in commonLabels { #expect(text.contains(label), "docs/census.md does not list the label \(label)") }
    }

    private var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
    }
}
