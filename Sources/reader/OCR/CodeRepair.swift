import Domain

/// Reads codes such as `SC045` in Korean lines a second time: the Korean model knows no Latin letters and makes `50045`
/// of it, which would look like a disagreement with the note. The Chinese model, which was tried on the line before, and
/// the English one do know them.
struct CodeRepair {
    /// The English model must be this sure of a code (of 100) to be believed.
    static let neededConfidence = 55

    let english: Recogniser
    let chinese: RecognisedLine

    /// The line's text, with each stretch that is not Hangul as the other models read it, where they read a code there.
    func repaired(_ signs: [Sign], in line: Pixels) -> String {
        var text = ""
        var index = 0
        while index < signs.count {
            let end = stretch(from: index, in: signs)
            if end > index, let code = code(signs[index..<end], in: line) {
                if signs[index].startsWord, !text.isEmpty { text += " " }
                text += code
            } else {
                for sign in signs[index..<max(end, index + 1)] {
                    if sign.startsWord, !text.isEmpty { text += " " }
                    text += sign.text
                }
            }
            index = max(end, index + 1)
        }
        return text
    }

    /// The end of the signs from `start` on that are no Hangul syllables; a narrow space between them does not
    /// end it, since the model breaks codes there.
    private func stretch(from start: Int, in signs: [Sign]) -> Int {
        var end = start
        while end < signs.count, !isHangul(signs[end].text) {
            let isNewWord = end > start && signs[end].startsWord
            let width = max(1, signs[end].right - signs[end].left)
            if isNewWord, signs[end].left - signs[end - 1].right > width { break }
            end += 1
        }
        while end > start, isClosing(signs[end - 1].text) { end -= 1 }
        return end
    }

    private func isHangul(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0xac00...0xd7a3).contains($0.value) }
    }

    private func isClosing(_ text: String) -> Bool { [".", ",", ")", ":", "(", "'", "\"", "!", "?"].contains(text) }

    /// Moves both edges outwards to the next column without ink: the places of signs are estimates.
    private func edges(_ left: Int, _ right: Int, in line: Pixels) -> (Int, Int) {
        let columns = line.inkColumns
        let reach = line.height / 4
        var (start, end) = (max(0, left), min(line.width, right))
        while start > max(0, left - reach), columns.indices.contains(start), columns[start] { start -= 1 }
        while end < min(line.width, right + reach), columns.indices.contains(end), columns[end] { end += 1 }
        return (start, max(start, end))
    }

    /// Bare numbers are read well by the Korean model, so only what may be a code in disguise is read again.
    private func isDoubtful(_ signs: ArraySlice<Sign>) -> Bool {
        let digits = signs.count { sign in sign.text.allSatisfy { $0.isASCII && $0.isNumber } }
        let plain = signs.count { ["-", "%", ".", ",", "–", "/", "~"].contains($0.text) }
        return digits + plain < signs.count || digits >= 4
    }

    private func code(_ signs: ArraySlice<Sign>, in line: Pixels) -> String? {
        guard isDoubtful(signs), let first = signs.first, let last = signs.last else { return nil }
        if let code = chineseCode(from: first.left, to: last.right, count: signs.count) { return code }
        let (left, right) = edges(first.left, last.right, in: line)
        let box = Box(x: left, y: 0, width: right - left, height: line.height)
        guard box.width >= 8, let cut = line.clipped(box)?.bordered(12) else { return nil }
        let recognised = english.read(cut)
        let text = recognised.signs.map(\.text).joined()
        return recognised.confidence >= Self.neededConfidence && isCode(text) ? text : nil
    }

    /// What the Chinese model read between two places, if that is a code. Of a short code it may have read on into the
    /// Hangul behind it, so no more signs are taken than the Korean model saw.
    private func chineseCode(from left: Int, to right: Int, count: Int) -> String? {
        let inside = chinese.signs.filter { (left...max(left, right)).contains(($0.left + $0.right) / 2) }
        var text = inside.map(\.text).joined()
        if count <= 6 { text = String(text.prefix(count)) }
        while let last = text.last, ".,:;|".contains(last) { text.removeLast() }
        return isCode(text) ? text : nil
    }

    /// Capitals, perhaps with digits and joiners: `SC045`, `EP305_SC012_KA_T3`, `LO`, `B`.
    private func isCode(_ text: String) -> Bool {
        guard (1...40).contains(text.count), text.contains(where: \.isUppercase) else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || "_-.,:# ".contains($0)) }
    }
}
