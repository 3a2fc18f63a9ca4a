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

    @Test func leavesWhatStandsApart() {
        #expect(NotePairing.pairs(in: [line("手指少一根", x: 100, y: 100), line("손가락이 하나 모자람", x: 600, y: 124)]).isEmpty)
        #expect(NotePairing.pairs(in: [line("手指少一根", x: 100, y: 100), line("손가락이 하나 모자람", x: 100, y: 300)]).isEmpty)
        #expect(
            NotePairing.pairs(in: [line("手指少一根", x: 100, y: 100), line("One finger missing", x: 100, y: 124)]).isEmpty
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
