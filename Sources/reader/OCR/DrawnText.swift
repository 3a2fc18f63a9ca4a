import Domain

/// Reads the writing in a picture: finds lines, recognises each, and says what it left out.
struct DrawnText {
    /// Lines that tesseract is less sure of than this (of 100) are counted, not kept: most are strokes of a drawing.
    static let keptConfidence = 45
    /// A first reading as sure as this, in letters of its own language, is not tried in the other.
    static let settledConfidence = 85

    let recognisers: Recognisers
    private let finder = Tool(name: "ajar line finder", version: ajarVersion)

    init(recognisers: Recognisers) {
        self.recognisers = recognisers
    }

    func read(_ bitmap: Bitmap) -> [Reading] {
        guard !recognisers.all.isEmpty else { return [skipped("no recognition model is installed")] }
        guard let picture = Pixels(bitmap) else { return [skipped("no memory for the picture")] }
        let layers = InkLayers.of(picture)
        let lines = LineFinder.lines(in: layers)
        guard !lines.isEmpty else { return [skipped("nothing in the picture looks like a line of writing")] }
        var readings: [Reading] = []
        var doubtful = 0
        for line in lines.prefix(LineFinder.lineLimit) {
            guard let cut = LinePicture.cut(line.box, layer: layers[line.layer], picture: picture) else { continue }
            if let reading = recognise(cut, at: line.box, scale: bitmap.scale) {
                readings.append(reading)
            } else {
                doubtful += 1
            }
        }
        if doubtful > 0 { readings.append(skipped("\(doubtful) line-like places gave no plausible text")) }
        if lines.count > LineFinder.lineLimit {
            readings.append(skipped("\(lines.count - LineFinder.lineLimit) more line-like places were not recognised"))
        }
        return readings
    }

    private func skipped(_ reason: String) -> Reading {
        Reading(predicate: "ocr.skipped", value: reason, tool: finder)
    }

    private func recognise(_ line: Pixels, at box: Box, scale: Double) -> Reading? {
        guard let best = best(line), best.confidence >= Self.keptConfidence, best.text.count >= 2 else { return nil }
        let region = Region(
            x: Int(Double(box.x) / scale),
            y: Int(Double(box.y) / scale),
            width: Int((Double(box.width) / scale).rounded(.up)),
            height: Int((Double(box.height) / scale).rounded(.up))
        )
        return Reading(
            predicate: "text",
            value: best.text,
            language: ScriptCount(best.text).language,
            region: region,
            confidence: Double(best.confidence) / 100,
            tool: best.tool
        )
    }

    private struct Attempt {
        var text: String
        var confidence: Int
        var tool: Tool
        /// How far the letters belong to the language that was looked for, 0 to 1.
        var fit: Double
        /// The same among letters and digits: a model makes digits and loose strokes of letters it does not know.
        var share: Double
        var line: RecognisedLine

        var rank: Double { Double(confidence) * (0.4 + 0.6 * fit) }
    }

    /// Tries Chinese, then Korean unless that settled it, then English where little of either script came out.
    private func best(_ line: Pixels) -> Attempt? {
        var attempts: [Attempt] = []
        for language in ["chi_sim", "kor"] {
            guard let attempt = attempt(line, in: language, chinese: attempts.first?.line) else { continue }
            attempts.append(attempt)
            if attempt.confidence >= Self.settledConfidence, attempt.fit >= 0.6 { break }
        }
        if attempts.allSatisfy({ $0.share < 0.3 }), let attempt = attempt(line, in: "eng") { attempts.append(attempt) }
        return attempts.max { $0.rank < $1.rank }
    }

    private func attempt(_ line: Pixels, in language: String, chinese: RecognisedLine? = nil) -> Attempt? {
        guard let recogniser = recognisers[language] else { return nil }
        let recognised = recogniser.read(line)
        var raw = recognised.text
        if language == "kor", let chinese, let english = recognisers["eng"] {
            raw = CodeRepair(english: english, chinese: chinese).repaired(recognised.signs, in: line)
        }
        let text = Spacing.tidied(raw, isKorean: language == "kor")
        let count = ScriptCount(text)
        guard count.letters + count.digits > 0 else { return nil }
        let own = language == "chi_sim" ? count.han : language == "kor" ? count.hangul : count.latin + count.digits
        let fit = Double(own) / Double(max(1, language == "eng" ? count.letters + count.digits : count.letters))
        return Attempt(
            text: text,
            confidence: recognised.confidence,
            tool: recogniser.tool,
            fit: fit,
            share: Double(own) / Double(count.letters + count.digits),
            line: recognised
        )
    }
}

/// Puts right the spaces that tesseract strews between Chinese characters.
enum Spacing {
    static func tidied(_ text: String, isKorean: Bool) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard !isKorean else { return words.joined(separator: " ") }
        var tidied = ""
        for word in words {
            if let last = tidied.last, let first = word.first, last.isASCII, first.isASCII { tidied += " " }
            tidied += word
        }
        return tidied
    }
}
