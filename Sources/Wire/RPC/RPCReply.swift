/// The answer to a remote procedure call over a stream (RFC 5531 9 and 11).
package struct RPCReply: Hashable, Sendable {
    /// Why bytes are no such answer.
    package enum Fault: Error, Hashable, Sendable {
        case unfinished
        case notRPC
    }

    /// Bytes of one answer, all its fragments together.
    package static let longest = 256 * 1_024
    /// Fragments of one answer; empty ones would never end.
    package static let mostFragments = 64
    /// Bytes of the server's own proof of who it is (RFC 5531 8.2).
    private static let longestVerifier: UInt32 = 400

    package var identifier: UInt32
    /// What the procedure gave; nil where the call was refused, or the program or procedure is not there.
    package var results: [UInt8]?
    /// Where the answer ends in the bytes.
    package var end: Int

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var reader = ByteReader(Array(bytes))
        var record: [UInt8] = []
        var isLast = false
        var fragments = 0
        while !isLast {
            let (fragment, last) = try Self.fragment(&reader, after: record.count)
            record += fragment
            isLast = last
            fragments += 1
            guard fragments <= Self.mostFragments else { throw .notRPC }
        }
        end = reader.position
        do throws(ByteReader.Shortage) {
            var body = ByteReader(record)
            identifier = try body.read()
            let kind: UInt32 = try body.read()
            let isDenied: UInt32 = try body.read()
            guard kind == 1, isDenied <= 1 else { throw ByteReader.Shortage(wanted: 0, left: 0) }
            guard isDenied == 0 else {
                results = nil
                return
            }
            try body.skip(4)
            let length: UInt32 = try body.read()
            guard length <= Self.longestVerifier else { throw ByteReader.Shortage(wanted: 0, left: 0) }
            try body.skip((Int(length) + 3) / 4 * 4)
            let status: UInt32 = try body.read()
            results = status == 0 ? Array(body.rest) : nil
        } catch {
            throw .notRPC
        }
    }

    private static func fragment(_ reader: inout ByteReader, after count: Int) throws(Fault) -> ([UInt8], Bool) {
        let head: UInt32
        do throws(ByteReader.Shortage) { head = try reader.read() } catch { throw .unfinished }
        let length = Int(head & 0x7fff_ffff)
        guard length <= longest - count else { throw .notRPC }
        do throws(ByteReader.Shortage) {
            return (Array(try reader.readBytes(length)), head & 0x8000_0000 != 0)
        } catch {
            throw .unfinished
        }
    }
}
