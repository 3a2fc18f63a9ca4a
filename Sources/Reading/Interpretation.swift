import Domain

/// What follows from a reader's plain findings by rule: dates in texts, and notes with their translation.
enum Interpretation {
    private static let tool = Tool(name: "ajar reading", version: ajarVersion)
    /// Dates beyond this number in one file are not listed: a log has one in each line.
    static let dateLimit = 500

    static func of(_ reply: ReaderReply, input: Digest) -> FileReading {
        var readings = reply.readings.map(sane)
        let texts = readings.filter { $0.predicate == "text" || $0.predicate == "sheet.cell" }
        var dates: [Reading] = []
        for text in texts where dates.count < dateLimit {
            dates += DateStamp.all(in: text.value).map { date(in: text, $0) }
        }
        readings += dates.prefix(dateLimit)
        if dates.count >= dateLimit {
            let reason = "dates beyond the first \(dateLimit) were not listed"
            readings.append(Reading(predicate: "date.cut", value: reason, tool: tool))
        }
        let pairs = NotePairing.pairs(in: texts)
        return FileReading(
            input: input,
            status: reply.status,
            type: reply.type,
            readings: readings,
            notePairs: pairs
        )
    }

    /// A reading as a confined process gave it, whose numbers others may reckon with: a reader that a file took over can
    /// say anything.
    private static func sane(_ reading: Reading) -> Reading {
        var reading = reading
        reading.confidence = reading.confidence.map { min(max($0, 0), 1) }
        if let region = reading.region, !region.isPossible { reading.region = nil }
        return reading
    }

    /// The place says what stood there, and where, so that a person can check the reading of it.
    private static func date(in text: Reading, _ stamp: DateStamp) -> Reading {
        Reading(
            predicate: "date",
            value: stamp.iso,
            region: text.region,
            place: [text.place, "\"\(stamp.text)\""].compactMap { $0 }.joined(separator: " "),
            confidence: text.confidence,
            tool: tool
        )
    }
}

extension Region {
    /// Whether it may be a part of a picture: no edge further off than 32 bits count.
    var isPossible: Bool {
        let edges = Int(Int32.min)...Int(Int32.max)
        return edges.contains(x) && edges.contains(y) && edges.contains(width) && edges.contains(height)
    }
}
