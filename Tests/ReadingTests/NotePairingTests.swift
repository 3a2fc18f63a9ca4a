import Domain
import Reading
import Testing

@Suite struct NotePairingTests {
    private let tool = Tool(name: "test", version: "1")

    private func line(_ text: String, x: Int, y: Int, width: Int = 300, height: Int = 20) -> Reading {
        Reading(
            predicate: "text",
            value: text,
            language: ScriptCount(text).language,
            region: Region(x: x, y: y, width: width, height: height),
            tool: tool
        )
    }

    private func cell(_ text: String, _ place: String) -> Reading {
        Reading(predicate: "sheet.cell", value: text, language: ScriptCount(text).language, place: place, tool: tool)
    }

    /// A reader that a file took over may say that.
    @Test(arguments: [
        Region(x: 0, y: .max, width: 10, height: .max), Region(x: .min, y: .min, width: .max, height: .max),
        Region(x: 0, y: 0, width: -3, height: -3), Region(x: .max, y: 0, width: 1, height: 20),
    ])
    func impossibleRegionsPairWithNothing(region: Region) {
        var (note, translation) = (line("爆炸太慢", x: 0, y: 0), line("폭발이 너무 느림", x: 0, y: 22))
        note.region = region
        #expect(NotePairing.pairs(in: [note, translation]).isEmpty)
        translation.region = region
        #expect(NotePairing.pairs(in: [note, translation]).isEmpty)
    }

    @Test func impossibleLineNumbersAreNone() {
        var (note, translation) = (line("爆炸太慢", x: 0, y: 0), line("폭발이 너무 느림", x: 0, y: 0))
        (note.region, translation.region) = (nil, nil)
        (note.place, translation.place) = ("line \(Int.min)", "line \(Int.max)")
        #expect(NotePairing.pairs(in: [note, translation]).count == 1)
    }

    @Test func endlessLinesAreNotComparedWithEachOther() {
        let lines = (0..<20_000).flatMap { [line("爆炸太慢", x: 0, y: $0), line("폭발이", x: 0, y: $0 + 22)] }
        #expect(NotePairing.pairs(in: lines).count <= 500)
    }

    @Test func pairsTheLineBelow() {
        let pairs = NotePairing.pairs(in: [
            line("爆炸太慢,整体压缩到18格。", x: 100, y: 100), line("폭발이 너무 느림. 8콤마로 줄일것.", x: 104, y: 126),
            line("这条通过,不用再修。", x: 100, y: 300), line("이것은 통과.", x: 101, y: 325),
        ])
        #expect(pairs.map(\.note.text) == ["爆炸太慢,整体压缩到18格。", "这条通过,不用再修。"])
        #expect(pairs.map(\.disagreements) == [["18 against 8"], []])
        #expect(pairs.map(\.reason) == ["directly below", "directly below"])
    }

    @Test func pairsEachLineOnceAndTheNearestFirst() {
        let pairs = NotePairing.pairs(in: [
            line("第一条说明文字", x: 100, y: 100), line("둘째 줄의 설명입니다", x: 100, y: 124),
            line("第二条说明文字", x: 100, y: 148),
        ])
        #expect(pairs.map(\.note.text) == ["第一条说明文字"])
    }

    @Test func seesWhichWayAPictureIsWritten() {
        let pairs = NotePairing.pairs(in: [
            line("폭발이 너무 느림. 줄일것.", x: 100, y: 100), line("爆炸太慢,整体压缩。", x: 100, y: 136),
            line("이것은 통과. 고치지 말것.", x: 101, y: 174), line("这条通过,不用再修。", x: 100, y: 210),
        ])
        #expect(pairs.map(\.note.text) == ["爆炸太慢,整体压缩。", "这条通过,不用再修。"])
        #expect(pairs.map(\.translation.text) == ["폭발이 너무 느림. 줄일것.", "이것은 통과. 고치지 말것."])
        #expect(pairs.map(\.reason) == ["directly above", "directly above"])
    }

    @Test func joinsBrokenLines() {
        let pairs = NotePairing.pairs(in: [
            line("头型偏大,请按人设缩小约10%,", x: 100, y: 100), line("脖子同步调整。", x: 101, y: 128),
            line("머리형이 크므로 인물설정대로 10%", x: 100, y: 168), line("정도 줄이고 목도 같이 맞추어주십시오.", x: 99, y: 196),
            line("这条通过,不用再修。", x: 100, y: 300), line("이것은 통과.", x: 101, y: 325),
        ])
        #expect(pairs.map(\.note.text) == ["头型偏大,请按人设缩小约10%,脖子同步调整。", "这条通过,不用再修。"])
        #expect(pairs.first?.translation.text == "머리형이 크므로 인물설정대로 10% 정도 줄이고 목도 같이 맞추어주십시오.")
        #expect(pairs.first?.note.region == Region(x: 100, y: 100, width: 301, height: 48))
    }

    @Test func joinsWordsOfOneRow() {
        let pairs = NotePairing.pairs(in: [
            line("客户意见:眉毛再压低。", x: 60, y: 100), line("주문측 의견:", x: 60, y: 126, width: 100),
            line("눈섭을 더 내릴것.", x: 170, y: 127, width: 200),
        ])
        #expect(pairs.map(\.translation.text) == ["주문측 의견: 눈섭을 더 내릴것."])
    }

    @Test func pairsTheOnlyTwoLeft() {
        let far = NotePairing.pairs(in: [
            line("线条断线,闭合后再交。", x: 160, y: 40), line("선이 끊어졌음. 닫아서 제출할것.", x: 60, y: 480),
        ])
        #expect(far.map(\.reason) == ["no other text in the picture is left"])
    }

    @Test func leavesWhatStandsApart() {
        let note = line("手指少一根,下次注意", x: 100, y: 100)
        // Two translations could be meant.
        #expect(
            NotePairing.pairs(in: [
                note, line("손가락이 하나 모자람", x: 600, y: 300), line("다른 줄의 설명입니다", x: 600, y: 500),
            ])
            .isEmpty
        )
        // A word is no translation of a sentence, and another number none either.
        #expect(NotePairing.pairs(in: [note, line("수정", x: 600, y: 300)]).isEmpty)
        #expect(
            NotePairing.pairs(in: [
                line("手指少一根,第8张重画", x: 100, y: 100), line("손가락이 하나 모자람 19번", x: 600, y: 300),
            ])
            .isEmpty
        )
        #expect(NotePairing.pairs(in: [note, line("One finger missing", x: 100, y: 124)]).isEmpty)
    }

    @Test func readsOnlyTheColumnsForRemarks() {
        let pairs = NotePairing.pairs(in: [
            cell("内容", "Plan!B4"), cell("내용", "Plan!C4"), cell("备注", "Plan!H4"), cell("비고", "Plan!I4"),
            cell("海鸥飞过码头上空", "Plan!B5"), cell("갈매기가 부두우를 날아간다", "Plan!C5"),
            cell("返修,见说明", "Plan!D5"), cell("다시 수정, 설명 참고", "Plan!E5"), cell("包的带子画到另一边了。", "Plan!H6"),
            cell("가방끈을 반대쪽에 그렸음.", "Plan!I6"),
        ])
        #expect(pairs.map(\.note.text) == ["包的带子画到另一边了。"])
        #expect(pairs.first?.note.place == "Plan!H6")
    }

    @Test func survivesPlacesThatAreNone() {
        #expect(
            NotePairing.pairs(in: [cell("缺卡今天补交一下", "!"), cell("제출할것 오늘까지", "ABCDEFGHIJKLMNOP99999999999999999999")])
                .isEmpty
        )
    }

    @Test func pairsCellsOfOneRow() {
        let pairs = NotePairing.pairs(in: [
            cell("缺卡:SC088,今天补交。", "Sheet1!C12"), cell("빠진 컷: SC089. 오늘 제출할것.", "Sheet1!D12"),
            cell("다른 줄의 설명입니다", "Sheet1!D13"),
        ])
        #expect(pairs.count == 1)
        #expect(pairs.first?.reason == "in one row")
        #expect(pairs.first?.disagreements == ["SC088 against SC089"])
    }

    @Test func comparesFullWidthFigures() {
        #expect(Figures.disagreements("Ｃ１２５返修", "C125 수정") == [])
        #expect(Figures.disagreements("第12张", "이 장면") == ["12 only in the note"])
    }
}
