import ArgumentParser
import CaseFile
import Catalogue
import Domain
import Scope
import Vault

struct WithholdCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withhold",
        abstract: "Take the bytes of an item out of the case; the ledger says by whom, when and why.",
        discussion: """
            The bytes are overwritten in the segments, with what was read and made from them. Without --encrypt-to they \
            cannot be brought back; with it they are kept encrypted, for whoever has the private half of that key \
            (`ajar custody key`, `ajar unlock`). Hashes, lengths, headers and times stay. --dry-run says what it would be.
            """
    )

    @OptionGroup var options: CaseOptions

    @Argument(
        help: ArgumentHelp("A SHA-256, or the address of an entry, which means all its versions.", valueName: "item")
    )
    var items: [String] = []

    @Option(help: ArgumentHelp("An exhibit of the report as it would be written now.", valueName: "number"))
    var exhibit: [Int] = []

    @Option(help: ArgumentHelp("Why, in one line, as the ledger shall say for ever.", valueName: "text"))
    var reason: String

    @Option(
        help: ArgumentHelp("Keep the bytes encrypted to this public key, or the one in this file.", valueName: "key"),
        transform: Recipient.named
    )
    var encryptTo: Recipient?

    @Flag(help: "Say what would be withheld, and change nothing.")
    var dryRun = false

    func validate() throws {
        guard !items.isEmpty || !exhibit.isEmpty else { throw ValidationError("name an item, or an --exhibit") }
        guard (1...500).contains(reason.count), !reason.contains(where: \.isNewline) else {
            throw ValidationError("--reason takes one line of 1 to 500 characters")
        }
    }

    func run() async throws {
        let (items, exhibit, reason, dryRun, recipient) = (items, exhibit, reason, dryRun, encryptTo)
        let withheld = try await Pipeline.on(options) { pipeline in
            let payloads = try await pipeline.payloads(items: items, exhibits: exhibit)
            guard !dryRun else { return payloads.map { WithheldItem(payload: $0, records: nil) } }
            return try await pipeline.withhold(payloads, reason: reason, encryptedTo: recipient)
        }
        var table = TextTable(header: ["SHA-256", "RECORDS", "LEAVES"])
        for item in withheld {
            let leaves = item.records?.map { "\($0.leaf)" }.joined(separator: " ")
            table.rows.append(["\(item.payload)", item.records.map { "\($0.count)" } ?? "not yet", leaves ?? ""])
        }
        try Output.print(table, or: withheld, asJSON: options.json)
    }
}

/// An item and what was withheld for it; nil where nothing was done.
struct WithheldItem: Encodable, Sendable {
    var payload: Digest
    var records: [Withholding]?
}

extension Pipeline {
    /// The payloads that a person means.
    func payloads(items: [String], exhibits: [Int]) async throws -> [Digest] {
        var payloads: [Digest] = []
        for item in items {
            if let digest = Digest(item) { payloads.append(digest) } else { payloads += try versions(of: item) }
        }
        if !exhibits.isEmpty {
            let context = ReportContext(scope, checkpoint: nil)
            let report = try Report(of: catalogue, context: context, composed: clock.now())
            for number in exhibits {
                guard let payload = report.exhibits.first(where: { $0.number == number })?.seal.payload else {
                    throw Complaint(.noInput, "the report has no exhibit \(number) with bytes of its own")
                }
                payloads.append(payload)
            }
        }
        var seen: Set<Digest> = []
        return payloads.filter { seen.insert($0).inserted }
    }

    /// Every payload that an entry ever had.
    private func versions(of address: String) throws -> [Digest] {
        var payloads: [Digest?] = []
        for entry in try catalogue.entries() where "\(entry.source)\(entry.path)" == address {
            payloads.append(entry.version?.payload)
        }
        for change in try catalogue.changes() where "\(change.source)\(change.change.path)" == address {
            payloads += [change.change.before?.payload, change.change.after?.payload]
        }
        guard !payloads.compactMap(\.self).isEmpty else {
            throw Complaint(.noInput, "\(address) is neither a SHA-256 nor the address of an entry with bytes")
        }
        return payloads.compactMap(\.self)
    }

    /// Withholds payloads, one act of custody for all, and forgets what was read from them.
    func withhold(
        _ payloads: [Digest],
        reason: String,
        encryptedTo recipient: Recipient?
    ) async throws -> [WithheldItem] {
        var settings = ["reason": reason]
        settings["recipient"] = recipient?.description
        let records = try await acting(.withhold, settings: settings, items: payloads) {
            try await vault.withhold(payloads, reason: reason, actor: actor, encryptedTo: recipient)
        }
        try recorder.withhold(vault.withheldReasons)
        let byItem = Dictionary(grouping: records, by: \.item)
        return payloads.map { WithheldItem(payload: $0, records: byItem[$0] ?? []) }
    }
}
