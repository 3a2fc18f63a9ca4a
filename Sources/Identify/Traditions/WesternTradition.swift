/// The pipeline habit: `INV_S3E05_SC012_KA_T2.psd`, `ep001_sq001_sh001`, `305-sc045-lo-v003.tga`.
package struct WesternTradition: Tradition {
    package let name = "western"

    package let forms: [Form] =
        [
            Form([.words(["s"]), .digits(.season, 1, 2), .gap, .words(["e", "ep"]), .digits(.episode, 1, 4)]),
            Form([.words(["season"]), .gap, .digits(.season, 1, 2)]),
            Form([.words(["s"]), .digits(.season, 1, 2)], wholeFolder: true),
            Form([.words(["ep", "episode"]), .gap, .digits(.episode, 1, 4)]),
            Form([.words(["e"]), .digits(.episode, 2, 4)]),
            // 12A, and Storyboard Pro's 12_A and 12.A.
            Form([.words(["sc", "scn", "scene"]), .gap, .lettered(.scene, 1, 4)]),
            Form([.words(["sq", "seq", "sequence"]), .gap, .lettered(.scene, 1, 4)]),
            Form([.words(["sh", "shot"]), .gap, .lettered(.cut, 1, 4)]),
            Form([.words(["t", "tk", "take"]), .digits(.take, 1, 2)]),
            Form([.words(["tk", "take"]), .gap, .digits(.take, 1, 2)]),
            Form([.words(["v", "ver", "version", "rev"]), .digits(.version, 1, 4)]),
            Form([.words(["ver", "version", "rev"]), .gap, .digits(.version, 1, 4)]),
        ]
        + Form.step("layout", ["lo", "layout", "layouts"])
        + Form.step("key drawing", ["ka", "key", "keys", "keyanim", "genga"])
        + Form.step("in-between", ["ib", "inb", "inbetween", "inbetweens", "douga"])
        + Form.step("clean-up", ["cu", "cln", "cleanup", "clean-up"])
        + Form.step("rough", ["rough", "roughs", "rgh"])
        + Form.step("storyboard", ["sb", "board", "boards", "storyboard"])
        + Form.step("animatic", ["animatic", "animatics"])
        + Form.step("background", ["bg", "bgs", "background", "backgrounds"])
        + Form.step("colour", ["color", "colour", "clr", "paint", "inkpaint"])
        + Form.step("effects", ["fx", "efx", "sfx", "vfx"])
        + Form.step("compositing", ["comp", "compositing", "cmp"])
        + Form.step("exposure sheet", ["xsheet", "x-sheet", "expsheet", "dopesheet"])
        + Form.step("design", ["design", "designs", "char", "characters", "prop", "props"])
        + Form.step("retake", ["retake", "retakes", "rtk"], numbered: .take)
        + Form.step("line test", ["linetest", "lt", "penciltest"])
}
