import Domain

/// Reads one file: its type, then what the reader of that type finds, then the texts drawn into what it shows.
struct Session {
    let tools: Tools

    /// The reply and a thumbnail, which is empty where the file shows nothing.
    func read(_ file: HeldFile, _ request: ReaderRequest) -> (ReaderReply, thumbnail: [UInt8]) {
        let type = tools.detector.detect(file)
        guard UInt64(file.count) == request.length else {
            let reason = "\(request.length) bytes are more than the reader takes; only the type was told, from the head"
            return (ReaderReply(status: .failed(reason: reason), type: type), [])
        }
        guard let reader = readers.first(where: { $0.reads(type, file) }) else {
            return (ReaderReply(status: .unsupported, type: type), [])
        }
        do {
            return try finish(reader.read(file, type: type, with: tools), type)
        } catch {
            let reason = (error as? ReadError)?.reason ?? "\(error)"
            return (ReaderReply(status: .failed(reason: "\(reader.name): \(reason)"), type: type), [])
        }
    }

    private func finish(_ findings: Findings, _ type: DetectedType) throws -> (ReaderReply, thumbnail: [UInt8]) {
        var readings = findings.readings
        var thumbnail: [UInt8] = []
        if let picture = findings.picture {
            thumbnail = try Thumbnail.encode(picture)
            if !findings.isWritingKnown { readings += DrawnText(recognisers: tools.recognisers).read(picture) }
        }
        return (ReaderReply(status: .read, type: type, readings: readings), thumbnail)
    }
}
