package import Domain
import Foundation
import TOMLKit

/// The productions that a case's files are identified with, from `projects.toml`.
///
/// ```toml
/// [[project]]
/// key = "harbour"
/// titles = ["The Harbour", "港湾物语"]
/// codes = ["HBR"]
/// companies = ["Pale Harbour Pictures, LLC"]
/// ```
package struct ProjectsFile: Hashable, Sendable {
    /// The most bytes of a projects file.
    package static let sizeLimit = 1 << 20
    /// The longest title, code or company in bytes.
    package static let nameLimit = 256

    package var projects: [Project]

    /// A missing file is an error: a case without projects has an empty one, or asks for none.
    package static func load(from path: String) throws(IdentifyError) -> ProjectsFile {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw IdentifyError(.unreadable, "cannot be read: \(error.localizedDescription)", at: path)
        }
        return try ProjectsFile(parsing: Array(data), file: path)
    }

    /// Every error names the file and, where it is known, the line.
    package init(parsing bytes: [UInt8], file: String) throws(IdentifyError) {
        guard bytes.count <= Self.sizeLimit else {
            throw IdentifyError(.badProjects, "longer than \(Self.sizeLimit) bytes", at: file)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw IdentifyError(.badProjects, "not UTF-8", at: file)
        }
        let lines = ProjectLines(text)
        let content: Content
        do {
            content = try TOMLDecoder(strictDecoding: true).decode(Content.self, from: text)
        } catch {
            throw Self.explain(error, file: file, lines: lines)
        }
        projects = []
        for (index, entry) in (content.project ?? []).enumerated() {
            let project = entry.project
            if let (key, problem) = Self.problem(in: project, after: projects) {
                throw IdentifyError(.badProjects, problem, at: lines.place(file, project: index, key: key))
            }
            projects.append(project)
        }
    }

    private static func problem(in project: Project, after earlier: [Project]) -> (key: String, text: String)? {
        let keyBytes = project.key.utf8
        guard (1...64).contains(keyBytes.count),
            keyBytes.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { return ("key", "a key is 1 to 64 of a-z, 0-9 and '-', not '\(project.key)'") }
        guard !earlier.contains(where: { $0.key == project.key }) else {
            return ("key", "the key '\(project.key)' is given twice")
        }
        let lists = [("titles", project.titles), ("codes", project.codes), ("companies", project.companies)]
        guard lists.contains(where: { !$0.1.isEmpty }) else {
            return ("key", "'\(project.key)' has no title, code or company to be known by")
        }
        for (key, names) in lists {
            guard names.allSatisfy({ $0.utf8.count <= nameLimit }) else {
                return (key, "a name is longer than \(nameLimit) bytes")
            }
            guard names.allSatisfy({ $0.contains { $0.isLetter || $0.isNumber } }) else {
                return (key, "a name has no letter or digit")
            }
        }
        if let code = project.codes.first(where: { $0.count < 2 || $0.contains { !$0.isLetter && !$0.isNumber } }) {
            return ("codes", "a code is two or more letters and digits, not '\(code)'")
        }
        return nil
    }

    private static func explain(_ error: any Error, file: String, lines: ProjectLines) -> IdentifyError {
        switch error {
        case let error as TOMLParseError:
            return IdentifyError(.badProjects, error.description, at: "\(file):\(error.source.begin.line)")
        case let error as UnexpectedKeysError:
            let key = error.keys.keys.min { (lines.line(of: $0) ?? 0) < (lines.line(of: $1) ?? 0) } ?? "?"
            let message = "unknown key '\(key)'; allowed are [[project]] with key, titles, codes, companies"
            return IdentifyError(.badProjects, message, at: lines.place(file, key: key))
        case DecodingError.keyNotFound(let key, let context):
            return IdentifyError(
                .badProjects,
                "'\(key.stringValue)' is missing or of the wrong type",
                at: lines.place(file, path: context.codingPath + [key])
            )
        case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            return IdentifyError(
                .badProjects,
                context.debugDescription,
                at: lines.place(file, path: context.codingPath)
            )
        default: return IdentifyError(.badProjects, "\(error)", at: file)
        }
    }
}

/// The file as TOML holds it: everything but the key may be left out.
private struct Content: Decodable {
    struct Entry: Decodable {
        var key: String
        var titles: [String]?
        var codes: [String]?
        var companies: [String]?

        var project: Project {
            Project(key: key, titles: titles ?? [], codes: codes ?? [], companies: companies ?? [])
        }
    }

    var project: [Entry]?
}

/// Where the keys of a projects file stand, for error messages: the decoder does not say.
private struct ProjectLines {
    private var projects: [Int] = []
    private var keys: [(project: Int, key: String, line: Int)] = []

    init(_ text: String) {
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingPrefix { $0 == " " || $0 == "\t" }
            if line.hasPrefix("[") {
                projects.append(index + 1)
            } else if let equals = line.firstIndex(of: "=") {
                let key = line[..<equals].filter { $0 != " " && $0 != "\t" && $0 != "\"" }
                keys.append((projects.count - 1, String(key), index + 1))
            }
        }
    }

    func line(of key: String) -> Int? { keys.first { $0.key == key }?.line }

    func place(_ file: String, key: String) -> String { line(of: key).map { "\(file):\($0)" } ?? file }

    func place(_ file: String, project: Int, key: String) -> String {
        let line = keys.first { $0.project == project && $0.key == key }?.line
        let header = projects.indices.contains(project) ? projects[project] : nil
        return (line ?? header).map { "\(file):\($0)" } ?? file
    }

    func place(_ file: String, path: [any CodingKey]) -> String {
        place(file, project: path.compactMap(\.intValue).first ?? 0, key: path.dropFirst(2).first?.stringValue ?? "")
    }
}
