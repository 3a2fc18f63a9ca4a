/// A text as words in lower case: runs of letters and digits, with everything else between them.
///
/// Titles, codes and companies are compared word by word, so `child_of_wonder` is the title `Child of Wonder`, and
/// `INV` is not found in `invoice`.
struct Words: Sendable {
    struct Word: Hashable, Sendable {
        var text: String
        /// Written with Chinese characters, kana or Hangul: no spaces part such words, so pieces of them count.
        var isUnspaced: Bool

        /// Whether it counts episodes, scenes or cuts: `c012`, `ep05`, `s3e05`, `第`. Recognised text has `o` for `0`.
        var isCounted: Bool {
            text == "第" || text.wholeMatch(of: /(?:s[0-9]{1,2}e|ep?|s[chq]?|c|cut)[0-9o]{1,4}[a-z]?/) != nil
        }
    }

    var list: [Word]

    init(_ scalars: some Sequence<UnicodeScalar>) {
        list = []
        var current = String.UnicodeScalarView()
        var isUnspaced = false
        let finish = { (current: inout String.UnicodeScalarView, isUnspaced: Bool, list: inout [Word]) in
            if !current.isEmpty { list.append(Word(text: String(current), isUnspaced: isUnspaced)) }
            current = String.UnicodeScalarView()
        }
        for scalar in scalars {
            guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar.isJoining else {
                finish(&current, isUnspaced, &list)
                continue
            }
            if !current.isEmpty, scalar.isUnspaced != isUnspaced { finish(&current, isUnspaced, &list) }
            isUnspaced = scalar.isUnspaced
            current.append(scalar)
        }
        finish(&current, isUnspaced, &list)
    }

    /// Reads any text: composed, narrowed, lower case. Apostrophes vanish, so that `Cat's` and `Cats` agree.
    init(_ text: String) {
        self.init(NamePart(text, isFile: false).scalars.filter { $0 != "'" && $0 != "\u{2019}" })
    }

    var texts: [String] { list.map(\.text) }
}

extension UnicodeScalar {
    fileprivate var isUnspaced: Bool {
        switch value {
        case 0x3040...0x30ff, 0x3400...0x9fff, 0xac00...0xd7a3, 0xf900...0xfaff, 0x20000...0x3134f: true
        default: false
        }
    }

    /// Marks that belong to the letter before them.
    fileprivate var isJoining: Bool { properties.generalCategory == .nonspacingMark }
}
