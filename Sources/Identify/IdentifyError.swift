/// Why a projects file cannot be used.
package struct IdentifyError: Error, Hashable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        case unreadable
        case badProjects
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
