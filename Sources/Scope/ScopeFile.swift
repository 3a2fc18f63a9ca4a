import Foundation

extension Scope {
    /// Reads a scope file; the bytes are returned as they were read, to be sealed.
    package static func load(from path: String) throws(ScopeError) -> (scope: Scope, bytes: [UInt8]) {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        } catch {
            let reason = error.localizedDescription
            throw ScopeError(.unreadable, file: path, line: 1, problem: reason, allowed: "a scope file is a TOML file")
        }
        return (try Scope(parsing: bytes, file: path), bytes)
    }
}
