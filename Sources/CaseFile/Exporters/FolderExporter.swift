import Vault

/// A plain folder: the payloads as a tree of files, with SHA256SUMS and proofs.
struct FolderExporter: Exporter {
    let format = "folder"

    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle {
        try job.making { (draft) throws(VaultError) in
            let counts = try job.writeTree(to: draft)
            return ExportedBundle(counts: counts, digest: try draft.seal())
        }
    }
}
