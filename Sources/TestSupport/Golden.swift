package import Foundation

/// Compares `actual` with the golden file next to the test, or writes it when `RECORD` is set.
///
/// Returns nil when they agree, and otherwise what to print.
package func golden(_ name: String, _ actual: String, file: String = #filePath) throws -> String? {
    let url = goldenFolder(file).appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD"] != nil {
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(actual.utf8).write(to: url, options: .atomic)
        return nil
    }
    guard let expected = try? String(contentsOf: url, encoding: .utf8) else {
        return "\(name) is missing or no text; RECORD=1 swift test writes it.\n--- actual\n\(actual)"
    }
    return expected == actual
        ? nil : "\(name) differs; RECORD=1 swift test rewrites it.\n--- expected\n\(expected)\n--- actual\n\(actual)"
}

/// The golden files in a folder with that extension, sorted, for parameterised tests. A missing folder is empty.
package func goldenFiles(in folder: String, extension suffix: String, file: String = #filePath) -> [URL] {
    let url = goldenFolder(file).appending(path: folder)
    let files = (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == suffix }.sorted { $0.path < $1.path }
}

/// `Golden` in the test target's own folder, also for tests in its subfolders.
private func goldenFolder(_ file: String) -> URL {
    var folder = URL(filePath: file).deletingLastPathComponent()
    while folder.deletingLastPathComponent().lastPathComponent != "Tests", folder.path != "/" {
        folder.deleteLastPathComponent()
    }
    return folder.appending(path: "Golden")
}
