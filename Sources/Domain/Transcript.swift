/// What was said in a dialogue, in order, as it is sealed.
///
/// Its bytes: the line `ajar-dialogue/1`, then for each turn a line of `>` (sent) or `<` (received), the number of bytes
/// and the time, those bytes, and a line feed.
package struct Transcript: Hashable, Sendable {
    /// One run of bytes in one direction.
    package struct Turn: Hashable, Sendable {
        package enum Direction: String, Sendable {
            case sent = ">"
            case received = "<"
        }

        package var direction: Direction
        package var bytes: [UInt8]
        package var at: Timestamp
    }

    /// The media type of the bytes.
    package static let contentType = "application/vnd.ajar.dialogue"

    package private(set) var turns: [Turn] = []

    package init() {}

    /// Notes what was said; what follows in the same direction belongs to the same turn.
    package mutating func note(_ direction: Turn.Direction, _ bytes: [UInt8], at: Timestamp) {
        guard !bytes.isEmpty else { return }
        if let last = turns.indices.last, turns[last].direction == direction {
            turns[last].bytes += bytes
        } else {
            turns.append(Turn(direction: direction, bytes: bytes, at: at))
        }
    }

    package var isEmpty: Bool { turns.isEmpty }

    /// What the server said, all turns together.
    package var received: [UInt8] { turns.filter { $0.direction == .received }.flatMap(\.bytes) }

    /// What the server said first.
    package var opening: [UInt8] { turns.first { $0.direction == .received }?.bytes ?? [] }

    package var bytes: [UInt8] {
        turns.reduce(Array("ajar-dialogue/1\n".utf8)) { bytes, turn in
            bytes + Array("\(turn.direction.rawValue) \(turn.bytes.count) \(turn.at)\n".utf8) + turn.bytes + [0x0a]
        }
    }
}
