import Domain
import Foundation
import Vault

extension SourceState {
    /// Reads the state that an earlier run sealed, and those below it.
    init(reading digest: Digest, of source: Source, from vault: Vault) throws(CollectError) {
        var chain: [(digest: Digest, header: StateLines.Header)] = []
        var next: Digest? = digest
        while let current = next {
            guard chain.count <= StateLines.deepest else {
                throw CollectError(.state, "the state \(digest) stands on more than \(StateLines.deepest) others")
            }
            let header = try Self.header(of: current, source, vault)
            chain.append((current, header))
            next = header.previous
        }
        for part in chain.reversed() { try read(part.digest, vault) }
        guard !isFull else { throw CollectError(.state, "the state \(digest) is too large to be held") }
        let last = chain[0].header
        let length = vault.length(of: digest) ?? 0
        origin = StateOrigin(
            last: digest,
            depth: last.depth ?? 0,
            whole: last.previous == nil ? length : last.whole ?? 0,
            changed: last.previous == nil ? 0 : (last.changed ?? 0) + length
        )
    }

    private static func header(
        of digest: Digest,
        _ source: Source,
        _ vault: Vault
    ) throws(CollectError) -> StateLines.Header {
        var header: StateLines.Header?
        try Self.lines(of: digest, vault) { line in
            header = try JSONDecoder().decode(StateLines.Header.self, from: Data(line))
            return false
        }
        guard let header else { throw CollectError(.state, "the state \(digest) ends too early") }
        guard [StateLines.firstForm, StateLines.form].contains(header.form) else {
            throw CollectError(.state, "'\(header.form)' is no \(StateLines.form)")
        }
        guard header.base == source.base else {
            throw CollectError(.state, "the state is of \(header.base), not of \(source.base)")
        }
        return header
    }

    /// Takes in the lines of one sealed state.
    private mutating func read(_ digest: Digest, _ vault: Vault) throws(CollectError) {
        let decoder = JSONDecoder()
        var form: String?
        _ = beginLook()
        var state = self
        self = SourceState()
        defer { self = state }
        try Self.lines(of: digest, vault) { line in
            let data = Data(line)
            switch form {
            case nil: form = try decoder.decode(StateLines.Header.self, from: data).form
            case StateLines.firstForm: state.read(try decoder.decode(KnownEntry.self, from: data))
            default:
                let line = try decoder.decode(StateLines.Line.self, from: data)
                if let entry = line.entry { state.read(entry) }
                if let seen = line.seen { state.waitingLooks.append(seen) }
            }
            return true
        }
        state.readLooks()
    }

    /// Hands over the lines of a payload until `body` gives false.
    private static func lines(
        of digest: Digest,
        _ vault: Vault,
        _ body: ([UInt8]) throws -> Bool
    ) throws(CollectError) {
        do {
            guard try vault.lines(of: digest, upTo: StateLines.longestLine, body) else {
                throw CollectError(.state, "the state \(digest) ends too early")
            }
        } catch let error as CollectError {
            throw error
        } catch let error as VaultError {
            throw CollectError(.vault, "reading the state \(digest): \(error)")
        } catch {
            throw CollectError(.state, "the state \(digest) is damaged: \(error)")
        }
    }

    /// Seals it, as changes to the state that it was read from or as a whole, and returns its digest.
    func seal(in vault: Vault, after job: CollectJob, at now: Timestamp) async throws -> Digest {
        do {
            let record = ResourceRecord(
                target: "ajar:collect-state/\(job.id)",
                contentType: "application/jsonl",
                bytes: [],
                at: now
            )
            var lines = try StateLines(of: self, at: job.source, after: job.run)
            let writer = try await vault.beginResource(record)
            while let block = try lines.next() { try await writer.append(block) }
            guard let digest = try await writer.finish().resource.payload else {
                throw CollectError(.vault, "the state was sealed without a digest")
            }
            return digest
        } catch let error as VaultError {
            throw CollectError(.vault, "sealing the state of \(job.source.base): \(error)")
        }
    }
}
