import Crypto
import Domain
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Lab

struct ContentsPoolTests {
    @Test func theSameWorldMakesTheSameBytesTwice() async throws {
        let (first, second) = (try ContentsFixture.smallContents(), try ContentsFixture.smallContents())
        try await withTemporaryFolder { one in
            try await first.prepare(in: FilePath(one.path)) { _ in }
            try await withTemporaryFolder { other in
                try await second.prepare(in: FilePath(other.path)) { _ in }
            }
            for day in [ContentsFixture.firstDay, ContentsFixture.lastDay] {
                #expect(first.files(on: day) == second.files(on: day))
            }
            try holdsEverything(first, in: one)
        }
    }

    private func holdsEverything(_ contents: StorageContents, in folder: URL) throws {
        for file in contents.files(on: ContentsFixture.lastDay) {
            let bytes = try Data(contentsOf: folder.appending(path: file.payload.description))
            #expect(UInt64(bytes.count) == file.length)
            #expect(Array(Crypto.SHA256.hash(data: bytes)) == file.payload.bytes)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.filter { $0.utf8.count != 64 }.count == 1, "only the manifest lies beside the blobs")
    }

    @Test func aLaterProcessFindsWhatIsMadeAndRepairsWhatIsNot() async throws {
        try await withTemporaryFolder { folder in
            let pool = FilePath(folder.path)
            let made = try ContentsFixture.smallContents()
            #expect(throws: LabError.self) { try made.load(from: pool) }
            try await made.prepare(in: pool) { _ in }
            let later = try ContentsFixture.smallContents()
            try later.load(from: pool)
            let files = later.files(on: ContentsFixture.lastDay)
            #expect(files == made.files(on: ContentsFixture.lastDay))
            let lost = try #require(files.first)
            let place = folder.appending(path: lost.payload.description)
            try FileManager.default.removeItem(at: place)
            #expect(throws: LabError.self) { try later.load(from: pool) }
            try await later.prepare(in: pool) { _ in }
            #expect(FileManager.default.fileExists(atPath: place.path))
            try tellsWhatTheTreesShow(later.truth)
        }
    }

    private func tellsWhatTheTreesShow(_ truth: StorageTruth) throws {
        #expect(truth.lastUpdate?.day == ContentsFixture.firstDay.adding(8))
        #expect(truth.silenceSince == ContentsFixture.firstDay.adding(9))
        let silent = truth.entries.flatMap { entry in zip(entry.versions, entry.versions.dropFirst()) }
            .filter { $1.isSilent }
        #expect(silent.count == 1)
        for (before, after) in silent {
            #expect((before.length, before.modified) == (after.length, after.modified))
            #expect(before.payload != after.payload)
        }
        for entry in truth.entries {
            for (before, after) in zip(entry.versions, entry.versions.dropFirst()) where !after.isSilent {
                #expect(before.length != after.length && before.modified < after.modified)
            }
        }
        let encoded = try JSONEncoder().encode(truth)
        let decoded = try JSONDecoder().decode(StorageTruth.self, from: encoded)
        #expect(decoded.entries.map(\.path) == truth.entries.map(\.path))
    }
}
