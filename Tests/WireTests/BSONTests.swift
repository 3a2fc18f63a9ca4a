import Testing
import Wire

@Suite struct BSONTests {
    /// `{"hello": "world"}`, the first example of bsonspec.org.
    private let hello: [UInt8] = [
        0x16, 0, 0, 0, 0x02, 0x68, 0x65, 0x6c, 0x6c, 0x6f, 0, 0x06, 0, 0, 0, 0x77, 0x6f, 0x72, 0x6c, 0x64, 0, 0,
    ]

    /// `{"BSON": ["awesome", 5.05, 1986]}`, the second.
    private let awesome: [UInt8] =
        [0x31, 0, 0, 0, 0x04] + Array("BSON".utf8) + [0, 0x26, 0, 0, 0, 0x02, 0x30, 0, 0x08, 0, 0, 0]
        + Array("awesome".utf8) + [0, 0x01, 0x31, 0, 0x33, 0x33, 0x33, 0x33, 0x33, 0x33, 0x14, 0x40, 0x10, 0x32, 0]
        + [0xc2, 0x07, 0, 0, 0, 0]

    @Test func theExamplesOfTheSpecification() throws {
        #expect(try BSONDocument(parsing: hello)["hello"] == .text("world"))
        #expect(
            try BSONDocument(parsing: awesome)["BSON"] == .list([.text("awesome"), .number(5.05), .number(1_986)])
        )
    }

    @Test func everyCutIsRefused() {
        for end in hello.indices {
            #expect(throws: BSONDocument.Fault.self) { try BSONDocument(parsing: hello[..<end]) }
        }
    }

    @Test func theLimitsHold() {
        var deep: [UInt8] = [5, 0, 0, 0, 0]
        for _ in 0..<BSONDocument.deepest + 1 {
            let inside: [UInt8] = [0x03, 0x61, 0] + deep
            let count = inside.count + 5
            deep = [UInt8(count & 0xff), UInt8(count >> 8), 0, 0] + inside + [0]
        }
        #expect(throws: BSONDocument.Fault.tooDeep) { try BSONDocument(parsing: deep) }
        #expect(throws: BSONDocument.Fault.tooLong) { try BSONDocument(parsing: [0xff, 0xff, 0xff, 0x7f, 0]) }
        let many = [UInt8](repeating: 0x0a, count: (BSONDocument.mostElements + 1) * 3)
            .enumerated().map { $0.offset % 3 == 0 ? $0.element : $0.offset % 3 == 1 ? 0x61 : 0 }
        let count = many.count + 5
        let head = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
        #expect(throws: BSONDocument.Fault.tooMany) { try BSONDocument(parsing: head + many + [0]) }
    }

    @Test func questionsAreMessages() throws {
        let question = MongoMessage.question("listDatabases", flag: "nameOnly")
        let message = try MongoMessage(parsing: question)
        #expect(message.document["listDatabases"] == .number(1))
        #expect(message.document["nameOnly"] == .truth(true))
        #expect(message.document["$db"] == .text("admin"))
        #expect(message.end == question.count)
        for end in question.indices {
            #expect(throws: MongoMessage.Fault.self) { try MongoMessage(parsing: question[..<end]) }
        }
    }
}
