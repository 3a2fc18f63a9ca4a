import Domain
import Scope
import Vault

/// What all the asking of one walk shares.
struct Asking: Sendable {
    let gate: Gate
    let vault: Vault
    let patience: Patience
    let limits: CollectLimits
    let waits: WaitBudget
    let taken = BytesTaken()
    let early = EarlyPost()

    init(gate: Gate, vault: Vault, patience: Patience, limits: CollectLimits) {
        (self.gate, self.vault, self.patience, self.limits) = (gate, vault, patience, limits)
        waits = WaitBudget(patience.budget)
    }

    /// How the source is asked, by the scheme of its base; `format` is that of the base's listing in the last run.
    ///
    /// This is the one place where a further kind of source is named.
    func access(to source: Source, format: String?) -> any SourceAccess {
        switch source.base.scheme {
        case .ftp: FTPAccess(self, to: source)
        default: WebAccess(self, to: source, format: format)
        }
    }
}
