/// A question by remote procedure call (ONC RPC version 2, RFC 5531) over a stream: one record of one fragment, without a
/// credential (`AUTH_NONE`).
package struct RPCCall: Hashable, Sendable {
    package var identifier: UInt32
    package var program: UInt32
    package var version: UInt32
    package var procedure: UInt32
    package var arguments: [UInt32]

    package init(
        _ program: UInt32,
        version: UInt32,
        procedure: UInt32,
        arguments: [UInt32] = [],
        identifier: UInt32 = .random(in: .min ... .max)
    ) {
        self.identifier = identifier
        self.program = program
        self.version = version
        self.procedure = procedure
        self.arguments = arguments
    }

    /// At which port a program listens over TCP: the port mapper's question 3 (RFC 1833 3.1). The answer is one number, 0
    /// where there is none.
    package static func port(of program: UInt32, version: UInt32) -> RPCCall {
        RPCCall(100_000, version: 2, procedure: 3, arguments: [program, version, 6, 0])
    }

    /// The folders that are exported: question 5 of NFS' mount protocol (RFC 1813, appendix I). Nothing is mounted.
    package static func exports(version: UInt32) -> RPCCall {
        RPCCall(mountProgram, version: version, procedure: 5)
    }

    package static let mountProgram: UInt32 = 100_005

    package var bytes: [UInt8] {
        let words = [identifier, 0, 2, program, version, procedure, 0, 0, 0, 0] + arguments
        return ([0x8000_0000 | UInt32(truncatingIfNeeded: words.count * 4)] + words).flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }
}
