/// What went wrong in the practice country: what was attempted, and where.
package struct LabError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// A world file that cannot be used; `place` is file and line.
        case badWorld
        /// A file that could not be read, written or removed.
        case storage
        /// A program that is missing, would not start, or died.
        case daemon
        /// Something on this machine is in the way: an address in use, an unreachable folder.
        case environment
        /// The request cannot be met: a day outside the world's days, a country that is not up.
        case badRequest
    }

    package var code: Code
    /// What was attempted and what is wrong, in words for the person at the terminal.
    package var message: String
    /// `file:line`, a path, or a program's name.
    package var place: String?

    package init(_ code: Code, _ message: String, at place: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
    }

    package var description: String { (place.map { "\($0): " } ?? "") + message }
}
