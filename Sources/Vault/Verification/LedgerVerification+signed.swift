import Domain

extension LedgerVerification {
    /// Holds the checkpoints that were kept against those that the leaves name: the first leaf behind a checkpoint has its
    /// SHA-256. `named` is what sound leaves say, by the leaf's number, which is the checkpoint's size.
    mutating func verifySigned(_ named: [UInt64: Digest]) throws(VaultError) {
        let kept = Set(try signedBefore().map(\.size))
        for (size, digest) in named.sorted(by: { $0.key < $1.key }) {
            verifyKept(size, digest, isThere: kept.contains(size))
        }
        guard let first = named.keys.min() else {
            if size > 1 { remarks.append("the ledger does not record which checkpoints were signed: \(Self.unmissed)") }
            return
        }
        if first > 1 {
            remarks.append("which checkpoints were signed is not recorded before leaf \(first): \(Self.unmissed)")
        }
        if let last = checkpoint?.size, !kept.contains(last), named[last] == nil {
            addMissing(last, "the last one signed")
        }
        for size in kept.sorted() where size > first && size < self.size && named[size] == nil && !isNamed(size) {
            // A leaf that is lost cannot name it; that it is lost is a fault of its own.
            guard try leaves(from: size).first?.map({ !$0.isEmpty }) == true, !isBeingWritten else { continue }
            let what = "is signed by the ledger's key, and leaf \(size) does not know of it"
            add(file(size), what, "nothing: it was added, or signed outside the ledger's order", "all leaves")
        }
    }

    private static let unmissed = "one that was taken away from there would not be missed"

    private func file(_ size: UInt64) -> String { "\(LedgerWriter.historyName)/\(size)" }

    /// Whether something is wrong with it by itself; that is then all that is said.
    private func isNamed(_ size: UInt64) -> Bool { faults.contains { $0.file == "ledger/\(file(size))" } }

    private mutating func verifyKept(_ size: UInt64, _ digest: Digest, isThere: Bool) {
        guard isThere else { return addMissing(size, "leaf \(size) says that it was signed") }
        guard !isNamed(size), let bytes = try? folder.read(file(size)), Digest(of: bytes) != digest else { return }
        let what = "is not the checkpoint that leaf \(size) says was signed"
        add(file(size), what, "what was signed at that time", "all leaves")
    }

    private mutating func addMissing(_ size: UInt64, _ why: String) {
        let affects = "the proof that the first \(size) leaves were signed for then, and time-stamps over it"
        add(file(size), "is not there; \(why)", affects, "the leaves, by later checkpoints")
    }
}
