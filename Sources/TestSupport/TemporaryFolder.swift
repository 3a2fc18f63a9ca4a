package import Foundation

/// A folder that exists while the body runs and is removed afterwards, whatever happened.
package func withTemporaryFolder<Result>(
    _ name: String = "ajar",
    _ body: (URL) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// A folder that lives as long as this value: for a test suite's stored property.
package final class TemporaryFolder: Sendable {
    package let url: URL
    /// The folder's path, without a slash at the end.
    package var path: String { url.path(percentEncoded: false) }

    /// One that is in memory, where the system has such a place, suits tests that sync thousands of times.
    package init(_ name: String = "ajar", inMemory: Bool = false) throws {
        let memory = URL(filePath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: memory.path)
        let folder = inMemory && isThere ? memory : FileManager.default.temporaryDirectory
        url = folder.appending(path: "\(name)-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a file, with the folders above it.
    @discardableResult
    package func write(_ path: String, _ bytes: some Sequence<UInt8>) throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return file
    }
}
