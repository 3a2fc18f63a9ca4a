import Foundation

/// A folder of templates, as its owner laid it out. Read once, each file within its limit; links are not followed.
package struct TemplateFolder: Sendable {
    /// One file, by its path within the folder.
    package struct File: Hashable, Codable, Sendable {
        package var path: String
        package var text: String
    }

    /// Templates of one folder.
    package static let mostFiles = 50_000
    /// Bytes of one file of payloads.
    package static let longestWords = 1 << 20

    /// Templates, by path.
    package let templates: [File]
    /// Files of payloads that they name.
    private let root: URL

    /// Reads every `.yaml` and `.yml` file below the folder. Throws ``DoorsError`` where the folder cannot be read.
    package init(at path: String) throws(DoorsError) {
        root = URL(filePath: path, directoryHint: .isDirectory)
        let keys: [URLResourceKey] = [.isRegularFileKey, .fileSizeKey]
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
            let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: keys)
        else { throw DoorsError(.templates, "\(path) is no folder that can be read") }
        let base = root.path(percentEncoded: false)
        var found: [File] = []
        for case let file as URL in files where ["yaml", "yml"].contains(file.pathExtension.lowercased()) {
            let values: URLResourceValues
            do { values = try file.resourceValues(forKeys: Set(keys)) } catch {
                throw DoorsError(.templates, "\(file.path(percentEncoded: false)): \(error.localizedDescription)")
            }
            guard values.isRegularFile == true else { continue }
            guard found.count < Self.mostFiles else {
                throw DoorsError(.templates, "\(path) has over \(Self.mostFiles) templates")
            }
            let full = file.path(percentEncoded: false)
            found.append(
                File(path: full.hasPrefix(base) ? String(full.dropFirst(base.count)) : full, text: try Self.read(file))
            )
        }
        templates = found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// At most one byte more than a template may have: then it is refused by its length.
    private static func read(_ file: URL) throws(DoorsError) -> String {
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            let data = try handle.read(upToCount: YAMLReader.longest + 1) ?? Data()
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw DoorsError(.templates, "\(file.path(percentEncoded: false)): \(error.localizedDescription)")
        }
    }

    /// A file of payloads within the folder; nil where there is none, or its name leads out.
    package func words(_ name: String) -> [UInt8]? {
        guard !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
        let file = root.appending(path: name).resolvingSymlinksInPath()
        let base = root.resolvingSymlinksInPath().path(percentEncoded: false)
        guard file.path(percentEncoded: false).hasPrefix(base),
            let handle = FileHandle(forReadingAtPath: file.path(percentEncoded: false))
        else { return nil }
        defer { try? handle.close() }
        // A file that cannot be read is a file that is not there: the template that names it is refused.
        guard let data = try? handle.read(upToCount: Self.longestWords + 1), data.count <= Self.longestWords else {
            return nil
        }
        return Array(data)
    }

    /// Reads every template. One whose id another file had before is refused.
    package func readings() -> [TemplateReading] {
        var seen: [String: String] = [:]
        return templates.map { file in
            var reading = TemplateReading(Array(file.text.utf8), file: file.path, words: words)
            if let id = reading.id {
                if let first = seen[id] {
                    reading.refusals.append(TemplateRefusal(.duplicate, "\(first) has the id \(id) too", line: 1))
                    reading.template = nil
                }
                seen[id] = seen[id] ?? file.path
            }
            return reading
        }
    }
}
