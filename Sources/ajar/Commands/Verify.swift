import ArgumentParser
import Catalogue
import Domain
import Vault

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check every sealed byte of a case, or of a bundle, against its ledger.",
        discussion: """
            Exits with 65 when anything was changed, or when a published checkpoint does not hold; with 69 when a store \
            could not be reached and something was therefore not checked.
            """
    )

    @Argument(
        help: ArgumentHelp("A bundle that was exported; needs no case.", valueName: "bundle"),
        completion: .file()
    )
    var bundle: String?

    @OptionGroup var options: CaseOptions

    @Option(
        help: ArgumentHelp(
            "A line that `ajar checkpoint` printed: show that nothing before it has changed since.",
            valueName: "line"
        )
    )
    var checkpoint: String?

    @Flag(help: "Then make the catalogue anew from the vault.")
    var rebuild = false

    func run() async throws {
        guard bundle == nil || checkpoint == nil else {
            throw ValidationError("a checkpoint is held against a case, not against a bundle")
        }
        if let bundle { return try await VerifyBundle(path: bundle, options: options).run() }
        let folder = try CaseFolder.find(options.folder)
        let (quiet, rebuild) = (options.quiet, rebuild)
        let witness = try self.witness
        let configuration = try Configuration.load(folder.configuration)
        let (roots, store) = (try configuration.stampRoots(in: folder), try folder.objectStore(configuration))
        let report = try await Interruption.guarding {
            let progress = ProgressReport("verify", isQuiet: quiet)
            // A vault that is too damaged to be opened is the one whose faults must be named.
            let report = try await Vault.verify(
                at: folder.vault,
                key: folder.key,
                against: witness,
                stampRoots: roots,
                store: store
            ) { progress.show($0) }
            progress.finish()
            if rebuild, report.isSound { try await Self.rebuild(folder, store) }
            return report
        }
        try Output.print(report.text, or: report, asJSON: options.json)
        guard report.isSound, report.witness?.holds ?? true else { throw ExitCode(Complaint.Code.data.rawValue) }
        guard report.unreachable.isEmpty else { throw ExitCode(Complaint.Code.unavailable.rawValue) }
    }

    private var witness: CheckpointLine? {
        get throws(Complaint) {
            guard let checkpoint else { return nil }
            guard let line = CheckpointLine(checkpoint) else {
                throw Complaint(.data, "'\(checkpoint)' is no checkpoint: it has origin, size, root and signature")
            }
            return line
        }
    }

    /// The old catalogue is replaced only when the new one is whole, and while no stage is at work on it.
    private static func rebuild(_ folder: CaseFolder, _ store: ObjectStore?) async throws {
        try await Vault.keepingWritersOut(of: folder.vault, store: store) { vault in
            try await rebuild(folder, from: vault)
        }
    }

    private static func rebuild(_ folder: CaseFolder, from vault: Vault) async throws {
        let fresh = folder.catalogue + ".new"
        try Disk.removeDatabase(fresh)
        let catalogue = try Catalogue(path: fresh)
        let recorder = Recorder(catalogue, reading: vault)
        try await recorder.catchUp(with: vault)
        // What was encrypted when it was withheld may have been destroyed since.
        try recorder.withhold(vault.withheldReasons)
        try catalogue.close()
        try Disk.moveDatabase(fresh, to: folder.catalogue)
    }
}

extension VerificationReport {
    /// What a person must know: how much was checked, and each fault with what it affects and what still stands.
    fileprivate var text: String { lines.map { PathName(bytes: $0.utf8).display }.joined(separator: "\n") }

    private var lines: [String] {
        [witness?.sentence].compactMap(\.self) + findings
    }

    private var findings: [String] {
        let checked = "\(records) records, \(leaves) leaves, \(bytes) bytes checked; \(signed) leaves are signed for."
        guard !isSound else {
            let read = unreachable.isEmpty ? "Every sealed byte" : "Every sealed byte that could be read"
            return ["\(read) is what it was. " + checked] + unreachable.map(\.line) + remarks
        }
        return ["\(faults.count) \(faults.count == 1 ? "fault" : "faults"). " + checked] + faults.map(\.line)
            + unreachable.map(\.line) + remarks
    }
}
