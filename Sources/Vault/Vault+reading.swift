package import Domain

extension Vault {
    package func contains(_ payload: Digest) -> Bool { index[payload] != nil }

    /// The payload's length in bytes; nil when it was never sealed.
    package func length(of payload: Digest) -> UInt64? { index[payload]?.length }

    /// Opens a payload, wherever and however often it was sealed.
    package func open(payload: Digest) throws(VaultError) -> PayloadReader {
        if let withholding = withheld[payload] {
            throw VaultError(.withheld, "open payload \(payload): \(withholding.sentence)")
        }
        guard let location = index[payload] else { throw VaultError(.unknown, "open payload \(payload)") }
        return try reader.payload(payload, at: location)
    }

    /// Hands over a payload line by line, without their ends, until `body` gives false. A line of more than `limit` bytes is
    /// `tooLong`. False where the payload does not end with a line's end.
    package func lines(
        of payload: Digest,
        upTo limit: Int,
        _ body: ([UInt8]) throws -> Bool
    ) throws -> Bool {
        let reader = try open(payload: payload)
        var rest: [UInt8] = []
        while let block = try reader.next(upTo: 1 << 18) {
            var start = block.startIndex
            while let end = block[start...].firstIndex(of: UInt8(ascii: "\n")) {
                guard try body(rest + block[start..<end]) else { return true }
                rest = []
                start = end + 1
            }
            rest += block[start...]
            guard rest.count <= limit else {
                throw VaultError(.tooLong, "read a line of payload \(payload) into \(limit) bytes")
            }
        }
        return rest.isEmpty
    }

    /// A whole payload, checked; `tooLong` when it has more than `limit` bytes.
    package func bytes(of payload: Digest, upTo limit: Int) throws(VaultError) -> [UInt8] {
        guard let length = length(of: payload) else { throw VaultError(.unknown, "open payload \(payload)") }
        guard length <= UInt64(limit) else {
            throw VaultError(.tooLong, "read payload \(payload) of \(length) bytes into \(limit)")
        }
        let payload = try open(payload: payload)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(length))
        while let piece = try payload.next(upTo: 1 << 20) { bytes += piece }
        return bytes
    }

    /// The WARC record that a seal stands for, from its version line to the empty lines that end it.
    package func record(at seal: Seal) throws(VaultError) -> [UInt8] {
        let leaf = try files.leaf(seal.leaf)
        guard let place = leaf.place, leaf.record == seal.record else {
            throw VaultError(.unknown, "find the record of leaf \(seal.leaf)")
        }
        return try reader.record(at: place)
    }
}
