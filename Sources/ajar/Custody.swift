import Domain
import Foundation
import Vault

/// Tells the ledger of commands that show or write evidence without holding the vault: before they begin, and when they
/// are done.
struct Custody: Sendable {
    let folder: CaseFolder
    let configuration: Configuration
    let clock: CaseClock

    init(_ options: CaseOptions) throws {
        folder = try CaseFolder.find(options.folder)
        configuration = try Configuration.load(folder.configuration)
        clock = options.caseClock
    }

    /// Does `body` as one act. How it ends is told as well.
    func during<Value>(
        _ kind: CustodyAct.Kind,
        settings: [String: String] = [:],
        _ body: () async throws -> Value
    ) async throws -> Value {
        var act = CustodyAct(
            kind,
            actor: Operator.name(configuration),
            settings: try settings.merging(digests) { own, _ in own },
            began: clock.now()
        )
        await leave(act)
        // The desk stays open for long: its beginning is sealed at once, where nobody else seals.
        if kind == .desk { await settle() }
        do {
            let value = try await body()
            act.outcome = "complete"
            await end(&act)
            return value
        } catch {
            act.outcome = Complaint(error).description
            await end(&act)
            throw error
        }
    }

    /// Leaves word of something that is done at once.
    func tell(_ kind: CustodyAct.Kind, settings: [String: String] = [:], items: [Digest]) async {
        let now = clock.now()
        await leave(
            CustodyAct(
                kind,
                actor: Operator.name(configuration),
                settings: settings,
                began: now,
                ended: now,
                outcome: "complete",
                items: items
            )
        )
    }

    private func end(_ act: inout CustodyAct) async {
        act.ended = clock.now()
        await leave(act)
        await settle()
    }

    /// What stood in the files that decide what is done.
    private var digests: [String: String] {
        get throws {
            var digests = ["configuration": Digest(of: Array(try configuration.text().utf8)).description]
            if let scope = FileManager.default.contents(atPath: folder.scope) {
                digests["scope"] = Digest(of: Array(scope)).description
            }
            return digests
        }
    }

    private func leave(_ act: CustodyAct) async {
        do { try await Vault.leave(act, at: folder.vault) } catch {
            // A case on a disk that cannot be written to may still be read; that nothing says so must be known.
            ProgressReport.write("ajar: the ledger will not know of this: \(error)\n")
        }
    }

    /// Has what was left sealed now. Where another process holds the vault, or the key is elsewhere, whoever opens it next
    /// does.
    private func settle() async {
        do {
            let vault = try await Vault.open(
                at: folder.vault,
                key: folder.keyFile(configuration),
                clock: clock,
                limits: configuration.vaultLimits,
                store: folder.objectStore(configuration)
            )
            await vault.close()
        } catch { return }
    }
}

extension Pipeline {
    /// Does `body` as one act of the ledger that is open.
    func acting<Value>(
        _ kind: CustodyAct.Kind,
        settings: [String: String] = [:],
        items: [Digest] = [],
        _ body: () async throws -> Value
    ) async throws -> Value {
        var act = CustodyAct(
            kind,
            actor: actor,
            settings: settings.merging(inForce) { own, _ in own },
            began: clock.now(),
            items: items
        )
        _ = try await vault.record(act)
        do {
            let value = try await body()
            act.outcome = "complete"
            act.ended = clock.now()
            _ = try await vault.record(act)
            return value
        } catch {
            act.outcome = Complaint(error).description
            act.ended = clock.now()
            _ = try await vault.record(act)
            throw error
        }
    }

    /// What stood in the files that decide what is done; both are sealed.
    var inForce: [String: String] {
        ["configuration": configurationDigest.description, "scope": scopeDigest.description]
    }
}
