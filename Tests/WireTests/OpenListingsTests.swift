import Domain
import Foundation
import Testing
import Wire

/// Listings from the wild, when the folder of test data is there: how many are read with the right counts.
@Suite struct OpenListingsTests {
    private static let folder = ProcessInfo.processInfo.environment["AJAR_TEST_DATA"].map { URL(filePath: $0) }?
        .appending(path: "open-listings")

    private struct Sample: Decodable {
        struct Expectation: Decodable {
            var files: Int?
            var subdirectories: Int?
        }
        var sample: String
        var expect: Expectation
    }

    @Test(.enabled(if: folder != nil, "set AJAR_TEST_DATA to the folder of sample listings"))
    func readsListingsFromTheWild() throws {
        let folder = try #require(Self.folder)
        let truth = try Data(contentsOf: folder.appending(path: "truth.json"))
        var tally: [String: (right: Int, all: Int)] = [:]
        for sample in try JSONDecoder().decode([Sample].self, from: truth) {
            guard let page = try? Array(Data(contentsOf: folder.appending(path: sample.sample))) else { continue }
            let title = String(decoding: HTMLPage(page).title ?? [], as: UTF8.self)
            let path = title.firstIndex(of: "/").map { String(title[$0...]) } ?? "/"
            let base = WebAddress("http://files.example/")?.resolving((path.hasSuffix("/") ? path : path + "/").utf8)
            let listing = ListingReader.read(page, at: try #require(base))
            let found = (listing?.rows.count { !$0.isFolder }, listing?.rows.count { $0.isFolder })
            let isRight = found == (sample.expect.files, sample.expect.subdirectories)
            let format = listing?.format ?? "not recognised"
            tally[format, default: (0, 0)].all += 1
            if isRight {
                tally[format, default: (0, 0)].right += 1
            } else {
                print(
                    "open listings: \(sample.sample) [\(format)] \(title.prefix(60)): \(found), truth \(sample.expect)"
                )
            }
        }
        for (format, count) in tally.sorted(by: { $0.key < $1.key }) {
            print("open listings: \(format): \(count.right) of \(count.all) with the right counts")
        }
        #expect(tally.filter { $0.key != "not recognised" }.values.map(\.right).reduce(0, +) > 0)
    }
}
