import Crypto
import Domain

/// Reading again what the listings show unchanged.
extension Mirror {
    private static let secondsOfDay: Int64 = 86_400

    /// Whether an unchanged file is read again: true where it was drawn, false where its last reading is too long ago.
    mutating func isAudited(_ known: KnownEntry) -> Bool? {
        guard job.level != .observe, let readAt = known.version?.readAt else { return nil }
        audit.files += 1
        if started >= readAt.adding(seconds: Int64(audit.rereadAfterDays) * Self.secondsOfDay) { return false }
        // The share is one of a day, however often is looked: half a day on either side counts as one.
        let days = (started.seconds - known.seen.seconds + Self.secondsOfDay / 2) / Self.secondsOfDay
        let probability = audit.probability(after: Int(clamping: days))
        guard probability > 0, draw(known.path) < probability else { return nil }
        return true
    }

    /// A number from 0 to 1 that the run's salt and the path decide: a job that goes on draws the same files.
    private func draw(_ path: PathName) -> Double {
        var hash = SHA256()
        withUnsafeBytes(of: job.salt.littleEndian) { hash.update(bufferPointer: $0) }
        hash.update(data: path.bytes)
        let number = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Double(number >> 11) / Double(UInt64(1) << 53)
    }

    mutating func noteAudit(isDrawn: Bool, isChanged: Bool) {
        counts.reread += 1
        if isDrawn { audit.drawn += 1 } else { audit.overdue += 1 }
        guard isChanged else { return }
        audit.changed += 1
        if isDrawn { audit.drawnChanged += 1 }
    }
}
