/// Reads a payload from its start to its end, piece by piece.
package final class PayloadReader {
    private var bytes: ArraySlice<UInt8>

    init(bytes: [UInt8]) {
        self.bytes = bytes[...]
    }

    /// The next bytes, at most `limit`; nil at the end.
    package func next(upTo limit: Int) throws(VaultError) -> [UInt8]? {
        guard !bytes.isEmpty else { return nil }
        defer { bytes = bytes.dropFirst(limit) }
        return Array(bytes.prefix(limit))
    }
}
