import ArgumentParser
import Catalogue
import Domain
import Foundation
import Vault

struct HashesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hashes",
        abstract: "Keep lists of files that are never to be opened or shown, by their hashes.",
        subcommands: [Add.self, List.self],
        defaultSubcommand: List.self
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a list to the case.",
            discussion: "A line begins with a SHA-256, SHA-1 or MD5 in hexadecimal digits; what follows it is not read."
        )

        @OptionGroup var options: CaseOptions

        @Argument(help: ArgumentHelp("The list.", valueName: "file"), completion: .file())
        var file: String

        func run() async throws {
            let path = CaseFolder.absolute(file)
            let listing = try await Pipeline.on(options) { try await $0.addHashes(path) }
            try Output.print(listing.text, or: listing, asJSON: options.json)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say which lists there are, and how much they hide.")

        @OptionGroup var options: CaseOptions

        func run() async throws {
            let lists = try CaseFolder.find(options.folder).hashLists()
            let vault = try await CaseReading.vault(of: options)
            let catalogue = try CaseReading.catalogue(of: options).concealing(Concealment(of: vault, lists).why)
            let listing = HashListing(lists, concealed: try catalogue.concealedCount())
            await vault.close()
            try Output.print(listing.text, or: listing, asJSON: options.json)
        }
    }
}

/// The lists of a case, and how many collected files are not shown because of them or because they are withheld.
struct HashListing: Encodable, Sendable {
    var lists: [String]
    var hashes: Int
    /// How many of them are SHA-1 or MD5.
    var short: Int
    var concealed: Int

    init(_ lists: HashLists, concealed: Int) {
        self.lists = lists.names
        hashes = lists.count
        short = lists.shortCount
        self.concealed = concealed
    }

    var text: String {
        let names = lists.isEmpty ? "no list" : lists.joined(separator: ", ")
        let all = "\(names): \(hashes) hashes; \(concealed) collected files are not shown."
        guard short > 0 else { return all }
        return """
            \(all)
            \(short) of the hashes are SHA-1 or MD5. Files are held against these when the list is added, and later ones when \
            they are read, handed out or exported: until then such a file is listed like any other.
            """
    }
}

extension Pipeline {
    /// Seals a list, puts it into the case, and removes the pictures that were made of files on it.
    func addHashes(_ path: String) async throws -> HashListing {
        let name = URL(filePath: path).lastPathComponent
        var list = HashLists()
        try list.add(path, named: name)
        let bytes: Data
        do { bytes = try Data(contentsOf: URL(filePath: path)) } catch {
            throw Complaint(.noInput, "cannot read the list \(path): \(error.localizedDescription)")
        }
        let digest = list.digests[0].description
        return try await acting(.hashes, settings: ["list": name, "sha256": digest, "hashes": "\(list.count)"]) {
            try await keep(bytes, asList: name)
            try await keepMet(by: list, as: name)
            let lists = try folder.hashLists()
            for (payload, thumbnail) in try catalogue.thumbnails() where lists.reason(payload) != nil {
                try vault.removeDerived(thumbnail)
            }
            let shown = catalogue.concealing(Concealment(of: vault, lists).why)
            return HashListing(lists, concealed: try shown.concealedCount())
        }
    }

    private func keep(_ bytes: Data, asList name: String) async throws {
        _ = try await vault.seal(
            ResourceRecord(
                target: "ajar:hashes/\(PathName(bytes: name.utf8))",
                contentType: "text/plain",
                bytes: Array(bytes),
                at: clock.now(),
                kind: .metadata
            )
        )
        do {
            try FileManager.default.createDirectory(atPath: folder.hashes, withIntermediateDirectories: true)
            try bytes.write(to: URL(filePath: "\(folder.hashes)/\(name)"), options: .atomic)
        } catch {
            throw Complaint(.cannotCreate, "cannot put the list into the case: \(error.localizedDescription)")
        }
    }

    /// Holds every collected file against the list's SHA-1 and MD5, and puts the SHA-256 of those that it has beside it: by
    /// that they are known from now on without being read.
    private func keepMet(by list: HashLists, as name: String) async throws {
        guard list.shortCount > 0 else { return }
        let vault = vault
        let payloads = try catalogue.collectedPayloads().filter {
            vault.withholding(of: $0) == nil && vault.contains($0)
        }
        let report = ProgressReport("hashes", isQuiet: isQuiet)
        defer { report.finish() }
        let met = try await blocking { () throws(VaultError) -> [Digest] in
            var met: [Digest] = []
            for (index, payload) in payloads.enumerated() {
                do throws(VaultError) {
                    if try list.reason(payload, in: vault) != nil { met.append(payload) }
                } catch {
                    // Verification names what is damaged; its hashes are not those of what was sealed.
                    guard error.code == .damaged else { throw error }
                }
                report.show(StageProgress(done: index + 1, total: payloads.count, what: "files"))
            }
            return met
        }
        guard !met.isEmpty else { return }
        let lines = met.sorted().map { "\($0)\n" }.joined()
        try await keep(Data(lines.utf8), asList: "\(name).sha256")
    }
}
