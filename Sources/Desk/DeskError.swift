/// Why the desk could not be set up.
package struct DeskError: Error, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// A template or static file is missing from the program's resources.
        case resourceMissing
    }

    package var code: Code
    package var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
