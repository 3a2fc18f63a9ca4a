/// Why the catalogue could not be read or written.
package struct CatalogueError: Error, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The file cannot be opened, or is no catalogue.
        case unreadable
        /// The file was written by a newer version of this program.
        case tooNew
        /// The disk is full, or the file cannot be written.
        case unwritable
        /// A row does not hold what the schema promises.
        case damaged
    }

    package var code: Code
    /// What was attempted, and what came of it, in one line.
    package var description: String

    package init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
