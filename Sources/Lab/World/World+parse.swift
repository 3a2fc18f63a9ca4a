import Domain
import TOMLKit

extension World {
    /// The most bytes of a world file.
    package static let sizeLimit = 1 << 20

    /// Reads a world file. Every error names the file and the line.
    package init(parsing text: String, file: String) throws(LabError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw LabError(.badWorld, "longer than \(Self.sizeLimit) bytes", at: file)
        }
        let lines = KeyLines(text)
        do {
            self = try TOMLDecoder(strictDecoding: true).decode(World.self, from: text)
            source = text
        } catch {
            throw Self.explain(error, file: file, lines: lines)
        }
        for problem in problems {
            throw LabError(.badWorld, problem.message, at: Self.place(problem.path, file, lines))
        }
    }

    private static func explain(_ error: any Error, file: String, lines: KeyLines) -> LabError {
        switch error {
        case let error as TOMLParseError:
            return LabError(.badWorld, error.description, at: "\(file):\(error.source.begin.line)")
        case let error as UnexpectedKeysError:
            let found = error.keys.map { key, path in (key, path.map(\.worldText)) }
                .min { (lines.line(of: $0.1) ?? 0) < (lines.line(of: $1.1) ?? 0) }
            guard let (key, path) = found else { return LabError(.badWorld, "unknown key", at: file) }
            return LabError(.badWorld, "unknown key '\(key)'", at: place(path, file, lines))
        case DecodingError.keyNotFound(let key, let context):
            let path = context.codingPath.map(\.worldText)
            let full = path.last == key.stringValue ? path : path + [key.stringValue]
            return LabError(
                .badWorld,
                "'\(key.stringValue)' is missing or of the wrong type",
                at: place(full, file, lines)
            )
        case DecodingError.dataCorrupted(let context), DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            return LabError(
                .badWorld,
                context.debugDescription,
                at: place(context.codingPath.map(\.worldText), file, lines)
            )
        default: return LabError(.badWorld, "\(error)", at: file)
        }
    }

    private static func place(_ path: [String], _ file: String, _ lines: KeyLines) -> String {
        lines.line(of: path).map { "\(file):\($0)" } ?? file
    }
}

extension CodingKey {
    fileprivate var worldText: String { intValue.map(String.init) ?? stringValue }
}
