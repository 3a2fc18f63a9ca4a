/// What tells RE2's syntax (github.com/google/re2/wiki/Syntax) from PCRE2's.
enum RE2Syntax {
    /// The first construct that PCRE2 has and RE2 has not; nil where the pattern is of both.
    static func firstForeign(in pattern: String) -> String? {
        let text = Array(pattern.unicodeScalars)
        var place = 0
        var isInClass = false
        while place < text.count {
            let scalar = text[place]
            let next = place + 1 < text.count ? text[place + 1] : nil
            if scalar == "\\" {
                if next == "Q" {
                    place = endOfQuotation(text, place + 2)
                    continue
                }
                if let next, let foreign = foreignEscape(next, isInClass: isInClass) { return foreign }
                place += 2
                continue
            }
            if isInClass {
                if scalar == "]" { isInClass = false }
                if scalar == "[", next == ":" { place = endOfName(text, place + 2) }
            } else if scalar == "[" {
                isInClass = true
                // A bracket that comes first stands for itself.
                if next == "^" { place += 1 }
                if place + 1 < text.count, text[place + 1] == "]" { place += 1 }
            } else if scalar == "(", let foreign = foreignGroup(text[place...].dropFirst()) {
                return foreign
            } else if "*+?}".unicodeScalars.contains(scalar), next == "+" {
                return "a possessive repetition"
            }
            place += 1
        }
        return nil
    }

    private static func endOfQuotation(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var place = start
        while place + 1 < text.count, !(text[place] == "\\" && text[place + 1] == "E") { place += 1 }
        return place + 2
    }

    /// Where `:]` ends, or the place itself where it does not.
    private static func endOfName(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var place = start
        while place + 1 < text.count, text[place].properties.isAlphabetic || text[place] == "^" { place += 1 }
        return place + 1 < text.count && text[place] == ":" && text[place + 1] == "]" ? place + 1 : start - 2
    }

    private static func foreignEscape(_ letter: Unicode.Scalar, isInClass: Bool) -> String? {
        switch letter {
        case "1"..."9": "a back reference \\\(letter)"
        case "G", "K", "R", "X", "Z", "k", "g", "h", "H", "V", "N", "u", "U", "L", "l", "c", "e", "o", "C":
            "\\\(letter)"
        default: nil
        }
    }

    private static func foreignGroup(_ rest: ArraySlice<Unicode.Scalar>) -> String? {
        if rest.first == "*" { return "a verb (*" }
        guard rest.first == "?" else { return nil }
        let inside = rest.dropFirst()
        guard let kind = inside.first else { return nil }
        let second = inside.dropFirst().first
        switch kind {
        case "=", "!": return "look-ahead"
        case "<" where second == "=" || second == "!": return "look-behind"
        case ">", "|", "(", "#", "&", "R", "'", "+", "C", "0"..."9": return "(?\(kind)"
        case "P" where second != "<": return "(?P without a name"
        case "P", "<", ":": return nil
        default:
            let flags = inside.prefix { $0 != ":" && $0 != ")" }
            return flags.allSatisfy { "imsU-".unicodeScalars.contains($0) }
                ? nil : "the flags \(String(String.UnicodeScalarView(flags)))"
        }
    }

    /// Whether a pattern speaks of characters beyond single bytes.
    static func namesCharacters(_ pattern: String) -> Bool {
        pattern.utf8.contains { $0 > 0x7f } || pattern.contains("\\p") || pattern.contains("\\P")
            || pattern.contains("\\x{")
    }

    /// The same pattern for PCRE2: RE2's `\v` is one character, PCRE2's a class; `\z` and the rest are alike.
    static func rewritten(_ pattern: String) -> String {
        guard pattern.contains("\\v") else { return pattern }
        var (text, isEscaped) = ("", false)
        for character in pattern {
            if isEscaped {
                text += character == "v" ? "x0b" : String(character)
                isEscaped = false
            } else {
                text.append(character)
                isEscaped = character == "\\"
            }
        }
        return text
    }
}
