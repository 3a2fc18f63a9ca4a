import Domain
import Foundation
import TestSupport
import Testing
import Trace

@Suite struct PlaceDatabaseTests {
    @Test func readsCountryCityAndRadius() throws {
        let folder = try TemporaryFolder()
        let url = try folder.write(
            "city.mmdb",
            SmallPlaceDatabase.city("192.0.2.0/24", "CN", "Dalian", radius: 100).bytes()
        )
        let database = try PlaceDatabase(path: url.path)
        #expect(database.type == "Test-City")
        #expect(database.built == Day(year: 2023, month: 4, day: 1))
        let place = try database.place(of: try #require(IPAddress("192.0.2.7")), source: "Test")
        let expected = PlaceOpinion(
            country: "CN",
            city: "Dalian",
            latitude: 38.9,
            longitude: 121.6,
            radius: 100,
            source: "Test"
        )
        #expect(place == expected)
        #expect(try database.place(of: try #require(IPAddress("192.0.3.7")), source: "Test") == nil)
        #expect(try database.place(of: try #require(IPAddress("2001:db8::1")), source: "Test") == nil)
    }

    @Test func aDamagedDatabaseIsAnError() throws {
        let folder = try TemporaryFolder()
        let whole = SmallPlaceDatabase.city("192.0.2.0/24", "CN", "Dalian", radius: 100).bytes()
        var refused = 0
        for length in stride(from: 0, to: whole.count, by: 5) {
            let url = try folder.write("cut-\(length).mmdb", whole[..<length])
            do {
                let database = try PlaceDatabase(path: url.path)
                _ = try database.place(of: try #require(IPAddress("192.0.2.7")), source: "Test")
            } catch let error as TraceError {
                #expect(error.code == .badDatabase)
                refused += 1
            }
        }
        #expect(refused > 10)
    }

    /// The installed databases, where `AJAR_DATA` or the usual folder has them: what `scripts/places` is for.
    @Test(.enabled(if: !installed.isEmpty, "no place database; scripts/places DIR installs one"))
    func installedDatabasesKnowTheWorld() throws {
        let address = try #require(IPAddress("123.185.172.26"))
        for path in Self.installed {
            let place = try PlaceDatabase(path: path).place(of: address, source: "installed")
            #expect(place?.country == "CN")
        }
    }

    private static let folder = {
        let environment = ProcessInfo.processInfo.environment
        return environment["AJAR_DATA"] ?? (environment["HOME"] ?? "/root") + "/.local/share/ajar"
    }()

    private static let installed = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".mmdb") }.map { folder + "/" + $0 }
}
