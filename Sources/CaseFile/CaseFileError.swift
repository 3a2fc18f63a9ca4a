/// Why a report could not be made.
package struct CaseFileError: Error, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// A template or style sheet is missing from the program's resources.
        case templateMissing
        /// The report could not be written.
        case unwritable
    }

    package var code: Code
    package var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
