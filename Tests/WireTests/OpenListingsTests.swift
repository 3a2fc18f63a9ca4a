import Domain
import Foundation
import Testing
import Wire

/// Listings that others saved, when the folder of test data is there: how many are read as their truth has it.
@Suite struct OpenListingsTests {
    private static let data = ProcessInfo.processInfo.environment["AJAR_TEST_DATA"].map { URL(filePath: $0) }

    private struct Sample: Decodable {
        struct Expectation: Decodable {
            var files: Int?
            var subdirectories: Int?
            var names: [Name]
        }
        /// `["Files", 0, "Attack_tor.pdf"]`: the list, the place in it, the name.
        struct Name: Decodable {
            var list: String
            var place: Int
            var name: String

            init(from decoder: any Decoder) throws {
                var parts = try decoder.unkeyedContainer()
                list = try parts.decode(String.self)
                place = try parts.decode(Int.self)
                name = try parts.decode(String.self)
            }
        }
        var sample: String
        var expect: Expectation
    }

    private func reading(of page: [UInt8]) throws -> ListingReading? {
        var reader = ListingReader(at: try #require(WebAddress("http://localhost/")))
        reader.feed(page)
        return reader.finishReading()
    }

    @Test(.enabled(if: data != nil, "set AJAR_TEST_DATA to the folder of sample listings"))
    func readsListingsFromTheWild() throws {
        let folder = try #require(Self.data).appending(path: "open-listings")
        let truth = try Data(contentsOf: folder.appending(path: "truth.json"))
        let samples = try JSONDecoder().decode([Sample].self, from: truth)
        var tally: [String: (right: Int, all: Int)] = [:]
        var names = (right: 0, all: 0)
        for sample in samples {
            let reading = try reading(of: Array(Data(contentsOf: folder.appending(path: sample.sample))))
            let files = reading?.entries.filter { !$0.isFolder } ?? []
            let folders = reading?.entries.filter(\.isFolder) ?? []
            let format = reading?.format ?? "not recognised"
            tally[format, default: (0, 0)].all += 1
            if reading != nil, (files.count, folders.count) == (sample.expect.files, sample.expect.subdirectories) {
                tally[format]?.right += 1
            } else {
                let wanted = (sample.expect.files ?? -1, sample.expect.subdirectories ?? -1)
                print("open listings: \(sample.sample) [\(format)]: \((files.count, folders.count)), truth \(wanted)")
            }
            for expected in sample.expect.names {
                let list = expected.list == "Files" ? files : folders
                names.all += 1
                let found = list.indices.contains(expected.place) ? list[expected.place].name.bytes : []
                if String(decoding: found, as: UTF8.self) == expected.name {
                    names.right += 1
                } else {
                    let shown = String(decoding: found, as: UTF8.self).shown
                    print("open listings: \(sample.sample) [\(format)]: name \(shown), truth \(expected.name)")
                }
            }
        }
        for (format, count) in tally.sorted(by: { $0.key < $1.key }) {
            print("open listings: \(format): \(count.right) of \(count.all) with the right counts")
        }
        let right = tally.values.map(\.right).reduce(0, +)
        print("open listings: \(right) of \(samples.count) with the right counts, \(names.right) of \(names.all) names")
        #expect(right * 100 >= samples.count * 98)
    }

    /// Pages of one folder, from many servers: what one of them shows and another does not is printed.
    @Test(.enabled(if: data != nil, "set AJAR_TEST_DATA to the folder of sample listings"))
    func pagesOfOneFolderAgree() throws {
        let folder = try #require(Self.data).appending(path: "listings")
        var shown: [String: (format: String, names: Set<PathName>)] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        where ["html", "json", "xml"].contains(where: { file.hasSuffix(".\($0)") }) {
            let reading = try reading(of: Array(Data(contentsOf: folder.appending(path: file))))
            guard let reading else {
                print("listings: \(file) is not recognised")
                continue
            }
            shown[file] = (reading.format, Set(reading.entries.map(\.name)))
        }
        var counts: [PathName: Int] = [:]
        for page in shown.values { for name in page.names { counts[name, default: 0] += 1 } }
        let common = Set(counts.filter { $0.value * 2 >= shown.count }.keys)
        for (file, page) in shown.sorted(by: { $0.key < $1.key }) {
            let missing = common.subtracting(page.names).map(\.display).sorted()
            let own = page.names.subtracting(common).map(\.display).sorted()
            print("listings: \(file) [\(page.format)]: \(page.names.count), missing \(missing), own \(own.prefix(8))")
        }
        #expect(shown.count >= 20)
    }
}
