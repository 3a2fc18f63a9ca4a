/// Which requests change what lies on a server.
enum LogMethod {
    private static let writes: [[UInt8]] = [
        "POST", "PUT", "DELETE", "PATCH", "MKCOL", "MOVE", "COPY", "PROPPATCH",
    ].map { Array("\($0) ".utf8) }

    /// Reads the method of `METHOD target version`. What is no request at all, such as TLS sent to a plain port, writes nothing.
    static func isWrite(_ request: Span<UInt8>) -> Bool {
        guard request.count > 5 else { return false }
        // Nearly all are GET and HEAD: one look decides.
        guard request[0] != UInt8(ascii: "G"), request[0] != UInt8(ascii: "H") else { return false }
        return request.withUnsafeBufferPointer { bytes in writes.contains { bytes.starts(with: $0) } }
    }
}
