package import Domain

/// Something in the ledger that the catalogue is rebuilt from.
package enum LedgerEvent: Sendable {
    case runStarted(Run, Seal)
    case runEnded(Run, Seal)
    case outcome(StageOutcome, Seal)
}
