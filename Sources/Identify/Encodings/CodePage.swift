/// A Western code page in which names of another encoding are often shown by mistake.
enum CodePage: String, CaseIterable, Sendable {
    case windows1252 = "windows-1252"
    /// What old ZIP tools take names for.
    case cp437 = "CP437"

    /// The bytes that the page shows as `text`; nil where a character is not in it, or all are ASCII.
    func bytes(of text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var isASCII = true
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else if let byte = upper[scalar] {
                bytes.append(byte)
                isASCII = false
            } else {
                return nil
            }
        }
        return isASCII ? nil : bytes
    }

    /// Whether two characters above ASCII stand side by side, as every two-byte encoding shows and few names do.
    func looksForeign(_ text: String) -> Bool {
        var previous: UnicodeScalar = " "
        var pairs = 0
        var high = 0
        for scalar in text.unicodeScalars {
            if !scalar.isASCII {
                high += 1
                pairs += previous.isASCII ? 0 : 1
            }
            previous = scalar
        }
        return pairs * 3 >= high && pairs > 0
    }

    private var upper: [UnicodeScalar: UInt8] { self == .windows1252 ? Self.latin : Self.dos }

    private static let latin = table(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ"
            + String(String.UnicodeScalarView((0xa0...0xff).compactMap(UnicodeScalar.init)))
    )

    private static let dos = table(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧"
            + "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}"
    )

    private static func table(_ characters: String) -> [UnicodeScalar: UInt8] {
        Dictionary(zip(characters.unicodeScalars, UInt8(128)...255)) { first, _ in first }
    }
}
