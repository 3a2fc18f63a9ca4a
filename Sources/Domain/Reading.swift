/// What the reading stage is asked: some blobs of the vault, with the names they were found under.
package struct ReadingJob: Codable, Sendable {
    /// One blob, and a name under which it was found (a hint for its type, never trusted).
    package struct Item: Hashable, Codable, Sendable {
        package var input: Digest
        package var name: PathName
        package var length: UInt64

        package init(input: Digest, name: PathName, length: UInt64) {
            self.input = input
            self.name = name
            self.length = length
        }
    }

    package var id: JobID
    package var run: RunID
    package var items: [Item]

    package init(id: JobID, run: RunID, items: [Item]) {
        self.id = id
        self.run = run
        self.items = items
    }
}

/// A rectangle in a picture, in pixels from the top left.
package struct Region: Hashable, Codable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// A tool that produced a reading. Another version is another tool.
package struct Tool: Hashable, Codable, Sendable {
    package var name: String
    package var version: String

    package init(name: String, version: String) {
        self.name = name
        self.version = version
    }
}

/// A fact derived from a file. The file's hash, the tool and its version stand behind it.
package struct Reading: Hashable, Codable, Sendable {
    /// What is said, by documented name: `image.width`, `video.duration`, `date`, `text`, `sheet.cell`, `archive.entry` …
    package var predicate: String
    package var value: String
    /// ISO 639-3 with script where text was read: `zho-Hans`, `kor`, `eng`, `jpn`, `rus`.
    package var language: String?
    /// Where in the file: a picture's region, a sheet's cell, a page.
    package var region: Region?
    package var place: String?
    /// 0 to 1 as the tool reports it; nil where it reports none. Not calibrated unless the tool's documentation says so.
    package var confidence: Double?
    package var tool: Tool

    package init(
        predicate: String,
        value: String,
        language: String? = nil,
        region: Region? = nil,
        place: String? = nil,
        confidence: Double? = nil,
        tool: Tool
    ) {
        self.predicate = predicate
        self.value = value
        self.language = language
        self.region = region
        self.place = place
        self.confidence = confidence
        self.tool = tool
    }
}

/// An instruction to the makers and its translation, found side by side in one file.
package struct NotePair: Hashable, Codable, Sendable {
    /// One of the two texts, and where it stands.
    package struct Side: Hashable, Codable, Sendable {
        package var text: String
        package var language: String
        package var region: Region?
        package var place: String?
        package var confidence: Double?

        package init(text: String, language: String, region: Region?, place: String?, confidence: Double?) {
            self.text = text
            self.language = language
            self.region = region
            self.place = place
            self.confidence = confidence
        }
    }

    package var note: Side
    package var translation: Side
    /// Why the two were paired: below one another, same cell row, same numbers.
    package var reason: String
    /// Numbers or cut numbers in one that are missing from the other, such as `18` against `8`.
    package var disagreements: [String]

    package init(note: Side, translation: Side, reason: String, disagreements: [String]) {
        self.note = note
        self.translation = translation
        self.reason = reason
        self.disagreements = disagreements
    }
}

/// What kind of file the content is, whatever its name says.
package struct DetectedType: Hashable, Codable, Sendable {
    /// Such as `image/png`, `image/vnd.adobe.photoshop`, `application/x-clip-studio`.
    package var mime: String
    /// In words, as the tool gives it.
    package var label: String
    package var tool: Tool

    package init(mime: String, label: String, tool: Tool) {
        self.mime = mime
        self.label = label
        self.tool = tool
    }
}

/// What was read from one blob.
package struct FileReading: Hashable, Codable, Sendable {
    package enum Status: Hashable, Codable, Sendable {
        case read
        /// The type is known, and nothing here can read it.
        case unsupported
        /// The reader refused, ran out of its limits, or died.
        case failed(reason: String)
    }

    /// How the reason of a file begins that is on a list of files never to be opened.
    package static let neverOpened = "never to be opened: "

    package var input: Digest
    package var status: Status
    package var type: DetectedType?
    package var readings: [Reading]
    package var notePairs: [NotePair]
    /// A small JPEG or PNG in the vault's derived store, which can be made again.
    package var thumbnail: Digest?

    package init(
        input: Digest,
        status: Status,
        type: DetectedType?,
        readings: [Reading] = [],
        notePairs: [NotePair] = [],
        thumbnail: Digest? = nil
    ) {
        self.input = input
        self.status = status
        self.type = type
        self.readings = readings
        self.notePairs = notePairs
        self.thumbnail = thumbnail
    }
}

/// What the reading stage read.
package struct ReadingOutcome: Codable, Sendable {
    package var job: JobID
    package var run: RunID
    package var completeness: Completeness
    package var files: [FileReading]
    package var faults: [Fault]

    package init(
        job: JobID,
        run: RunID,
        completeness: Completeness,
        files: [FileReading],
        faults: [Fault] = []
    ) {
        self.job = job
        self.run = run
        self.completeness = completeness
        self.files = files
        self.faults = faults
    }
}
