import Domain
import Doors
import TestSupport
import Testing

/// Websites on a real nginx, with doors and with what only looks like one.
@Suite(.enabled(if: isInstalled("nginx"))) struct DoorsTests {
    private let address = IPAddress(v4: 0x7f3d_0301)

    private static let homes = "location ~ ^/data/User/[^/]+/home/ { autoindex on; }"

    private func paths(_ outcome: DoorsOutcome) -> [String] { outcome.doors.map(\.address.target) }

    @Test func dataFolderBesideALogin() async throws {
        let files = ["data/User/admin/home/2024-01-15/cut.png": "png", "data/User/admin/home/notes.txt": "note"]
        let found = try await doors(of: Self.homes, files: files, at: address)
        #expect(paths(found) == ["/data/User/admin/home/"])
        let door = try #require(found.doors.first)
        #expect(door.kind == .dataFolder)
        #expect(door.check == "data folder")
        #expect(door.website == "cloud.example")
        #expect(door.proof.map(\.role) == [.loginPage, .listing, .content, .sibling])
        #expect(door.proof.map(\.status) == [200, 200, 200, 404])
        #expect(found.completeness == .complete)
        #expect(found.examined.map(\.target) == ["/"])
    }

    @Test func everyUserWithAListingIsADoor() async throws {
        let files = [
            "index.html": loginPage + "<script>var wall = '/data/User/songbird/home/wall.jpg';</script>",
            "data/User/guest/home/a.txt": "a", "data/User/songbird/home/b.txt": "b",
            "data/User/songbird/home/deep/c.txt": "c",
        ]
        let found = try await doors(of: Self.homes, files: files, at: address)
        #expect(paths(found) == ["/data/User/guest/home/", "/data/User/songbird/home/"])
    }

    @Test func theHighestFolderIsTheDoor() async throws {
        let files = ["data/User/admin/home/a.txt": "a", "data/User/guest/home/b.txt": "b"]
        let found = try await doors(of: "location /data/ { autoindex on; }", files: files, at: address)
        #expect(paths(found) == ["/data/"])
        #expect(found.doors.first?.kind == .dataFolder)
    }

    /// The folders between refuse with 403 or 404, and only what lies deepest is listed.
    @Test(arguments: [403, 404]) func deepFoldersBelowRefusals(status: Int) async throws {
        let server =
            "location /data/ { return \(status); } location ~ ^/data/User/[^/]+/home/desktop/ { autoindex on; }"
        let files = ["data/User/demo/home/desktop/a.txt": "a"]
        #expect(
            try await paths(doors(of: server, files: files, at: address)) == ["/data/User/demo/home/desktop/"]
        )
    }

    @Test func ownCloudLayout() async throws {
        let server = "location ~ ^/data/[^/]+/files/ { autoindex on; }"
        let found = try await doors(of: server, files: ["data/admin/files/Documents/Example.odt": "x"], at: address)
        #expect(paths(found) == ["/data/admin/files/"])
        #expect(found.doors.first?.kind == .dataFolder)
    }

    @Test func applicationBelowAFolder() async throws {
        let files = [
            "index.html": "<html><a href=\"cloud/login.html\">cloud</a></html>", "cloud/login.html": loginPage,
            "cloud/data/User/admin/home/a.txt": "a",
        ]
        let found = try await doors(of: "location ~ ^/cloud/data/ { autoindex on; }", files: files, at: address)
        #expect(paths(found) == ["/cloud/data/"])
        #expect(found.doors.first?.kind == .dataFolder)
    }

    @Test func publicDownloadsAreAListing() async throws {
        let front = "<html><title>News</title><a href=\"/pub/releases/\">downloads</a></html>"
        let files = ["index.html": front, "pub/releases/a.zip": "zip"]
        let found = try await doors(of: "location /pub/ { autoindex on; }", files: files, at: address)
        #expect(paths(found) == ["/pub/"])
        let door = try #require(found.doors.first)
        #expect(door.kind == .listing)
        #expect(door.proof.map(\.role) == [.listing, .content, .sibling])
    }

    @Test func aListingAtTheRoot() async throws {
        let server = "autoindex on; index nothing.html; location = /index.html { return 404; }"
        let found = try await doors(of: server, files: ["a.txt": "a", "sub/b.txt": "b"], at: address)
        #expect(paths(found) == ["/"])
    }

    private static let decoys: [(name: String, server: String, reason: String)] = [
        ("placeholder", "location /data/ { default_type text/html; return 200 '<html>no</html>'; }", "no listing"),
        ("everything 200", "location / { default_type text/html; return 200 '\(loginPage)'; }", "random name"),
        ("guarded twin", "location /data/ { return 401; }", "(401)"),
        ("login everywhere", "error_page 404 =200 /index.html;", "random name"),
        ("login below data", "location /data/ { try_files /index.html =404; }", "login page"),
        ("redirect to login", "location /data/ { return 302 /login; }", "redirects to its login"),
    ]

    @Test(arguments: decoys.map(\.name)) func decoysAreRejected(name: String) async throws {
        let decoy = try #require(Self.decoys.first { $0.name == name })
        let found = try await doors(of: decoy.server, files: ["data/User/admin/home/a.txt": "a"], at: address)
        #expect(found.doors == [])
        #expect(found.rejections.contains { $0.reason.contains(decoy.reason) && $0.seal != nil })
    }

    @Test func aListingWhoseFilesAreRefusedIsNoDoor() async throws {
        let server = "location /data/ { autoindex on; } location ~ ^/data/.*txt$ { return 401; }"
        let found = try await doors(of: server, files: ["data/a.txt": "a"], at: address)
        #expect(found.doors == [])
        #expect(found.rejections.contains { $0.reason.contains("status 401") })
    }

    @Test func aFolderThatAnswersEverythingIsNoDoor() async throws {
        let server = "location /data/ { autoindex on; error_page 404 =200 /data/a.txt; }"
        let found = try await doors(of: server, files: ["data/a.txt": "a"], at: address)
        #expect(found.doors == [])
        #expect(found.rejections.contains { $0.reason.contains("random sibling") })
    }

    @Test func oneDoorUnderSeveralNames() async throws {
        let names = [address.description, "www.cloud.example", "cloud.example"]
        let server = "location /data/ { autoindex on; }"
        let found = try await doors(of: server, files: ["data/a.txt": "a"], at: address, names: names)
        #expect(found.doors.map(\.website) == ["cloud.example"])
        #expect(found.examined.count == 3)
    }

    @Test func theBudgetHolds() async throws {
        var limits = DoorsLimits()
        limits.requests = 30
        limits.keptForProof = 10
        let found = try await doors(of: "", files: [:], at: address, limits: limits)
        #expect(found.completeness != .complete)
        #expect(found.examined == [])
    }

    /// What is held of one website has a limit in bytes as well; a part of it is kept for the proof.
    @Test func theRoomHolds() async throws {
        var limits = DoorsLimits()
        limits.siteBytes = 60_000
        let long = String(repeating: "words of a page that says much, ", count: 1_000)
        let pages = Dictionary(
            uniqueKeysWithValues: (0..<8).map { ("\($0).html", "<html>\(long)<a href=\($0 + 1).html>next</a></html>") }
        )
        let files = pages.merging(["index.html": "<html><a href=0.html>next</a></html>"]) { $1 }
        let found = try await doors(of: "", files: files, at: address, limits: limits)
        #expect(found.completeness != .complete)
        let roomy = try await doors(of: "", files: files, at: address)
        #expect(roomy.completeness == .complete)
    }
}
