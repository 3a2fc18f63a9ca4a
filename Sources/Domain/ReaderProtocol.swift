/// What passes between this program and the confined `reader`, over the reader's standard input and output.
///
/// Each message is a frame: ``ReaderFrame``'s prefix, a JSON header, a body. The reader greets once with
/// ``ReaderGreeting`` and no body. Then, for each ``ReaderRequest`` with the file's bytes as its body, it answers with one
/// ``ReaderReply`` whose body is the thumbnail, or empty. Neither side trusts the other's lengths.
package enum ReaderProtocol {
    /// Both sides must say the same number.
    package static let version = 1
    /// The longest header either side takes, in bytes.
    package static let headerLimit = 32 << 20
    /// The longest body of a reply: a thumbnail of 320 pixels is far smaller.
    package static let replyBodyLimit = 1 << 20
    /// The longest body of a request. Of a longer file only its head is sent.
    package static let fileLimit = 512 << 20
    /// How much is sent of a file that is longer than may be sent whole: enough to know its type.
    package static let headLength = 1 << 20
}

/// The twelve bytes before each message: the header's length in 4 bytes, the body's in 8, most significant first.
package struct ReaderFrame: Hashable, Sendable {
    package static let length = 12

    package var header: UInt32
    package var body: UInt64

    package init(header: UInt32, body: UInt64) {
        self.header = header
        self.body = body
    }

    /// Nil unless given exactly 12 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.length else { return nil }
        header = bytes[..<4].reduce(0) { $0 << 8 | UInt32($1) }
        body = bytes[4...].reduce(0) { $0 << 8 | UInt64($1) }
    }

    package var bytes: [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: header >> (24 - 8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: body >> (56 - 8 * $0)) }
    }
}

/// What the reader says of itself before it is given the first hostile byte.
package struct ReaderGreeting: Hashable, Codable, Sendable {
    /// One layer of the reader's confinement, and whether this kernel gave it.
    package struct Layer: Hashable, Codable, Sendable {
        package var name: String
        package var isInForce: Bool
        package var detail: String

        package init(name: String, isInForce: Bool, detail: String) {
            self.name = name
            self.isInForce = isInForce
            self.detail = detail
        }
    }

    package var version: Int
    package var tools: [Tool]
    package var layers: [Layer]

    package init(version: Int, tools: [Tool], layers: [Layer]) {
        self.version = version
        self.tools = tools
        self.layers = layers
    }
}

/// One file to be read. Its bytes are the frame's body.
package struct ReaderRequest: Hashable, Codable, Sendable {
    /// The last part of a name it was found under: a hint for the label alone, never for the choice of a decoder.
    package var name: PathName
    /// The whole file's length in bytes; the body holds all of it, or its head when it is too long.
    package var length: UInt64
    /// Processor time after which the reader is ended by the kernel, in seconds.
    package var processorSeconds: Int

    package init(name: PathName, length: UInt64, processorSeconds: Int) {
        self.name = name
        self.length = length
        self.processorSeconds = processorSeconds
    }
}

/// What the reader found in one file.
package struct ReaderReply: Hashable, Codable, Sendable {
    package var status: FileReading.Status
    package var type: DetectedType?
    package var readings: [Reading]

    package init(status: FileReading.Status, type: DetectedType?, readings: [Reading] = []) {
        self.status = status
        self.type = type
        self.readings = readings
    }
}
