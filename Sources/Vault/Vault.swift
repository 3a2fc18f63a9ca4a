package import Domain
import Foundation
import Synchronization

/// A case's sealed store.
package final class Vault: Sendable {
    struct Contents {
        var payloads: [Digest: [UInt8]] = [:]
        var records: [[UInt8]] = []
        var derived: [Digest: [UInt8]] = [:]
        var events: [LedgerEvent] = []
    }

    /// Guards everything that was sealed.
    private let contents = Mutex(Contents())

    package static func create(
        at folder: String,
        key: String? = nil,
        clock: CaseClock = .system
    ) async throws(VaultError) -> Vault { Vault() }

    package static func open(
        at folder: String,
        key: String? = nil,
        clock: CaseClock = .system
    ) async throws(VaultError) -> Vault { Vault() }

    package static func openReadOnly(at folder: String) async throws(VaultError) -> Vault { Vault() }

    package func seal(_ record: ResourceRecord) async throws(VaultError) -> Seal {
        keep(record.bytes, raw: record.bytes).seal
    }

    package func beginExchange(_ exchange: ExchangeHead) async throws(VaultError) -> ExchangeWriter {
        ExchangeWriter(vault: self, exchange: exchange)
    }

    package func record(runStarted run: Run) async throws(VaultError) -> Seal {
        try add(run) { .runStarted(run, $0) }
    }

    package func record(runEnded run: Run) async throws(VaultError) -> Seal {
        try add(run) { .runEnded(run, $0) }
    }

    package func record(outcome: StageOutcome) async throws(VaultError) -> Seal {
        try add(outcome) { .outcome(outcome, $0) }
    }

    package func events() -> AsyncThrowingStream<LedgerEvent, any Error> {
        let events = contents.withLock { $0.events }
        return AsyncThrowingStream { continuation in
            for event in events { continuation.yield(event) }
            continuation.finish()
        }
    }

    package func contains(_ payload: Digest) -> Bool { contents.withLock { $0.payloads[payload] != nil } }

    package func length(of payload: Digest) -> UInt64? {
        contents.withLock { $0.payloads[payload].map { UInt64($0.count) } }
    }

    package func open(payload: Digest) throws(VaultError) -> PayloadReader {
        guard let bytes = contents.withLock({ $0.payloads[payload] }) else {
            throw VaultError(.unknown, "open payload \(payload)")
        }
        return PayloadReader(bytes: bytes)
    }

    package func bytes(of payload: Digest, upTo limit: Int) throws(VaultError) -> [UInt8] {
        guard let bytes = contents.withLock({ $0.payloads[payload] }) else {
            throw VaultError(.unknown, "open payload \(payload)")
        }
        return Array(bytes.prefix(limit))
    }

    package func record(at seal: Seal) throws(VaultError) -> [UInt8] {
        contents.withLock { $0.records[Int(seal.leaf)] }
    }

    package func storeDerived(_ bytes: [UInt8]) throws(VaultError) -> Digest {
        let digest = Digest(of: bytes)
        contents.withLock { $0.derived[digest] = bytes }
        return digest
    }

    package func derived(_ digest: Digest) -> [UInt8]? { contents.withLock { $0.derived[digest] } }

    package func checkpoint() async throws(VaultError) -> Checkpoint {
        let size = contents.withLock { $0.records.count }
        return Checkpoint(origin: "", size: UInt64(size), root: Digest(of: []), text: "")
    }

    package func verify(
        progress: @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> VerificationReport { VerificationReport() }

    package func close() async {}

    private func add(_ value: some Encodable, event: (Seal) -> LedgerEvent) throws(VaultError) -> Seal {
        let bytes: [UInt8]
        do { bytes = Array(try JSONEncoder().encode(value)) } catch {
            throw VaultError(.tooLong, "write as JSON: \(error)")
        }
        let seal = keep(bytes, raw: bytes).seal
        contents.withLock { $0.events.append(event(seal)) }
        return seal
    }

    func keep(_ payload: [UInt8], raw: [UInt8]) -> (seal: Seal, isIdentical: Bool) {
        let digest = Digest(of: payload)
        return contents.withLock { contents in
            let known = contents.payloads.updateValue(payload, forKey: digest) != nil
            contents.records.append(raw)
            let leaf = UInt64(contents.records.count - 1)
            let name = "urn:uuid:\(UUID().uuidString.lowercased())"
            return (Seal(leaf: leaf, record: name, payload: digest, length: UInt64(payload.count)), known)
        }
    }
}
