import Testing
import Wire

@Suite struct RPCTests {
    private static func words(_ numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    }

    /// `call_body` of RFC 5531 9, and `mapping` of RFC 1833 3.1.
    @Test func aCallIsWrittenAsTheDescriptionSays() {
        var call = RPCCall.port(of: RPCCall.mountProgram, version: 3)
        call.identifier = 7
        #expect(call.bytes == Self.words([0x8000_0038, 7, 0, 2, 100_000, 2, 3, 0, 0, 0, 0, 100_005, 3, 6, 0]))
        #expect(RPCCall.exports(version: 3).bytes.count == 44)
    }

    private static let answer = words([0x8000_001c, 7, 1, 0, 0, 0, 0, 2_049])

    @Test func anAnswerIsReadAndEveryCutIsUnfinished() throws {
        let reply = try RPCReply(parsing: Self.answer)
        #expect(reply.identifier == 7 && reply.results == [0, 0, 8, 1] && reply.end == 32)
        for end in Self.answer.indices {
            #expect(throws: RPCReply.Fault.unfinished) { try RPCReply(parsing: Self.answer[..<end]) }
        }
    }

    @Test func refusalsHaveNoResults() throws {
        #expect(try RPCReply(parsing: Self.words([0x8000_0014, 7, 1, 1, 1, 5])).results == nil)
        #expect(try RPCReply(parsing: Self.words([0x8000_0018, 7, 1, 0, 0, 0, 3])).results == nil)
    }

    @Test func theLimitsHold() {
        #expect(throws: RPCReply.Fault.notRPC) { try RPCReply(parsing: [0xff, 0xff, 0xff, 0xff]) }
        let empty = [UInt8](repeating: 0, count: 4 * (RPCReply.mostFragments + 1))
        #expect(throws: RPCReply.Fault.notRPC) { try RPCReply(parsing: empty) }
        #expect(throws: RPCReply.Fault.notRPC) {
            try RPCReply(parsing: Self.words([0x8000_0018, 7, 1, 0, 0, 4_000_000_000, 0]))
        }
        let many = (0...NFSExports.most).flatMap { _ in Self.words([1, 1, 0x6100_0000, 0]) }
        #expect(throws: NFSExports.Fault.tooMany) { try NFSExports(parsing: many) }
        #expect(throws: NFSExports.Fault.cut) { try NFSExports(parsing: Self.words([1, NFSExports.longestPath + 1])) }
        #expect(throws: NFSExports.Fault.cut) {
            try NFSExports(parsing: Self.words([1, 1, 0x6100_0000, 1, NFSExports.longestName + 1]))
        }
    }

    @Test func whoIsMeantByEveryone() throws {
        let list = Self.words([1, 1, 0x6100_0000, 0, 1, 1, 0x6200_0000, 1, 1, 0x2a00_0000, 0, 1, 1, 0x6300_0000, 1, 1])
        let exports = try NFSExports(parsing: list + Self.words([0x6400_0000, 0, 0])).exports
        #expect(exports.map(\.path) == [[0x61], [0x62], [0x63]])
        #expect(exports.map(\.isForEveryone) == [true, true, false])
    }
}
