import Domain
import Vault

/// A bag (BagIt 1.0, RFC 8493) whose payload is the plain folder.
struct BagItExporter: Exporter {
    let format = "bagit"

    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle {
        try job.making(payload: "data/") { (draft) throws(VaultError) in
            let counts = try job.writeTree(to: draft)
            let digest = try draft.writeBag(info: [
                ("Bag-Software-Agent", "ajar/\(ajarVersion)"),
                ("Bagging-Date", "\(job.at.day)"),
                ("External-Description", "\(job.title.shown): \(job.scope.shown)"),
                ("External-Identifier", "\(job.contents.checkpoint.origin) \(job.contents.checkpoint.size)"),
            ])
            return ExportedBundle(counts: counts, digest: digest)
        }
    }
}
