/// Why collection could not work at all. What a server answered is data in the outcome, never an error.
package struct CollectError: Error, CustomStringConvertible, Sendable {
    package enum Code: Hashable, Sendable {
        /// The vault could not keep or give bytes.
        case vault
        /// The state that the job names is damaged, or of another source.
        case state
    }

    package var code: Code
    /// What was attempted and what came instead, in one line.
    package var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension CollectError: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}
