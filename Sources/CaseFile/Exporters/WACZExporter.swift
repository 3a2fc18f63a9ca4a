import Domain
import Vault

/// A WACZ 1.1.1: the exchanges as WARC records with an index, for replay. It holds no file that is not sealed or made
/// from what is, so the report does not go along.
struct WACZExporter: Exporter {
    let format = "wacz"

    func write(_ job: ExportJob) throws(VaultError) -> ExportedBundle {
        let (counts, digest) = try job.contents.writeWACZ(
            to: job.output,
            title: job.title.shown,
            description: job.scope.shown,
            at: job.at,
            watch: job.watch
        )
        return ExportedBundle(counts: counts, digest: digest)
    }
}
