import Domain
import FoundationEssentials
import Glibc

/// Why the conversation with the parent ended.
enum ChannelError: Error {
    case closed
    case malformed(String)
}

/// The frames between this process and its parent, on two descriptors that were open before confinement.
struct FrameChannel {
    let input: Int32
    let output: Int32

    /// Standard input, and a copy of standard output; standard output itself then goes to standard error, so that a library
    /// that prints cannot break the protocol.
    static func overStandardStreams() -> FrameChannel {
        let output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        return FrameChannel(input: STDIN_FILENO, output: output)
    }

    /// The next request and its file, or nil at the end of the conversation.
    func receive() throws -> (request: ReaderRequest, file: HeldFile)? {
        var prefix = [UInt8](repeating: 0, count: ReaderFrame.length)
        guard try prefix.withUnsafeMutableBytes({ try fill($0, endIsFine: true) }) else { return nil }
        guard let frame = ReaderFrame(bytes: prefix), frame.header <= ReaderProtocol.headerLimit,
            frame.body <= ReaderProtocol.fileLimit
        else { throw ChannelError.malformed("a length beyond the protocol's limit") }
        var header = [UInt8](repeating: 0, count: Int(frame.header))
        try header.withUnsafeMutableBytes { _ = try fill($0, endIsFine: false) }
        let request = try JSONDecoder().decode(ReaderRequest.self, from: Data(header))
        let file = HeldFile(capacity: Int(frame.body))
        try file.withMutableBytes { _ = try fill($0, endIsFine: false) }
        return (request, file)
    }

    func send(_ header: some Encodable, body: [UInt8] = []) throws {
        let encoded = try JSONEncoder().encode(header)
        let frame = ReaderFrame(header: UInt32(encoded.count), body: UInt64(body.count))
        for part in [frame.bytes, Array(encoded), body] {
            try part.withUnsafeBytes { try drain($0) }
        }
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, endIsFine: Bool) throws -> Bool {
        var filled = 0
        while filled < buffer.count {
            let count = read(input, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            if count == 0, endIsFine, filled == 0 { return false }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ChannelError.closed }
            filled += count
        }
        return true
    }

    private func drain(_ buffer: UnsafeRawBufferPointer) throws {
        var written = 0
        while written < buffer.count {
            let count = write(output, buffer.baseAddress.map { $0 + written }, buffer.count - written)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw ChannelError.closed }
            written += count
        }
    }
}
