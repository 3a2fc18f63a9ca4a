import ArgumentParser
import CaseFile
import Catalogue
import Domain
import Vault

struct UnlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock",
        abstract: "Decrypt an item that was withheld for the holder of a key; the ledger says who did.",
        discussion: """
            The case stays as it is: the bytes go into a new file that only its owner can read, and only when they have the \
            SHA-256 that was sealed. That it is done is sealed and signed before, and how it ended afterwards. With --bundle \
            it is taken out of a bundle instead, without the case; then no ledger says so.
            """
    )

    @OptionGroup var options: CaseOptions

    @Argument(help: ArgumentHelp("A SHA-256, or the address of an entry with one locked version.", valueName: "item"))
    var item: String

    @Option(help: ArgumentHelp("The file with the private key.", valueName: "file"), completion: .file())
    var key: String

    @Option(help: ArgumentHelp("Where to write the bytes; there must be nothing there.", valueName: "file"))
    var output: String

    @Option(help: ArgumentHelp("Why, in one line, as the ledger shall say.", valueName: "text"))
    var reason: String?

    @Option(
        help: ArgumentHelp("Take it out of this bundle, not out of a case.", valueName: "path"),
        completion: .file()
    )
    var bundle: String?

    func validate() throws {
        guard bundle == nil || (reason == nil && options.folder == nil) else {
            throw ValidationError("with --bundle there is no case, and no ledger that a --reason could be told to")
        }
        guard reason.map({ (1...500).contains($0.count) && !$0.contains(where: \.isNewline) }) ?? true else {
            throw ValidationError("--reason takes one line of 1 to 500 characters")
        }
    }

    func run() async throws {
        let (item, reason) = (item, reason)
        let (file, output) = (CaseFolder.absolute(key), CaseFolder.absolute(output))
        let key = try RecipientKey(file: file)
        let unlocked: Unlocked
        if let bundle {
            let path = CaseFolder.absolute(bundle)
            unlocked = try await Interruption.guarding {
                try await Vault.unlock(item, inBundle: path, with: key, to: output)
            }
        } else {
            unlocked = try await Pipeline.on(options) { pipeline in
                try await pipeline.unlock(try await pipeline.locked(item), with: key, to: output, reason: reason)
            }
        }
        let text = """
            \(output.shown) has the \(unlocked.bytes) bytes of \(unlocked.item), as they were sealed with leaf \
            \(unlocked.leaf).
            """
        try Output.print(text, or: unlocked, asJSON: options.json)
    }
}

extension Pipeline {
    /// The one payload that a person means.
    fileprivate func locked(_ item: String) async throws -> Digest {
        let payloads = try await payloads(items: [item], exhibits: [])
        let locked = payloads.filter { vault.lock(on: $0) != nil }
        if locked.count > 1 {
            let all = locked.map { "\($0)" }.joined(separator: ", ")
            throw Complaint(.usage, "\(item) has more than one locked version; name one of \(all)")
        }
        guard let payload = locked.first ?? payloads.first else { throw Complaint(.noInput, "\(item) has no bytes") }
        return payload
    }

    /// Decrypts an item as one act of custody. That it begins is signed for before a byte is decrypted.
    fileprivate func unlock(
        _ payload: Digest,
        with key: RecipientKey,
        to output: String,
        reason: String?
    ) async throws -> Unlocked {
        var settings = ["output": output, "recipient": key.recipient.description]
        settings["reason"] = reason
        return try await acting(.unlock, settings: settings, items: [payload]) {
            _ = try await vault.checkpoint()
            return try await vault.unlock(payload, with: key, to: output)
        }
    }
}
