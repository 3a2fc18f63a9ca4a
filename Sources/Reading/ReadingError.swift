/// What keeps the reading stage from working at all. What a single file does to a reader is no error but its reading.
package struct ReadingError: Error, Sendable {
    package enum Code: Hashable, Sendable {
        /// There is no reader program at that path, or it does not start.
        case readerMissing
        /// The reader started and did not greet as this version does.
        case readerUnfit
        /// The vault could not give or take bytes.
        case vault
    }

    package let code: Code
    /// What was attempted and what came instead, in one line.
    package let attempted: String

    package init(_ code: Code, _ attempted: String) {
        self.code = code
        self.attempted = attempted
    }
}

extension ReadingError: CustomStringConvertible {
    package var description: String { attempted }
}
