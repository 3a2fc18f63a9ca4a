package import Domain
package import Vault

/// Writes sealed items to a bundle in one format.
///
/// The contract, which the suite over ``exporters`` holds: the bundle appears at the output whole or not at all; it holds
/// a proof of each item against the ledger's checkpoint, so that `ajar verify` finds any changed bit without the case;
/// nothing that a stranger named becomes a path; and memory does not grow with the bytes.
package protocol Exporter: Sendable {
    /// The word that asks for it: `--format` of `ajar export`.
    var format: String { get }

    /// Writes the bundle. It waits for the disk: call it on a thread that may wait.
    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle
}

/// Every format, in the order in which they are shown.
package let exporters: [any Exporter] = [
    FolderExporter(),
    BagItExporter(),
    WACZExporter(),
    ROCrateExporter(),
    CASEExporter(),
]

/// What is to be exported, and where to.
package struct ExportJob: Sendable {
    /// A file that goes along and is no sealed item.
    package struct Attachment: Sendable {
        /// A name without a folder.
        package var name: String
        package var bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    package var contents: BundleContents
    /// Absolute.
    package var output: String
    /// The case's name.
    package var title: String
    /// What was chosen, in words.
    package var scope: String
    /// When, by the case's clock.
    package var at: Timestamp
    package var attachments: [Attachment]
    package var watch: BundleWatch

    package init(
        contents: BundleContents,
        output: String,
        title: String,
        scope: String,
        at: Timestamp,
        attachments: [Attachment] = [],
        watch: BundleWatch = BundleWatch()
    ) {
        self.contents = contents
        self.output = output
        self.title = title
        self.scope = scope
        self.at = at
        self.attachments = attachments
        self.watch = watch
    }
}

/// A bundle that is whole.
package struct ExportedBundle: Hashable, Codable, Sendable {
    package var counts: BundleCounts
    /// The SHA-256 of the bundle's own list of its files, which stands for all of it.
    package var digest: Digest
}

extension ExportJob {
    /// Makes a folder in the output's place; what was begun is taken away when that fails.
    func making(
        payload: String = "",
        _ body: (BundleDraft) throws(VaultError) -> ExportedBundle
    ) throws(VaultError) -> ExportedBundle {
        let draft = try BundleDraft(output: output, payload: payload)
        do throws(VaultError) {
            let bundle = try body(draft)
            try draft.finish()
            return bundle
        } catch {
            // Why it failed matters more than what is left of it, which shows by its name.
            try? draft.discard()
            throw error
        }
    }

    /// Writes the form that all folders share: the tree of payloads with its proofs, attachments, and how to check it.
    func writeTree(to draft: BundleDraft) throws(VaultError) -> BundleCounts {
        let counts = try draft.writeTree(contents, watch: watch)
        for attachment in attachments { try draft.write(attachment.bytes, to: attachment.name) }
        try draft.write(Array(readMe.utf8), to: "README.txt")
        return counts
    }

    /// What a stranger must know who finds the bundle.
    private var readMe: String {
        """
        \(title.shown): \(scope.shown)
        Written \(at) by ajar \(ajarVersion) from the ledger \(contents.checkpoint.origin).

        files/      what was received, one file an item, under a name made safe
        records/    what the program wrote down of its own work
        locked/     what is withheld for the holder of a key, encrypted; not in every bundle
        names.csv   which file is which item: target (percent-encoded, as the server gave it), time, SHA-256
        proof/      the ledger's signed checkpoint, its public key, and for each item its leaf and the way to the root
        SHA256SUMS  of every file here

        To check that no file was changed:      sha256sum --check SHA256SUMS
        To check that each item was sealed:     ajar verify FOLDER
        docs/exports.md of Ajar says how to check the proofs with other programs, and what they prove.
        Compare the key in proof/vkey with one that you had from the ledger's owner by another way.

        """
    }
}
