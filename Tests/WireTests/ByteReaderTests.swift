import Testing
import Wire

@Suite struct ByteReaderTests {
    @Test func readsInNetworkOrder() throws {
        var reader = ByteReader([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])
        #expect(try reader.readUInt8() == 1)
        #expect(try reader.readUInt16() == 0x0203)
        #expect(try reader.readUInt24() == 0x040506)
        #expect(try reader.readUInt32() == 0x0708_090a)
        #expect(try reader.readUInt64() == 0x0b0c_0d0e_0f10_1112)
        #expect(reader.isAtEnd)
    }

    @Test func staysWhereItWasOnAShortage() throws {
        var reader = ByteReader([1, 2, 3], at: 1)
        #expect(throws: ByteReader.Shortage.self) { try reader.readUInt32() }
        #expect(throws: ByteReader.Shortage.self) { try reader.readBytes(-1) }
        #expect(throws: ByteReader.Shortage.self) { try reader.skip(.max) }
        #expect(try reader.readUInt16() == 0x0203)
        #expect(throws: ByteReader.Shortage.self) { try reader.readUInt8() }
        #expect(ByteReader([1, 2, 3], at: 2, upTo: 1).remaining == 0)
    }

    @Test func readsLines() {
        var reader = ByteReader("a\r\nb\n\nrest".utf8)
        #expect(reader.readLine() == [0x61])
        #expect(reader.readLine() == [0x62])
        #expect(reader.readLine() == [])
        #expect(reader.readLine() == nil)
        #expect(reader.remaining == 4)
        var long = ByteReader(Array(repeating: 0x61, count: 100) + [0x0a])
        #expect(long.readLine(upTo: 100) == nil)
    }
}
