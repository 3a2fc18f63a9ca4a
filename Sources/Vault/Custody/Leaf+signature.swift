import Domain

/// The word of the ledger's key on one leaf, beside the checkpoint that will cover it.
///
/// Leaves wait for their checkpoint in a file that anyone who may write to the folder can change. What decides over bytes
/// must not be believed on that ground.
extension Leaf {
    private static let signature = "signature"

    /// All that the leaf says, less where it and its record stand.
    private func line() throws(VaultError) -> String {
        var leaf = self
        leaf.number = 0
        (leaf.record, leaf.place, leaf.block, leaf.payload, leaf.checkpoint) = (nil, nil, nil, nil, nil)
        leaf.facts?[Self.signature] = nil
        return "ajar \(kind.rawValue) \(Digest(of: try leaf.encoded()))"
    }

    mutating func sign(with key: SigningKey) throws(VaultError) {
        let signature = try key.signature(ofLine: try line())
        facts = (facts ?? [:]).merging([Self.signature: signature]) { _, new in new }
    }

    func isSigned(by key: VerifyingKey?) -> Bool {
        guard let key, let signature = facts?[Self.signature], let line = try? line() else { return false }
        return key.signed(line: line, signature)
    }
}
