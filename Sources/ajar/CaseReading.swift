import Catalogue
import Foundation
import Vault

/// Opens a case for commands that only look: they may run while a stage is at work.
enum CaseReading {
    static func catalogue(of options: CaseOptions) throws -> Catalogue {
        let folder = try CaseFolder.find(options.folder)
        return try Catalogue(path: folder.catalogue)
    }

    static func vault(of options: CaseOptions) async throws -> Vault {
        let folder = try CaseFolder.find(options.folder)
        return try await Vault.openReadOnly(at: folder.vault)
    }
}
