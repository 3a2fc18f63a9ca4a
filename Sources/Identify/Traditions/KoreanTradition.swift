/// Numbers before their words, often run together: `3화12컷수정.psd`, `제5화_컷088_2원화`.
///
/// 원도 is the northern word for a key drawing.
package struct KoreanTradition: Tradition {
    package let name = "korean"

    package let forms: [Form] =
        [
            Form([.words(["제"]), .gap, .digits(.episode, 1, 4), .gap, .words(["화", "회", "부"])]),
            Form([.digits(.episode, 1, 4), .gap, .words(["화", "회"])]),
            Form([.words(["시즌"]), .gap, .digits(.season, 1, 2)]),
            Form([.digits(.season, 1, 2), .words(["기"])]),
            Form([.digits(.cut, 1, 4), .gap, .words(["컷", "컽", "콤마컷"])]),
            Form([.words(["컷"]), .gap, .lettered(.cut, 1, 4)]),
            Form([.digits(.scene, 1, 4), .gap, .words(["씬", "신", "장면"])]),
            Form([.words(["씬", "장면"]), .gap, .lettered(.scene, 1, 4)]),
            Form([.words(["테이크"]), .gap, .digits(.take, 1, 2)]),
            Form([.digits(.version, 1, 2), .words(["차"])]),
            Form([.words(["버전"]), .gap, .digits(.version, 1, 3)]),
        ]
        + Form.step("layout", ["레이아웃", "lo원화"])
        + Form.step("key drawing", ["원화", "1원화", "원도"])
        + Form.step("second key drawing", ["2원화"])
        + Form.step("rough", ["러프", "러프원화"])
        + Form.step("in-between", ["동화"])
        + Form.step("animation director's correction", ["작감", "작화감독", "총작화감독", "총작감", "동화작감"])
        + Form.step("correction", ["수정", "tp수정"], numbered: .version)
        + Form.step("retake", ["재수정", "리테이크"], numbered: .take)
        + Form.step("storyboard", ["콘티", "그림콘티"])
        + Form.step("colour", ["채색", "색칠", "색지정"])
        + Form.step("background", ["배경"])
        + Form.step("shooting", ["촬영"])
        + Form.step("exposure sheet", ["타임시트", "촬영표"])
}
