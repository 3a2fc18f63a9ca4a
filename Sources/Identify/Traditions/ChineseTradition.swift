/// Words around numbers: `第3集_镜头12_修改2.jpg`, `猫_第05话_C088_原画_返修.clip`.
///
/// Glossary: 镜头 and 卡 a cut, 景 a scene, 原画 a key drawing, 律表 and 摄影表 the exposure sheet, 返修 a retake.
package struct ChineseTradition: Tradition {
    package let name = "chinese"

    package let forms: [Form] =
        [
            Form([.words(["第"]), .gap, .counted(.episode, 4), .gap, .words(["集", "话", "回"])]),
            Form([.digits(.episode, 1, 4), .words(["集", "话"])]),
            Form([.words(["第"]), .counted(.season, 2), .words(["季"])]),
            Form([.words(["镜头", "镜号", "镜", "鏡頭", "卡"]), .gap, .lettered(.cut, 1, 4)]),
            Form([.words(["第"]), .counted(.cut, 4), .words(["镜", "卡", "个镜头"])]),
            Form([.words(["场景", "场", "景"]), .gap, .lettered(.scene, 1, 4)]),
            Form([.words(["第"]), .counted(.scene, 3), .words(["场", "景"])]),
            Form([.words(["第"]), .counted(.version, 2), .words(["版", "稿", "次修改"])]),
            Form([.words(["版本"]), .gap, .digits(.version, 1, 3)]),
        ]
        + Form.step("storyboard", ["分镜", "分镜头", "故事板"])
        + Form.step("layout", ["构图", "设计稿", "放大稿"])
        + Form.step("rough", ["草稿", "草图", "粗稿"])
        + Form.step("key drawing", ["原画"])
        + Form.step("in-between", ["动画", "中间画", "加动画"])
        + Form.step("animation director's correction", ["作监", "修型", "作画监督"])
        + Form.step("clean-up", ["清稿", "定稿", "线稿", "描线"])
        + Form.step("correction", ["修改", "修正", "改图"], numbered: .version)
        + Form.step("retake", ["返修", "返工", "重画"], numbered: .take)
        + Form.step("colour", ["上色", "着色", "填色", "色指定"])
        + Form.step("background", ["背景"])
        + Form.step("compositing", ["合成", "后期"])
        + Form.step("shooting", ["摄影", "拍摄"])
        + Form.step("exposure sheet", ["摄影表", "律表"])
        + Form.step("effects", ["特效"])
}
