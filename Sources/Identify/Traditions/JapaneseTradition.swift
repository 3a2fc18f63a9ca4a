/// A folder a cut, a folder a layer, cels by letter and number: `#03_C125_T2`, `EP05/C125/A/A0001.tga`.
///
/// Layers and cels depend on the folders around them; ``CelNames`` reads those.
package struct JapaneseTradition: Tradition {
    package let name = "japanese"

    package let forms: [Form] =
        [
            Form([.words(["#"]), .digits(.episode, 1, 3)]),
            Form([.words(["第"]), .gap, .counted(.episode, 4), .gap, .words(["話", "回"])]),
            Form([.digits(.episode, 1, 4), .words(["話"])]),
            Form([.words(["第"]), .counted(.season, 2), .words(["期"])]),
            Form([.words(["c"]), .lettered(.cut, 2, 4)]),
            Form([.words(["cut", "カット", "ｶｯﾄ"]), .gap, .lettered(.cut, 1, 4)]),
            Form([.words(["シーン"]), .gap, .lettered(.scene, 1, 4)]),
            Form([.words(["テイク", "ﾃｲｸ"]), .gap, .digits(.take, 1, 2)]),
            Form([.words(["t"]), .digits(.take, 1, 2)]),
        ]
        + Form.step("layout", ["レイアウト", "ﾚｲｱｳﾄ"])
        + Form.step("key drawing", ["原画", "第一原画", "一原"])
        + Form.step("second key drawing", ["第二原画", "2原", "二原"])
        + Form.step("in-between", ["動画"])
        + Form.step("animation director's correction", ["作監", "作監修正", "作画監督", "総作監", "総作監修正"])
        + Form.step("director's check", ["演出", "演出修正", "演出チェック"])
        + Form.step("correction", ["修正"], numbered: .version)
        + Form.step("retake", ["リテイク", "ﾘﾃｲｸ"], numbered: .take)
        + Form.step("in-between check", ["動検", "動画検査"])
        + Form.step("colour", ["仕上", "仕上げ", "彩色", "色指定", "ペイント"])
        + Form.step("background", ["背景", "美術"])
        + Form.step("shooting", ["撮影"])
        + Form.step("storyboard", ["絵コンテ", "コンテ"])
        + Form.step("exposure sheet", ["タイムシート", "シート"])
        + Form.step("rough", ["ラフ", "ラフ原画"])
}
