/// What is wrong with a scope file: where, what, and what would be right.
package struct ScopeError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        /// The file could not be read.
        case unreadable
        /// It is no TOML document.
        case syntax
        case unknownKey = "unknown key"
        case missingKey = "missing key"
        case wrongType = "wrong type"
        case badValue = "bad value"
        /// The level asks for an authority statement, and there is none.
        case noAuthority = "no authority statement"
    }

    package var code: Code
    package var file: String
    /// Counted from one.
    package var line: Int
    package var problem: String
    package var allowed: String

    package init(_ code: Code, file: String, line: Int, problem: String, allowed: String) {
        self.code = code
        self.file = file
        self.line = line
        self.problem = problem
        self.allowed = allowed
    }

    /// `FILE:LINE: what is wrong; what is allowed`.
    package var description: String { "\(file):\(line): \(problem); \(allowed)" }
}
