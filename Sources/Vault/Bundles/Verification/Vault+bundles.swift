package import Domain
import Glibc

extension Vault {
    /// Verifies a bundle by itself: no case, no network. Throws `missing` for what is no bundle.
    package static func verify(
        bundle path: String,
        progress: @escaping @Sendable (StageProgress) -> Void = { _ in }
    ) async throws(VaultError) -> BundleReport {
        try await blocking { () throws(VaultError) in
            var status = stat()
            guard lstat(path, &status) == 0 else { throw VaultError.last("verify a bundle", path) }
            if status.st_mode & S_IFMT == S_IFREG {
                return try WACZVerification.run(path, progress: progress)
            }
            let folder = Folder(path)
            if folder.has(BagFiles.declaration) { return try BagVerification.run(folder, progress: progress) }
            guard status.st_mode & S_IFMT == S_IFDIR, folder.has(BundleDraft.sumsName) || folder.has("proof") else {
                throw VaultError(.missing, "find a bundle", path: path)
            }
            var verification = FolderVerification(folder, report: BundleReport(format: "folder"), progress: progress)
            try verification.run()
            return verification.report
        }
    }
}
