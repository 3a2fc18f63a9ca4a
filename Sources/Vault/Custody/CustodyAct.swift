package import Domain
import Foundation

/// One thing that a person did with a case: who, with which version and settings, from when to when.
///
/// It is sealed twice: when it begins, so that it is known even if the program ends in the middle, and when it ends.
package struct CustodyAct: Hashable, Codable, Sendable {
    /// What was done. An open set: a program shows by its name what it does not know.
    package struct Kind: RawRepresentable, Hashable, Codable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// A report was written.
        package static let report = Kind(rawValue: "report")
        /// Evidence was written to a bundle.
        package static let export = Kind(rawValue: "export")
        /// The desk was open.
        package static let desk = Kind(rawValue: "desk")
        /// Sealed bytes were handed out by the desk.
        package static let download = Kind(rawValue: "download")
        /// The bytes of items were withheld.
        package static let withhold = Kind(rawValue: "withhold")
        /// Withheld bytes were decrypted.
        package static let unlock = Kind(rawValue: "unlock")
        /// Segments were brought to the case's store, or back.
        package static let store = Kind(rawValue: "store")
        /// Somebody was told what is new.
        package static let news = Kind(rawValue: "news")
        /// A list of hashes never to be opened was added.
        package static let hashes = Kind(rawValue: "hashes")
    }

    /// Names the act in both of its leaves: `urn:uuid:…`, or a run's name.
    package var id: String
    package var kind: Kind
    /// Who did it, as configured, or the account and the machine.
    package var actor: String
    /// The program and its version, such as `ajar/0.2.0`.
    package var tool: String
    /// What it was told: settings by name, digests of files in force.
    package var settings: [String: String]
    package var began: Timestamp
    /// Nil in the leaf that begins it, and for ever when the program ended before the act did.
    package var ended: Timestamp?
    /// `complete`, or why it broke off; nil while it lasts.
    package var outcome: String?
    /// The payloads it concerned, where it concerned some and not all.
    package var items: [Digest]

    package init(
        _ kind: Kind,
        id: String? = nil,
        actor: String,
        tool: String = "ajar/\(ajarVersion)",
        settings: [String: String] = [:],
        began: Timestamp,
        ended: Timestamp? = nil,
        outcome: String? = nil,
        items: [Digest] = []
    ) {
        self.id = id ?? newRecordName()
        self.kind = kind
        self.actor = actor
        self.tool = tool
        self.settings = settings
        self.began = began
        self.ended = ended
        self.outcome = outcome
        self.items = items
    }

    /// What a run was, as an act. Runs that were sealed before actors were have `unknown` for one.
    init(_ run: Run) {
        var settings = run.settings
        settings["scope"] = run.scope.description
        let outcome: String? =
            switch run.completeness {
            case .running: nil
            case .complete: "complete"
            case .incomplete(let reason): "incomplete: \(reason)"
            }
        self.init(
            Kind(rawValue: run.stage.rawValue),
            id: "\(run.id)",
            actor: run.actor ?? "unknown",
            tool: "ajar/\(run.toolVersion)",
            settings: settings,
            began: run.started,
            ended: run.ended,
            outcome: outcome
        )
    }

    /// JSON with sorted keys.
    func encoded() throws(VaultError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { return Array(try encoder.encode(self)) } catch {
            throw VaultError(.tooLong, "write the act \(id) as JSON: \(error)")
        }
    }
}

/// An act as the ledger has it.
package struct CustodyEntry: Hashable, Codable, Sendable {
    package var act: CustodyAct
    /// The leaves that say so: of its beginning, and of its end. Empty while it waits to be sealed.
    package var leaves: [UInt64]

    package init(act: CustodyAct, leaves: [UInt64]) {
        self.act = act
        self.leaves = leaves
    }
}
