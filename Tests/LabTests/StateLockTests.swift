import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Lab

@Suite struct StateLockTests {
    @Test func letsOneChangeACountryAtATime() async throws {
        try await withTemporaryFolder { folder in
            let folder = FilePath(folder.path)
            let first = try StateLock(folder)
            #expect(throws: LabError.self) { try StateLock(folder) }
            first.release()
            try StateLock(folder).release()
        }
    }
}
