import Domain
import Glibc
import Identify
import Testing

@Suite struct DecodedNameTests {
    @Test(arguments: [
        ("第3集_镜头12_修改2.jpg", "GB18030"), ("猫_第05话_C088_原画_返修.clip", "GB18030"), ("港湾物语/参考资料/灯塔.png", "GB18030"),
        ("原画", "GB18030"), ("3화12컷수정.psd", "CP949"), ("고양이/제5화_컷088_원화.psd", "CP949"), ("작감수정", "CP949"),
        ("第05話_カット088_原画.psd", "CP932"), ("レイアウト", "CP932"), ("лошади.pdf", "windows-1251"),
        ("Книга о лошадях.pdf", "windows-1251"),
    ]) func guessesTheEncoding(text: String, encoding: String) throws {
        let bytes = try #require(encode(text, as: encoding))
        #expect(DecodedName(PathName(bytes: bytes)).text == text)
        #expect(DecodedName(PathName(bytes: bytes)).encoding == encoding)
    }

    @Test(arguments: [
        "INV_S3E05.psd", "第3集.jpg", "3화.psd", "Málaga.txt", "Çüé.txt", "лошади.pdf", "naïve café.png", "100%.txt",
    ])
    func believesUTF8(text: String) {
        let name = DecodedName(PathName(bytes: text.utf8))
        #expect(name.text == text)
        #expect(name.encoding == "UTF-8")
    }

    @Test(arguments: ["windows-1252", "CP437"]) func undoesMojibake(page: String) throws {
        for text in ["第3集_镜头12_修改2.jpg", "原画_返修"] {
            let bytes = try #require(encode(text, as: "GB18030"))
            guard let shown = decode(bytes, as: page) else { continue }
            let name = DecodedName(PathName(bytes: shown.utf8))
            #expect(name.text == text)
            #expect(name.encoding.hasPrefix("GB18030, shown as "))
        }
    }

    @Test func readsEachPartOfAMixedPath() throws {
        for (file, page) in [("灯笼狐_第05话_C040_二原.jpg", "GB18030"), ("고양이_컷088_원화.psd", "CP949")] {
            let bytes = try #require(encode(file, as: page))
            let name = DecodedName(PathName(bytes: Array("灯笼狐/第05集/a/".utf8) + bytes))
            #expect(name.text == "灯笼狐/第05集/a/\(file)")
            #expect(name.encoding == "UTF-8 and \(page)")
        }
        let broken = DecodedName(PathName(bytes: Array("灯笼狐/".utf8) + [0xff, 0xfe, 0x80]))
        #expect(broken.encoding == "unknown")
    }

    @Test func undoesASecondPercentEncoding() throws {
        let bytes = try #require(encode("第3集_镜头12.jpg", as: "GB18030"))
        let gbk = DecodedName(PathName(bytes: PathName(bytes: bytes).description.utf8))
        #expect(
            gbk == DecodedName(PathName(bytes: PathName(bytes: gbk.text.utf8).description.utf8)).renamed(gbk.encoding)
        )
        #expect(gbk.text == "第3集_镜头12.jpg")
        #expect(gbk.encoding == "GB18030, percent-encoded")
    }

    @Test func keepsWhatNobodyWrites() {
        let name = DecodedName(PathName(bytes: [0xff, 0xfe, 0x80, 0x41]))
        #expect(name.encoding == "unknown")
        #expect(name.text == "\\xff\\xfe\\x80A")
    }

    @Test func cutsLongNamesAtACharacter() {
        let name = DecodedName(PathName(bytes: Array(repeating: Array("画".utf8), count: 5000).joined()))
        #expect(name.encoding == "UTF-8")
        #expect(name.text.utf8.count <= DecodedName.lengthLimit)
    }
}

extension DecodedName {
    fileprivate func renamed(_ encoding: String) -> DecodedName {
        var copy = self
        copy.encoding = encoding
        return copy
    }
}

/// The C library's converter the other way, so that the tests need no table of their own.
private func convert(_ bytes: [UInt8], from: String, to: String) -> [UInt8]? {
    guard let converter = iconv_open(to, from), converter != UnsafeMutableRawPointer(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map(CChar.init(bitPattern:))
    var output = [CChar](repeating: 0, count: bytes.count * 6 + 16)
    let room = output.count
    let written: Int? = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var (from, to, left, free) = (source.baseAddress, target.baseAddress, source.count, room)
            return iconv(converter, &from, &left, &to, &free) == Int(bitPattern: UInt.max) ? nil : room - free
        }
    }
    return written.map { output[..<$0].map(UInt8.init(bitPattern:)) }
}

func encode(_ text: String, as encoding: String) -> [UInt8]? { convert(Array(text.utf8), from: "UTF-8", to: encoding) }

private func decode(_ bytes: [UInt8], as encoding: String) -> String? {
    convert(bytes, from: encoding, to: "UTF-8").flatMap { String(validating: $0, as: UTF8.self) }
}
