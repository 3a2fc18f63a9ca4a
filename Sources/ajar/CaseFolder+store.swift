import Foundation
import Vault

extension CaseFolder {
    /// The store that the settings name; nil when they name none. Credentials are looked for only when it is asked
    /// something: in the file that the settings name, else in the environment.
    func objectStore(_ configuration: Configuration) throws -> ObjectStore? {
        guard var settings = configuration.store else { return nil }
        settings.certificates = settings.certificates.map { CaseFolder.absolute($0) }
        let file = settings.credentials.map { CaseFolder.absolute($0) }
        if let file, file.hasPrefix(path + "/") {
            throw Complaint(
                .configuration,
                "\(self.configuration): credentials do not lie in the case: it is given away"
            )
        }
        let profile = settings.profile ?? "default"
        return try ObjectStore(settings) { () throws(VaultError) in
            guard let file else { return try Self.credentialsOfEnvironment() }
            return try Self.credentials(in: file, profile)
        }
    }

    private static func credentials(in file: String, _ profile: String) throws(VaultError) -> StoreCredentials {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw VaultError(.unreachable, "read the credentials for the store", path: file)
        }
        guard let credentials = StoreCredentials(file: Array(bytes), profile: profile) else {
            throw VaultError(.unreachable, "find access keys for the store in section [\(profile)]", path: file)
        }
        return credentials
    }

    private static func credentialsOfEnvironment() throws(VaultError) -> StoreCredentials {
        let environment = ProcessInfo.processInfo.environment
        guard let id = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"],
            !id.isEmpty, !secret.isEmpty
        else {
            let names = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or `credentials` in [store]"
            throw VaultError(.unreachable, "ask the store without access keys: set \(names)")
        }
        let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return StoreCredentials(accessKeyID: id, secretKey: secret, sessionToken: token)
    }
}

extension Configuration {
    /// The vault's limits by these settings.
    var vaultLimits: VaultLimits {
        var limits = VaultLimits()
        if let size = store?.segment { limits.segmentBytes = UInt64(size) << 20 }
        return limits
    }
}
