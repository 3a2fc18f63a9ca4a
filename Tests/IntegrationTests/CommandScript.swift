import Foundation
import Subprocess
import Testing

/// A text script of the program as a process: `$ ajar …` lines, what each prints, and `? code` where it fails.
///
/// `FOLDER` stands for a temporary folder of the script's own. Standard error follows standard output.
struct CommandScript: CustomTestStringConvertible {
    struct Step {
        var command: [String]
        var expected: String
        var status: Int
    }

    let name: String
    let steps: [Step]

    var testDescription: String { name }

    init(_ url: URL) throws {
        name = url.deletingPathExtension().lastPathComponent
        var steps: [Step] = []
        for line in try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        ) {
            if line.hasPrefix("$ ajar") {
                let words = line.dropFirst(6).split(separator: " ").map(String.init)
                steps.append(Step(command: words, expected: "", status: 0))
            } else if line.hasPrefix("? "), !steps.isEmpty {
                steps[steps.count - 1].status = Int(line.dropFirst(2)) ?? -1
            } else if !line.hasPrefix("#"), !steps.isEmpty, !line.isEmpty {
                steps[steps.count - 1].expected += line + "\n"
            }
        }
        self.steps = steps
    }

    static let all: [CommandScript] = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.compactMap {
            try? CommandScript($0)
        }
    }()
}
