/// How many letters of each script a text has. On short notes this tells languages apart better than trained models do.
package struct ScriptCount: Hashable, Sendable {
    package var han = 0
    package var hangul = 0
    package var kana = 0
    package var cyrillic = 0
    package var latin = 0
    package var digits = 0
    package var others = 0

    package init(_ text: some StringProtocol) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x20000...0x3ffff, 0x3005: han += 1
            case 0x1100...0x11ff, 0x3130...0x318f, 0xa960...0xa97f, 0xac00...0xd7ff: hangul += 1
            case 0x3041...0x3096, 0x309d...0x309f, 0x30a1...0x30fa, 0x30fd...0x30ff, 0xff66...0xff9d: kana += 1
            case 0x0400...0x052f: cyrillic += 1
            case 0x41...0x5a, 0x61...0x7a, 0xc0...0x24f, 0xff21...0xff3a, 0xff41...0xff5a: latin += 1
            case 0x30...0x39, 0xff10...0xff19: digits += 1
            default: others += scalar.properties.isWhitespace ? 0 : 1
            }
        }
    }

    /// All letters counted, digits and signs not.
    package var letters: Int { han + hangul + kana + cyrillic + latin }

    /// The language by script: `kor`, `jpn`, `zho-Hans`, `rus`, `eng`; nil where there is nothing to judge by.
    ///
    /// Any Hangul outweighs Han (Korean quotes Chinese, rarely the reverse), as does kana; Latin letters are cut numbers
    /// and names in every tradition, so they count only where nothing else does.
    package var language: String? {
        let asian = han + hangul + kana
        if hangul > 0, hangul * 4 >= asian { return "kor" }
        if kana > 0, kana * 6 >= asian { return "jpn" }
        if han > 0 { return "zho-Hans" }
        if cyrillic > latin { return "rus" }
        return latin >= 3 ? "eng" : nil
    }
}
