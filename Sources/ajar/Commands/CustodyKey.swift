import ArgumentParser
import Domain
import Foundation
import Vault

/// Makes what withheld bytes can be encrypted to.
struct CustodyKey: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make a key pair that withheld items can be encrypted to.",
        discussion: """
            Prints the public key, which `ajar withhold --encrypt-to` takes. Whoever has the file reads what was encrypted \
            to it, and without the file nobody does: it is for the recipient to make, and to keep. It is never put into a \
            case.
            """
    )

    @Option(
        help: ArgumentHelp("Where to write the private key; there must be nothing there.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let path = CaseFolder.absolute(output)
        if let folder = CaseFolder.around(path) {
            let why = "the case's own folder would hold what opens its locked items"
            throw Complaint(.usage, "\(path) lies in the case \(folder.path): \(why)")
        }
        let key = RecipientKey()
        try key.write(to: path)
        let made = MadeKey(recipient: key.recipient, file: path)
        try Output.print("\(key.recipient)", or: made, asJSON: json)
    }
}

/// A key pair that was made: its public half, and the file with the private one.
private struct MadeKey: Encodable {
    var recipient: Recipient
    var file: String
}

extension Recipient {
    /// The key that a person names: as it is written, or a file that holds it.
    static func named(_ text: String) throws -> Recipient {
        if let recipient = Recipient(text) { return recipient }
        guard let bytes = FileManager.default.contents(atPath: CaseFolder.absolute(text)), bytes.count <= 1_024,
            let recipient = Recipient(
                String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            )
        else { throw ValidationError("'\(text.prefix(100))' is no public key as `ajar custody key` prints it") }
        return recipient
    }
}
