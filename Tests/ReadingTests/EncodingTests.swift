import Domain
import Glibc
import Testing

@Suite struct EncodingTests {
    static let texts: [(charset: String, label: String, text: String)] = [
        ("GB18030", "GB18030", "头型偏大,请按人设缩小约10%,脖子同步调整。\n第12张跳帧,中间补两张。"),
        ("GB18030", "GB18030", "缺卡:SC088、SC089,今天18点前补交。"),
        ("UHC", "CP949", "머리형이 크므로 인물설정대로 10%정도 줄이고 목도 같이 맞추어주십시오."),
        ("UHC", "CP949", "빠진 컷: SC088. 오늘 18시전까지 보충제출할것."),
        ("CP932", "Shift_JIS (CP932)", "カット12の原画を修正してください。締め切りは明日です。"),
        ("CP1251", "CP1251", "Лошадь и её история. Книга о лошадях, часть первая."),
        ("UTF-16LE", "UTF-16LE", "SC045 背景透视与LO不合"),
        ("UTF-16BE", "UTF-16BE", "SC045 배경투시가 LO와 맞지 않음"),
        ("UTF-8", "UTF-8", "이것은 통과. 这条通过。"),
    ]

    @Test(arguments: texts.indices) func tellsTheEncoding(_ index: Int) async throws {
        let (charset, label, text) = Self.texts[index]
        let file = try await reading("note.txt", try encode(text, charset))
        #expect(file.status == .read)
        #expect(file.value("text.encoding") == label)
        #expect(file.values("text") == text.split(separator: "\n").map(String.init))
    }

    @Test func takesMarksAway() async throws {
        let wide = try await reading("note.txt", [0xff, 0xfe] + encode("返修", "UTF-16LE"))
        #expect(wide.values("text") == ["返修"])
        let narrow = try await reading("note.txt", [0xef, 0xbb, 0xbf] + Array("返修".utf8))
        #expect(narrow.values("text") == ["返修"])
    }

    @Test func saysWhatItCutOff() async throws {
        let file = try await reading("long.txt", Array(String(repeating: "line\n", count: 5000).utf8))
        #expect(file.values("text").count == 2000)
        #expect(file.value("text.cut") == "lines from 2001 on were not kept")
    }

    private func encode(_ text: String, _ charset: String) throws -> [UInt8] {
        let descriptor = try #require(iconv_open(charset, "UTF-8"))
        defer { iconv_close(descriptor) }
        var source = text.utf8.map(CChar.init(bitPattern:))
        var target = [CChar](repeating: 0, count: source.count * 4)
        var (left, room) = (source.count, target.count)
        source.withUnsafeMutableBufferPointer { input in
            target.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                _ = iconv(descriptor, &from, &left, &to, &room)
            }
        }
        try #require(left == 0)
        return target[..<(target.count - room)].map(UInt8.init(bitPattern:))
    }
}
