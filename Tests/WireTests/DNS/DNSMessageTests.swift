import Domain
import Testing
import Wire

@Suite struct DNSMessageTests {
    private func header(answers: UInt8 = 0, code: UInt8 = 0) -> [UInt8] {
        [0x12, 0x34, 0x84, code, 0, 1, 0, answers, 0, 0, 0, 0]
    }

    private let question: [UInt8] = [3] + Array("www".utf8) + [4] + Array("test".utf8) + [0, 0, 1, 0, 1]

    private func record(_ type: UInt16, _ data: [UInt8], owner: [UInt8] = [0xc0, 12]) -> [UInt8] {
        owner + [UInt8(type >> 8), UInt8(type & 255), 0, 1, 0, 0, 1, 44, 0, UInt8(data.count)] + data
    }

    @Test func writesAndReadsAQuestion() throws {
        let asked = DNSQuestion(try #require(DNSName("www.test")), .a, wantsRecursion: true)
        let bytes = asked.message(id: 0x1234)
        #expect(bytes == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + question)
        let message = try DNSMessage(parsing: bytes)
        #expect(!message.isReply)
        #expect(message.questions.first?.name == asked.name)
    }

    @Test func readsRecordsAndPointers() throws {
        let bytes =
            header(answers: 4) + question + record(1, [127, 0, 0, 1])
            + record(5, [1, 0x61, 0xc0, 12]) + record(15, [0, 10, 0xc0, 16]) + record(1, [1, 2, 3])
        let message = try DNSMessage(parsing: bytes)
        #expect(message.isReply && message.isAuthoritative)
        #expect(message.answers.map(\.data) == ["127.0.0.1", "a.www.test.", "10 test.", "\\# 3 010203"])
        #expect(message.answers.allSatisfy { $0.owner == DNSName("www.test") && $0.timeToLive == 300 })
    }

    @Test(
        arguments: [
            // To itself, forward, in a circle of two, into the header's bytes that never end.
            [0xc0, 28], [0xc0, 200], [1, 0x61, 0xc0, 28], [0xc0, 30, 0xc0, 28], [0x80, 1], [0x40, 1],
        ] as [[UInt8]]
    )
    func refusesBadNames(owner: [UInt8]) {
        let bytes = header(answers: 1) + Array(question.dropLast(0)) + record(1, [1, 2, 3, 4], owner: owner)
        #expect(throws: DNSMessage.Fault.self) { try DNSMessage(parsing: bytes) }
    }

    @Test func everyCutIsShort() throws {
        let bytes = header(answers: 2) + question + record(1, [127, 0, 0, 1]) + record(16, [3, 1, 2, 3, 0])
        #expect(try DNSMessage(parsing: bytes).answers.count == 2)
        for count in 0..<bytes.count {
            #expect(throws: DNSMessage.Fault.self) { try DNSMessage(parsing: bytes.prefix(count)) }
        }
    }

    @Test func everyByteMayLie() {
        let bytes =
            header(answers: 3) + question + record(6, [0xc0, 12, 0xc0, 16] + Array(repeating: 7, count: 20))
            + record(33, [0, 1, 0, 2, 0, 21, 0xc0, 12]) + record(257, [0, 1, 0x61, 0x62])
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 63, 64, 0xc0, 0xff] {
                var changed = bytes
                changed[index] = value
                // Either reading or a fault; never a trap.
                _ = try? DNSMessage(parsing: changed)
            }
        }
    }

    @Test func manyRecordsAreRefused() {
        var bytes = header()
        (bytes[6], bytes[7]) = (0xff, 0xff)
        #expect(throws: DNSMessage.Fault.tooManyRecords) { try DNSMessage(parsing: bytes + question) }
    }

    @Test func longPointerChainsAreRefused() throws {
        // Names hidden in one record's data, each a label and a pointer to the one before.
        let start = 12 + question.count + 12
        func message(chain length: Int) -> [UInt8] {
            var chain: [UInt8] = []
            var previous = 12
            for _ in 0..<length {
                let place = start + chain.count
                chain += [1, 0x61, 0xc0 | UInt8(previous >> 8), UInt8(previous & 255)]
                previous = place
            }
            let owner = [0xc0 | UInt8(previous >> 8), UInt8(previous & 255)]
            return header(answers: 2) + question + record(10, chain) + record(1, [1, 2, 3, 4], owner: owner)
        }
        #expect(try DNSMessage(parsing: message(chain: 30)).answers[1].owner.labels.count == 32)
        #expect(throws: DNSMessage.Fault.badName) { try DNSMessage(parsing: message(chain: 40)) }
    }
}
