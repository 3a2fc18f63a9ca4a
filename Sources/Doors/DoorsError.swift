/// Why the search for doors could not work at all. What a server answered is data in the outcome, never an error.
package struct DoorsError: Error, CustomStringConvertible, Sendable {
    package enum Code: Hashable, Sendable {
        /// The vault could not keep bytes.
        case vault
        /// A folder of templates could not be read.
        case templates
    }

    package var code: Code
    /// What was attempted and what came instead, in one line.
    package var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}

extension DoorsError: Equatable {
    package static func == (left: Self, right: Self) -> Bool { left.code == right.code }
}
