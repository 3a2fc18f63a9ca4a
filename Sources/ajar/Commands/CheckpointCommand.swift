import ArgumentParser
import Domain
import Foundation
import Vault

struct CheckpointCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "Print the last signed checkpoint as one line and as a QR code, to be published.",
        discussion: """
            Give the line away: print it, mail it, post it. Later `ajar verify --checkpoint LINE` shows that nothing that
            was sealed before it has changed, whoever had the case and its key meanwhile. With --quiet it prints only the
            line.
            """
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("Also write the code as a picture.", valueName: "file"), completion: .file())
    var svg: String?

    func run() async throws {
        let vault = try await CaseReading.vault(of: options)
        let checkpoint = try await vault.checkpoint()
        guard let line = checkpoint.line else {
            throw Complaint(.data, "no checkpoint here is signed by the ledger's key; `ajar verify` says more")
        }
        let code = try QRCode("\(line)")
        if let svg {
            do { try code.svg.write(toFile: svg, atomically: true, encoding: .utf8) } catch {
                throw Complaint(.cannotCreate, "cannot write \(svg): \(error.localizedDescription)")
            }
        }
        let printed = Printed(line, unsigned: vault.unsigned)
        try Output.print(options.quiet ? printed.line : printed.text(code), or: printed, asJSON: options.json)
    }
}

/// What the command prints.
private struct Printed: Encodable {
    var origin: String
    var size: UInt64
    var root: String
    var line: String
    /// Leaves that were sealed since, and wait for the next checkpoint.
    var unsigned: UInt64

    init(_ line: CheckpointLine, unsigned: UInt64) {
        (origin, size, root) = (line.origin, line.size, line.root.description)
        self.line = "\(line)"
        self.unsigned = unsigned
    }

    func text(_ code: QRCode) -> String {
        let waiting = unsigned == 0 ? "" : "\(unsigned) more were sealed since and wait for the next checkpoint.\n"
        return "\(line)\n\n\(code.text)\nIt signs for the first \(size) leaves of the ledger.\n\(waiting)"
            .trimmingCharacters(in: .newlines)
    }
}
