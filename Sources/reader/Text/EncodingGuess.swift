/// Which encoding a text is in: certain where a mark or strict UTF-8 says so, else the most plausible of those in which
/// every byte is legal.
struct EncodingGuess {
    var text: String
    var encoding: String
    /// 1 for a byte order mark, UTF-8 or ASCII; else how far the best candidate stands out, 0 to 1. Not calibrated.
    var confidence: Double

    /// Nil when the bytes are no text in any encoding that is tried.
    static func of(_ bytes: ArraySlice<UInt8>, with decoders: TextDecoders) -> EncodingGuess? {
        if let marked = byMark(bytes, decoders) { return marked }
        if let text = String(validating: bytes, as: UTF8.self), isText(text) {
            let isASCII = bytes.allSatisfy { $0 < 0x80 }
            return EncodingGuess(text: text, encoding: isASCII ? "ASCII" : "UTF-8", confidence: 1)
        }
        if let wide = byZeros(bytes, decoders) { return wide }
        return byPlausibility(bytes, decoders)
    }

    private static func byMark(_ bytes: ArraySlice<UInt8>, _ decoders: TextDecoders) -> EncodingGuess? {
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
            guard let text = String(validating: bytes.dropFirst(3), as: UTF8.self) else { return nil }
            return EncodingGuess(text: text, encoding: "UTF-8 with mark", confidence: 1)
        }
        let charset: Charset? =
            bytes.starts(with: [0xff, 0xfe]) ? .utf16Little : bytes.starts(with: [0xfe, 0xff]) ? .utf16Big : nil
        guard let charset, let text = decoders.decode(bytes.dropFirst(2), as: charset), isText(text) else { return nil }
        return EncodingGuess(text: text, encoding: "\(charset.label) with mark", confidence: 1)
    }

    /// UTF-16 without a mark shows in the zeros (or line ends) that stand at every second place.
    private static func byZeros(_ bytes: ArraySlice<UInt8>, _ decoders: TextDecoders) -> EncodingGuess? {
        guard bytes.count >= 4, bytes.count % 2 == 0 else { return nil }
        var zeros = [0, 0]
        for (offset, byte) in bytes.enumerated() where byte == 0 { zeros[offset % 2] += 1 }
        guard zeros[0] + zeros[1] > 0, min(zeros[0], zeros[1]) * 4 <= max(zeros[0], zeros[1]) else { return nil }
        let charset: Charset = zeros[1] > zeros[0] ? .utf16Little : .utf16Big
        guard let text = decoders.decode(bytes, as: charset), isText(text), Plausibility.ofScalars(text) > 0.8 else {
            return nil
        }
        return EncodingGuess(text: text, encoding: charset.label, confidence: 0.9)
    }

    private static func byPlausibility(_ bytes: ArraySlice<UInt8>, _ decoders: TextDecoders) -> EncodingGuess? {
        let candidates = [Charset.gb18030, .cp949, .shiftJIS, .cp1251].compactMap {
            charset -> (EncodingGuess, Double)? in
            guard let text = decoders.decode(bytes, as: charset), isText(text) else { return nil }
            let score = Plausibility.score(text, bytes, charset)
            return (EncodingGuess(text: text, encoding: charset.label, confidence: 0), score)
        }.sorted { $0.1 > $1.1 }
        guard var best = candidates.first, best.1 > 0.3 else { return nil }
        let second = candidates.dropFirst().first?.1 ?? 0
        best.0.confidence = max(0.05, min(0.95, best.1 - max(0, second)))
        return best.0
    }

    /// No control characters but those that texts use.
    static func isText(_ text: String) -> Bool {
        !text.unicodeScalars.contains {
            $0.value < 0x20 && ![9, 10, 12, 13, 27].contains($0.value) || $0.value == 0x7f
        }
    }
}
