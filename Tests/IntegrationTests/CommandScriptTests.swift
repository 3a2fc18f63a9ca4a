import Foundation
import TestSupport
import Testing

@Suite struct CommandScriptTests {
    @Test(arguments: CommandScript.all)
    func plays(script: CommandScript) async throws {
        try await withTemporaryFolder("script") { folder in
            for step in script.steps {
                let command = step.command.map { $0.replacing("FOLDER", with: folder.path) }
                let (text, status) = try await Program.ajar(command, in: folder)
                let shown = text.replacing(folder.path, with: "FOLDER")
                    .split(separator: "\n").map { $0 + "\n" }.joined()
                let line = "ajar " + step.command.joined(separator: " ")
                #expect(status == step.status, "\(line): \(shown)")
                #expect(shown == step.expected, "\(line)")
            }
        }
    }

    @Test func thereAreScripts() {
        #expect(CommandScript.all.count >= 3)
    }
}
