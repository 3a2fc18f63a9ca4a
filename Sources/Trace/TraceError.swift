/// Why a log cannot be traced: always the operator's own files or the vault, never what a log holds.
package struct TraceError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case unreadable
        case badSideFile
        case badList
        case badDatabase
        /// A data file is no longer the one that the job names.
        case changed
    }

    package var code: Code
    /// What is wrong and what is allowed, in one line.
    package var message: String
    /// The file, with the line where one is known.
    package var place: String

    package init(_ code: Code, _ message: String, at place: String) {
        self.code = code
        self.message = message
        self.place = place
    }

    package var description: String { "\(place): \(message)" }
}
