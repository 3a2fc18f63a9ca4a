import Domain

extension VaultLayout {
    /// What can be told at once, without reading them, of the segments that sealed bytes lie in, and of the vault's form.
    func findings(
        _ ends: [UInt32: UInt64],
        in store: SegmentStore,
        madeBy created: Leaf?
    ) -> [VerificationReport.Fault] {
        var findings: [VerificationReport.Fault] = []
        if let created, let remark = Self.remark(onFormatOf: created) {
            let affects = "what only a later version understands"
            findings.append(.init(file: "ledger", leaf: 0, what: remark, affects: affects, sound: "all else"))
        }
        for (number, end) in ends.sorted(by: { $0.key < $1.key }) {
            // What the store has is not asked for here: a case opens without a network.
            if store.stored[number] != nil, !store.isLocal(number) { continue }
            if let what = fault(with: number, end: end, in: store) {
                let file = "segments/\(Segment.name(number))"
                let affects = "the records that lie there"
                findings.append(.init(file: file, what: what, affects: affects, sound: "all other records"))
            }
        }
        return findings
    }

    private func fault(with segment: UInt32, end: UInt64, in store: SegmentStore) -> String? {
        do throws(VaultError) {
            let size = try store.file(segment).size()
            return size < end ? "ends at byte \(size), and \(end - size) bytes that were sealed lie behind that" : nil
        } catch {
            return error.code == .missing ? "is not there" : "cannot be read: \(error)"
        }
    }

    /// What to say of a vault that a later version made; nil when this version knows its form.
    static func remark(onFormatOf created: Leaf) -> String? {
        guard let format = created.facts?["format"], Int(format).map({ $0 > Self.format }) ?? true else { return nil }
        let tool = created.facts?["tool"] ?? "something unknown"
        return "the vault has the form \(format.prefix(20)), which only a later version knows (\(tool.prefix(60)))"
    }

    /// Throws where sealing would be done in a form that this version does not know.
    func checkFormat(of created: Leaf) throws(VaultError) {
        guard let remark = Self.remark(onFormatOf: created) else { return }
        throw VaultError(.tooNew, "seal where \(remark)", path: root.path)
    }

    /// Whether a process has the vault open for writing just now.
    var isLocked: Bool {
        // A vault whose lock cannot be opened has no writer.
        guard let lock = try? OpenFile(self.lock, for: .reading) else { return false }
        guard lock.lock() else { return true }
        lock.unlock()
        return false
    }
}
