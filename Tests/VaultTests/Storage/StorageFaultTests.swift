import Domain
import Foundation
import TestSupport
import Testing
import Vault

/// Harm on the way to a store, and in it. Whatever happens, no sealed byte is lost, and nothing sound is called damaged.
@Suite("Storage, when it fails")
struct StorageFaultTests {
    private static let address = IPAddress(v4: 0x7f5c_0001)

    /// Answers that no server need be asked for.
    enum Refusal: String, CaseIterable, CustomTestStringConvertible {
        case internalError, slowDown, forbidden, skewed, redirect, moved, noBucket, garbage, cut, endlessHead

        var testDescription: String { rawValue }

        var fault: FaultyRelay.Fault {
            switch self {
            case .internalError: .answer(error(500, "InternalError"))
            case .slowDown: .answer(error(503, "SlowDown"))
            case .forbidden: .answer(error(403, "AccessDenied"))
            case .skewed: .answer(error(403, "RequestTimeTooSkewed", ["Date": "Sat, 01 Jan 2000 00:00:00 GMT"]))
            case .redirect: .answer(error(307, "TemporaryRedirect", ["Location": "http://127.92.0.77:1/elsewhere"]))
            case .moved: .answer(error(301, "PermanentRedirect", ["Location": "http://127.92.0.77:1/elsewhere"]))
            case .noBucket: .answer(error(404, "NoSuchBucket"))
            case .garbage: .answer(Array("SSH-2.0-OpenSSH\r\n".utf8))
            case .cut: .cutRequest(after: 40)
            case .endlessHead: .answer(Array("HTTP/1.1 200 OK\r\n".utf8) + Array(repeating: 0x61, count: 1 << 20))
            }
        }

        /// What must stand in the line that tells of it.
        var word: String {
            switch self {
            case .internalError: "InternalError"
            case .slowDown: "SlowDown"
            case .forbidden: "AccessDenied"
            case .skewed: "Sat, 01 Jan 2000"
            case .redirect, .moved: "redirects"
            case .noBucket: "no such bucket"
            case .garbage, .cut, .endlessHead: "127.92.0.1"
            }
        }

        private func error(_ status: Int, _ code: String, _ fields: [String: String] = [:]) -> [UInt8] {
            ScriptedServer.reply(status, fields, body: "<Error><Code>\(code)</Code><Message>m</Message></Error>".utf8)
        }
    }

    @Test("A store that refuses leaves every segment here and says why", arguments: Refusal.allCases)
    func refusals(_ refusal: Refusal) async throws {
        let stored = try await StoredCase([300_000, 300_000])
        let before = try stored.local
        let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { _ in refusal.fault }
        try await FaultyRelay.running(at: Self.address, plan: plan) { relay in
            let store = try ObjectStore(relay.endpoint, attempts: 2)
            let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
            let problem = report.segments.compactMap(\.problem).first ?? ""
            #expect(problem.contains(refusal.word), "\(problem)")
            #expect(report.segments.contains { $0.outcome == .failed })
            #expect(report.segments.allSatisfy { $0.isLocal && $0.object == nil })
        }
        #expect(try stored.local == before)
        let report = try await Vault.verify(at: stored.path)
        #expect(report.faults == [])
        try await stored.with(nil) { #expect(stored.isReadable($0)) }
    }

    @Test("Nothing is sent where a redirect leads")
    func redirects() async throws {
        let stored = try await StoredCase([300_000])
        let elsewhere = IPAddress(v4: 0x7f5c_0002)
        let silence: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { _ in .answer([]) }
        try await FaultyRelay.running(at: elsewhere, plan: silence) { other in
            let location = ["Location": "http://\(other.endpoint)/evidence/x"]
            let answer = ScriptedServer.reply(307, location, body: [UInt8]())
            let redirect: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { _ in .answer(answer) }
            try await FaultyRelay.running(at: Self.address, plan: redirect) { relay in
                let store = try ObjectStore(relay.endpoint, attempts: 2)
                let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
                #expect(report.hasProblem)
                #expect(!relay.calls.isEmpty)
            }
            #expect(other.calls == [])
        }
    }

    @Test("A store that cannot be reached is no damage: the case opens, and says what was not checked")
    func offline() async throws {
        let stored = try await StoredCase([300_000, 300_000, 4_000])
        let vkey = try String(contentsOfFile: stored.path + "/ledger/vkey", encoding: .utf8)
        #expect(!vkey.isEmpty)
        let server = try #require(ObjectServer.available.first)
        try await server.running { endpoint, _ in
            let store = try ObjectStore(endpoint)
            _ = try await stored.with(store) { try await $0.push(.full, dropping: true) }
        }
        let nobody = Endpoint(Self.address, try freePort(on: Self.address))
        for store in [nil, try ObjectStore(nobody, attempts: 2)] {
            let report = try await Vault.verify(at: stored.path, store: store)
            #expect(report.faults == [], "\(report.faults)")
            #expect(report.unreachable.count == 2 && report.unreachable.allSatisfy { $0.records > 0 })
            try await stored.with(store) { vault in
                let small = stored.bodies[2]
                #expect(try vault.bytes(of: Digest(of: small), upTo: 9_999) == small)
                let error = #expect(throws: VaultError.self) {
                    try vault.bytes(of: Digest(of: stored.bodies[0]), upTo: 1 << 20)
                }
                #expect(error?.code == .unreachable)
                // Sealing goes on, and knows what lies there.
                let more = try await vault.sealExchange("/more", noise(100, seed: store == nil ? 5 : 6))
                #expect(!more.isIdentical)
                let same = try await vault.sealExchange("/same", stored.bodies[0])
                #expect(same.isIdentical)
            }
        }
    }
}

/// The same with a server behind a relay that does harm: a real one where the tools' environment has one.
@Suite("Storage, behind a faulty relay")
struct StorageRelayTests {
    /// Harm that passes: the next attempt goes well.
    enum Harm: String, CaseIterable, CustomTestStringConvertible {
        case internalError, slowDown, cutUpload, cutAnswer, cutDownload, shortBody, falseRange, changedUpload

        var testDescription: String { rawValue }

        /// What is done with every second request of the kind that it concerns.
        func fault(_ call: FaultyRelay.Call) -> FaultyRelay.Fault {
            switch self {
            case .internalError:
                .answer(ScriptedServer.reply(500, [:], body: "<Error><Code>InternalError</Code></Error>".utf8))
            case .slowDown: .answer(ScriptedServer.reply(503, [:], body: "<Error><Code>SlowDown</Code></Error>".utf8))
            case .cutUpload: call.method == "PUT" ? .cutRequest(after: 100_000) : .none
            case .cutAnswer: .cutReply(after: 20)
            case .cutDownload: call.method == "GET" ? .cutReply(after: 50_000) : .none
            case .shortBody: call.method == "GET" ? .changeReply { Self.shorten($0) } : .none
            case .falseRange:
                call.method == "GET" ? .changeReply { Self.replace("bytes 0-", "bytes 1-", in: $0) } : .none
            // Some stores drop a whole upload for one broken part, so this harm must come to an end.
            case .changedUpload: call.method == "PUT" && call.number < 8 ? .changeRequest { Self.flipLast($0) } : .none
            }
        }

        private static func shorten(_ reply: [UInt8]) -> [UInt8] {
            guard let end = reply.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound, reply.count > end + 10 else {
                return reply
            }
            let head = String(decoding: reply[..<end], as: UTF8.self)
            let count = reply.count - end
            let changed = head.replacingOccurrences(
                of: "Content-Length: \(count)",
                with: "Content-Length: \(count - 10)"
            )
            return Array(changed.utf8) + reply[end...].dropLast(10)
        }

        private static func replace(_ text: String, _ other: String, in reply: [UInt8]) -> [UInt8] {
            guard let range = reply.firstRange(of: Array(text.utf8)) else { return reply }
            return reply[..<range.lowerBound] + Array(other.utf8) + reply[range.upperBound...]
        }

        private static func flipLast(_ request: [UInt8]) -> [UInt8] {
            var request = request
            request[request.count - 1] ^= 1
            return request
        }
    }

    @Test("Harm that passes costs another attempt and nothing else", arguments: Harm.allCases)
    func passing(_ harm: Harm) async throws {
        let stored = try await StoredCase([300_000, 9 << 20])
        let server = try #require(ObjectServer.available.first)
        try await server.running { endpoint, _ in
            let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = {
                $0.number % 2 == 0 ? harm.fault($0) : .none
            }
            try await FaultyRelay.running(at: IPAddress(v4: 0x7f5d_0001), before: endpoint, plan: plan) { relay in
                let store = try ObjectStore(relay.endpoint)
                let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
                #expect(report.segments.filter { $0.outcome == .dropped }.count == 2, "\(report)")
                let verified = try await Vault.verify(at: stored.path, store: store)
                #expect(verified.faults == [] && verified.unreachable == [])
                let vault = try await Vault.openReadOnly(at: stored.path, store: store)
                #expect(stored.isReadable(vault))
            }
            let verified = try await Vault.verify(at: stored.path, store: try ObjectStore(endpoint))
            #expect(verified.faults == [] && verified.unreachable == [])
        }
    }

    @Test("A store that keeps other bytes than it was given is found out before anything is removed here")
    func lyingStore() async throws {
        let stored = try await StoredCase([300_000])
        let before = try stored.local
        let server = try #require(ObjectServer.available.first)
        try await server.running { endpoint, _ in
            let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { call in
                call.method == "GET" ? .changeReply { Array($0.dropLast()) + [($0.last ?? 0) ^ 1] } : .none
            }
            try await FaultyRelay.running(at: IPAddress(v4: 0x7f5d_0001), before: endpoint, plan: plan) { relay in
                let store = try ObjectStore(relay.endpoint)
                let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
                let problem = report.segments.compactMap(\.problem).first ?? ""
                #expect(problem.contains("other bytes than were sealed"), "\(problem)")
                #expect(report.segments.allSatisfy { $0.isLocal && $0.object == nil })
            }
            #expect(try stored.local == before)
            // What lies there is whole, and need not be sent again.
            let store = try ObjectStore(endpoint)
            let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
            #expect(report.segments.contains { $0.outcome == .dropped })
        }
    }

    @Test("A slow drip does not hold the program for ever")
    func drip() async throws {
        let stored = try await StoredCase([300_000])
        let server = try #require(ObjectServer.available.first)
        try await server.running { endpoint, _ in
            let plan: @Sendable (FaultyRelay.Call) -> FaultyRelay.Fault = { _ in .drip(milliseconds: 20) }
            try await FaultyRelay.running(at: IPAddress(v4: 0x7f5d_0001), before: endpoint, plan: plan) { relay in
                let store = try ObjectStore(relay.endpoint, attempts: 1, seconds: 1)
                let report = try await stored.with(store) { try await $0.push(.full, dropping: true) }
                #expect(report.segments.contains { $0.outcome == .failed })
                #expect(report.segments.allSatisfy { $0.isLocal })
            }
        }
    }

    /// What may become of an object behind our back.
    enum Loss: String, CaseIterable, CustomTestStringConvertible {
        case removed, shortened, lengthened, changed

        var testDescription: String { rawValue }

        func happen(to file: String) throws {
            var bytes = Array(try Data(contentsOf: URL(filePath: file)))
            switch self {
            case .removed: return try FileManager.default.removeItem(atPath: file)
            case .shortened: bytes.removeLast(1_000)
            case .lengthened: bytes += [1, 2, 3]
            case .changed: bytes[bytes.count / 2] ^= 4
            }
            try Data(bytes).write(to: URL(filePath: file))
        }
    }

    @Test(
        "An object that was lost or changed is damage, and named; the others are sound",
        .enabled(if: ObjectServer.rclone.program != nil, "needs rclone: name its venv in AJAR_TOOLS"),
        arguments: Loss.allCases
    )
    func losses(_ loss: Loss) async throws {
        let stored = try await StoredCase([300_000, 300_000])
        try await ObjectServer.rclone.running { endpoint, objects in
            let store = try ObjectStore(endpoint)
            let pushed = try await stored.with(store) { try await $0.push(.full, dropping: true) }
            let lost = try #require(pushed.segments.firstIndex { $0.object != nil })
            let (file, object) = (pushed.segments[lost].file, try #require(pushed.segments[lost].object))
            try loss.happen(to: "\(try #require(objects))/cases/test/\(object)")
            // The server looks at its folder again only after a moment.
            try await wait(for: "the server to see it") {
                let status = try await stored.with(store) { try await $0.checkedStorage() }
                return status.hasProblem == (loss != .changed)
            }
            let report = try await Vault.verify(at: stored.path, store: store)
            #expect(!report.faults.isEmpty)
            let name = try #require(object.split(separator: "/").last).prefix(6)
            #expect(report.faults.allSatisfy { $0.line.contains(name) }, "\(report.faults)")
            #expect(report.unreachable == [])
            let back = try await stored.with(store) { try await $0.pull() }
            #expect(back.segments.filter { $0.problem != nil }.map(\.file) == [file])
            let vault = try await Vault.openReadOnly(at: stored.path, store: store)
            #expect(try vault.bytes(of: Digest(of: stored.bodies[1]), upTo: 1 << 20) == stored.bodies[1])
            if loss == .changed || loss == .removed || loss == .shortened {
                let error = #expect(throws: VaultError.self) {
                    try vault.bytes(of: Digest(of: stored.bodies[0]), upTo: 1 << 20)
                }
                #expect(error?.code == .damaged)
            }
        }
    }
}
