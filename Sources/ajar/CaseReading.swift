import Catalogue
import Domain
import Foundation
import Vault

/// Opens a case for commands that only look: they may run while a stage is at work.
enum CaseReading {
    static func catalogue(of options: CaseOptions) throws -> Catalogue {
        let folder = try CaseFolder.find(options.folder)
        guard FileManager.default.fileExists(atPath: folder.catalogue) || !folder.hasSealed else {
            // An empty catalogue would say that nothing was ever found.
            throw Complaint(
                .noInput,
                "the catalogue \(folder.catalogue) is not there; `ajar verify --rebuild` makes it anew from the vault"
            )
        }
        return try folder.openCatalogue(Configuration.load(folder.configuration))
    }

    static func vault(of options: CaseOptions) async throws -> Vault {
        let folder = try CaseFolder.find(options.folder)
        let store = try folder.objectStore(Configuration.load(folder.configuration))
        let vault = try await Vault.openReadOnly(at: folder.vault, store: store)
        for finding in vault.findings {
            ProgressReport.write("ajar: \(PathName(bytes: "vault/\(finding.line)".utf8).display)\n")
        }
        return vault
    }
}

extension CaseFolder {
    /// The catalogue, with what the settings say of days.
    func openCatalogue(_ configuration: Configuration) throws -> Catalogue {
        var catalogue = try Catalogue(path: catalogue)
        catalogue.holidays = Set(configuration.holidays.compactMap { Day($0) })
        return catalogue
    }
}
