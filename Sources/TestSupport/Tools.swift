import Foundation

/// A program of the environment that AJAR_TOOLS names, or of the path; nil where there is none.
package func tool(_ name: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let folders =
        [environment["AJAR_TOOLS"].map { $0 + "/bin" }].compactMap(\.self)
        + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
}
