import Domain

/// Plain text, CSV, logs, scripts: the encoding, and the lines.
struct TextReader: FileReader {
    let name = "text"
    /// Bytes beyond this number are not decoded; a reading says so.
    static let byteLimit = 4 << 20
    /// Lines beyond this number, and characters of a line beyond that one, become no readings.
    static let lineLimit = 2000
    static let lineLength = 2000

    func reads(_ type: DetectedType, _ file: HeldFile) -> Bool {
        let others: Set = [
            "application/json", "application/csv", "application/javascript", "application/octet-stream",
            "application/x-ndjson", "application/x-maya-ascii", "message/rfc822", "application/x-toonboom-xstage",
        ]
        guard type.mime.hasPrefix("text/") || others.contains(type.mime) else { return false }
        return type.mime != "application/octet-stream" || Self.looksLikeText(file)
    }

    /// libmagic calls text in older Chinese and Korean encodings plain data, and short texts even programs. Control bytes
    /// tell text from real data; in UTF-16 the zeros stand at every second place, and hardly elsewhere.
    static func looksLikeText(_ file: HeldFile) -> Bool {
        let head = file.bytes(0..<8192)
        guard !head.isEmpty else { return false }
        let hasControls = head.contains { $0 < 0x20 && ![9, 10, 12, 13, 27].contains($0) || $0 == 0x7f }
        guard hasControls else { return true }
        var zeros = [0, 0]
        for (offset, byte) in head.enumerated() where byte == 0 { zeros[offset % 2] += 1 }
        // A letter such as U+AC00 has its zero at the other place, but few have.
        let (few, many) = (min(zeros[0], zeros[1]), max(zeros[0], zeros[1]))
        return file.count % 2 == 0 && few * 4 <= many && (few + many) * 10 >= head.count
    }

    func read(_ file: HeldFile, type: DetectedType, with tools: Tools) throws -> Findings {
        let bytes = file.bytes(0..<Self.byteLimit)[...]
        guard let guess = decode(bytes, isCut: bytes.count < file.count, with: tools.decoders) else {
            throw ReadError("no text in any encoding that is tried")
        }
        let tool = tools.decoders.tool
        var readings = [
            Reading(predicate: "text.encoding", value: guess.encoding, confidence: guess.confidence, tool: tool)
        ]
        var number = 0
        var characters = 0
        for line in guess.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let text = line.trimmed
            guard !text.isEmpty else { continue }
            guard readings.count <= Self.lineLimit, characters < 1 << 20 else {
                readings.append(
                    Reading(predicate: "text.cut", value: "lines from \(number) on were not kept", tool: tool)
                )
                return Findings(readings: readings)
            }
            let kept = String(text.prefix(Self.lineLength))
            characters += kept.count
            readings.append(
                Reading(
                    predicate: "text",
                    value: kept,
                    language: ScriptCount(kept).language,
                    place: "line \(number)",
                    tool: tool
                )
            )
        }
        if bytes.count < file.count {
            let cut = "bytes from \(bytes.count) on were not read"
            readings.append(Reading(predicate: "text.cut", value: cut, tool: tool))
        }
        return Findings(readings: readings)
    }

    /// A cut may have split a character, so up to three bytes less are tried.
    private func decode(_ bytes: ArraySlice<UInt8>, isCut: Bool, with decoders: TextDecoders) -> EncodingGuess? {
        for drop in 0...(isCut ? 3 : 0) {
            if let guess = EncodingGuess.of(bytes.dropLast(drop), with: decoders) { return guess }
        }
        return nil
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
