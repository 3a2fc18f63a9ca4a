import Domain
import Foundation
import Reading
import TestSupport
import Testing

@Suite struct ReadingStageTests {
    @Test func readsATextAndItsDates() async throws {
        let file = try await reading("note.txt", Array("SC045 返修 2024年1月15日\nSC045 수정할것\n".utf8))
        #expect(file.status == .read)
        #expect(file.type?.mime == "text/plain")
        #expect(file.values("text") == ["SC045 返修 2024年1月15日", "SC045 수정할것"])
        #expect(file.values("date") == ["2024-01-15"])
        #expect(file.notePairs.first?.translation.text == "SC045 수정할것")
    }
}
