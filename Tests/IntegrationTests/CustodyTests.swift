import Domain
import Foundation
import Glibc
import TestSupport
import Testing
import Vault

/// What commands tell the ledger of themselves.
@Suite struct CustodyTests {
    private func entries(_ folder: URL) async throws -> [CustodyEntry] {
        let (text, status) = try await Program.ajar(["custody", "--json", "--case", "case"], in: folder)
        #expect(status == 0)
        return try JSONDecoder().decode([CustodyEntry].self, from: Data(text.utf8))
    }

    @Test func aReportIsTold() async throws {
        try await withTemporaryFolder("custody") { folder in
            #expect(try await Program.ajar(["init", "--case", "case"], in: folder).status == 0)
            let report = try await Program.ajar(["report", "--case", "case", "--output", "out"], in: folder)
            #expect(report.status == 0, "\(report.text)")
            let told = try await entries(folder)
            #expect(told.count == 1)
            let act = try #require(told.first?.act)
            #expect(act.kind == .report)
            let name = try await Program.shell("echo $(id -un)@$(uname -n)", in: folder).text
            #expect(act.actor + "\n" == name)
            #expect(act.tool == "ajar/\(ajarVersion)")
            #expect(act.settings["output"] == folder.path + "/out")
            #expect(act.settings["configuration"]?.count == 64)
            #expect(act.outcome == "complete")
            #expect(try #require(act.ended) >= act.began)
            #expect(told.first?.leaves.count == 2)
            let verification = try await Program.ajar(["verify", "--case", "case"], in: folder)
            #expect(verification.status == 0, "\(verification.text)")
        }
    }

    @Test func whoIsAsTheSettingsSayAndAFailureIsToldToo() async throws {
        try await withTemporaryFolder("custody") { folder in
            #expect(try await Program.ajar(["init", "--case", "case"], in: folder).status == 0)
            try "actor = \"R. Example\"\n".write(
                to: folder.appending(path: "case/ajar.toml"),
                atomically: true,
                encoding: .utf8
            )
            try Data().write(to: folder.appending(path: "file"))
            let report = try await Program.ajar(["report", "--case", "case", "--output", "file/out"], in: folder)
            #expect(report.status == 73)
            let act = try #require(try await entries(folder).first?.act)
            #expect(act.actor == "R. Example")
            #expect(act.outcome?.contains("cannot write the report") == true)
            #expect(act.ended != nil)
        }
    }
}
