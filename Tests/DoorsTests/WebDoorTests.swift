import Domain
import Doors
import Foundation
import TestSupport
import Testing

/// Doors of websites that are no listing: each beside a site that only looks like it.
@Suite struct WebDoorTests {
    private let address = IPAddress(v4: 0x7f3d_0601)

    struct Case: Sendable {
        var name: String
        var kind: DoorKind
        var target: String
        var pages: [String: Scripted]
    }

    private static let front = Scripted.page("<html><title>News</title><p>All the news of the town.</p></html>")

    private static let status = """
        <html><head><title>Apache Status</title></head><h1>Apache Server Status for news.example</h1>
        <dt>Server uptime: 3 days</dt></html>
        """

    private static let info = """
        <html><head><title>PHP 8.2.7 - phpinfo()</title></head><h1 class="p">PHP Version 8.2.7</h1>
        <td>Configure Command</td><td>$_SERVER['REQUEST_URI']</td></html>
        """

    private static let bucket = """
        <?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Name>films</Name><IsTruncated>false</IsTruncated><Contents><Key>cuts/</Key><Size>0</Size></Contents><Contents>
        <Key>cuts/a b.mov</Key><Size>4</Size></Contents></ListBucketResult>
        """

    private static let denied = """
        <?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>
        """

    private static let cluster = """
        {"name": "n1", "cluster_name": "films", "version": {"number": "8.11.0"}, "tagline": "You Know, for Search"}
        """

    static let cases: [Case] = [
        Case(
            name: "git",
            kind: .repository,
            target: "/.git/",
            pages: [
                "/": front, "/.git/HEAD": .bytes(Array("ref: refs/heads/main\n".utf8)),
                "/.git/config": .bytes(Array("[core]\n\trepositoryformatversion = 0\n".utf8)),
            ]
        ),
        Case(
            name: "Subversion",
            kind: .repository,
            target: "/.svn/",
            pages: [
                "/": front, "/.svn/wc.db": .bytes(Array("SQLite format 3".utf8) + [0, 16, 0]),
                "/.svn/entries": .bytes(Array("12\n".utf8)),
            ]
        ),
        Case(
            name: "environment",
            kind: .leftover,
            target: "/.env",
            pages: ["/": front, "/.env": .bytes(Array("# production\nAPP_NAME=films\nDB_PASSWORD=secret\n".utf8))]
        ),
        Case(
            name: "DS_Store",
            kind: .leftover,
            target: "/.DS_Store",
            pages: ["/": front, "/.DS_Store": .bytes([0, 0, 0, 1] + Array("Bud1".utf8) + [0, 0, 16, 0])]
        ),
        Case(
            name: "dump",
            kind: .leftover,
            target: "/dump.sql",
            pages: ["/": front, "/dump.sql": .bytes(Array("-- MySQL dump 10.13\nCREATE TABLE u (id int);\n".utf8))]
        ),
        Case(
            name: "archive",
            kind: .leftover,
            target: "/cloud.example.zip",
            pages: ["/": front, "/cloud.example.zip": .bytes([0x50, 0x4b, 3, 4, 20, 0])]
        ),
        Case(name: "phpinfo", kind: .statusPage, target: "/info.php", pages: ["/": front, "/info.php": .page(info)]),
        Case(
            name: "server-status",
            kind: .statusPage,
            target: "/server-status",
            pages: ["/": front, "/server-status": .page(status)]
        ),
        Case(
            name: "bucket",
            kind: .bucket,
            target: "/",
            pages: ["/": .page(bucket), "/cuts/a%20b.mov": .bytes([1, 2, 3, 4])]
        ),
        Case(
            name: "Elasticsearch",
            kind: .database,
            target: "/",
            pages: [
                "/": .json(cluster),
                "/_cat/indices?format=json": .json(#"[{"index": "films", "docs.count": "1204"}]"#),
            ]
        ),
        Case(
            name: "CouchDB",
            kind: .database,
            target: "/",
            pages: [
                "/": .json(#"{"couchdb": "Welcome", "version": "3.3.3"}"#), "/_all_dbs": .json(#"["_users", "films"]"#),
                "/films": .json(#"{"db_name": "films", "doc_count": 12}"#),
            ]
        ),
        Case(
            name: "registry",
            kind: .imageRegistry,
            target: "/v2/",
            pages: [
                "/": .missing, "/v2/": .json("{}"), "/v2/_catalog?n=100": .json(#"{"repositories": ["films/render"]}"#),
                "/v2/films/render/tags/list": .json(#"{"name": "films/render", "tags": ["1.0"]}"#),
            ]
        ),
        Case(
            name: "Docker",
            kind: .containerEngine,
            target: "/",
            pages: [
                "/": .json(#"{"message": "page not found"}"#, 404),
                "/version": .json(#"{"Version": "24.0.5", "ApiVersion": "1.43"}"#),
                "/containers/json": .json(#"[{"Id": "a1", "Image": "render:1.0", "Names": ["/render"]}]"#),
            ]
        ),
    ]

    @Test(arguments: cases.map(\.name)) func isFoundAndProven(name: String) async throws {
        let open = try #require(Self.cases.first { $0.name == name })
        let outcome = try await doorsOfSite(at: address, open.pages)
        #expect(outcome.doors.map(\.kind) == [open.kind])
        let door = try #require(outcome.doors.first)
        #expect(door.address.target == open.target)
        #expect(door.grade == .proven, "\(door.reason)")
        #expect(door.proof.last?.role == .sibling && door.proof.contains { $0.role == .content })
        #expect(outcome.completeness == .complete)
    }

    /// The same paths, answered with status 200 and a page for people; with a refusal; and by a server that gives what was
    /// asked for at every path.
    @Test(arguments: cases.map(\.name), ["a page", "refused", "at every path"])
    func whatOnlyLooksLikeItIsNoDoor(name: String, how: String) async throws {
        let open = try #require(Self.cases.first { $0.name == name })
        let content = try #require(open.pages.filter { $0.key != "/" }.min { $0.key < $1.key }?.value)
        let twins = open.pages.filter { $0.key != "/" }.mapValues { _ in
            how == "refused"
                ? Scripted.page("<html>Forbidden</html>", 403)
                : Scripted.page("<html><title>Soon</title><p>This page is being made.</p></html>")
        }
        let outcome =
            how == "at every path"
            ? try await doorsOfSite(at: address, [:]) { _ in content }
            : try await doorsOfSite(at: address, twins.merging(["/": Self.front]) { _, front in front })
        #expect(outcome.doors == [], "\(outcome.doors.map { "\($0.kind) \($0.address) \($0.reason)" })")
    }

    @Test func aBucketThatRefusesToListIsNoDoor() async throws {
        let outcome = try await doorsOfSite(at: address, [:]) { _ in .page(Self.denied, 403) }
        #expect(outcome.doors == [])
        #expect(outcome.rejections.contains { $0.check == "bucket" && $0.reason.contains("403") })
    }

    /// A listing that names the file says it all: no second door for what lies within.
    @Test func aLeftoverThatALinkOffersIsNone() async throws {
        let front = Scripted.page("<html><a href='/backup.zip'>all our texts as one archive</a></html>")
        let outcome = try await doorsOfSite(at: address, ["/": front, "/backup.zip": .bytes([0x50, 0x4b, 3, 4])])
        #expect(outcome.doors == [])
    }
}

/// Real Apache: WebDAV, and its own page about what it does.
@Suite(.enabled(if: isInstalled("apache2"), "needs apache2")) struct ApacheDoorTests {
    private func doors(_ modules: [String], _ lines: String) async throws -> DoorsOutcome {
        let address = IPAddress(v4: 0x7f3d_0701)
        let modules = ["mpm_event", "authz_core", "authn_core", "authz_host", "dir", "mime"] + modules
        return try await withTemporaryFolder("apache") { folder in
            let root = folder.appending(path: "www")
            for (name, text) in ["index.html": "<html><title>Shop</title></html>", "dav/plans/a.txt": "a plan"] {
                let file = root.appending(path: name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: file)
            }
            let endpoint = Endpoint(address, try freePort(on: address))
            let loads = modules.map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }
            let configuration = """
                ServerRoot \(folder.path)
                DefaultRuntimeDir \(folder.path)
                \(loads.joined(separator: "\n"))
                Listen \(endpoint)
                PidFile \(folder.path)/apache.pid
                Mutex file:\(folder.path) default
                ErrorLog \(folder.path)/error.log
                ServerName shop.example
                TypesConfig /etc/mime.types
                DocumentRoot \(root.path)
                DirectoryIndex index.html
                StartServers 1
                ServerLimit 1
                ThreadsPerChild 16
                MaxRequestWorkers 16
                \(lines)

                """
            let file = folder.appending(path: "apache.conf")
            try Data(configuration.utf8).write(to: file)
            let command = Daemon.Command(
                "/usr/sbin/apache2",
                ["-DFOREGROUND", "-f", file.path],
                listensAt: [endpoint]
            )
            return try await Daemon.running(command) { _ in try await lookForDoors(at: endpoint) }
        }
    }

    private static let dav = ["dav", "dav_fs"]

    @Test func aFolderThatPropfindLists() async throws {
        let found = try await doors(Self.dav, "<Location /dav/>\nDav On\n</Location>\nDavLockDB locks")
        #expect(found.doors.map(\.kind) == [.webDAV])
        let door = try #require(found.doors.first)
        #expect(door.address.target == "/dav/" && door.grade == .proven)
        #expect(door.proof.map(\.role) == [.listing, .content, .sibling])
        #expect(door.proof.map(\.status) == [207, 200, 404])
    }

    @Test(arguments: ["Require all denied", "AuthType Basic\nAuthName x\nRequire valid-user"])
    func aFolderThatRefusesIsNoDoor(lines: String) async throws {
        let auth = ["auth_basic", "authn_file", "authz_user"]
        let block = "<Location /dav/>\nDav On\n\(lines)\n</Location>\nDavLockDB locks"
        let found = try await doors(Self.dav + auth, block)
        #expect(found.doors == [])
    }

    @Test func whatApacheIsDoing() async throws {
        let open = "ExtendedStatus On\n<Location /server-status>\nSetHandler server-status\n</Location>"
        let found = try await doors(["status"], open)
        #expect(found.doors.map(\.kind) == [.statusPage])
        #expect(found.doors.first?.grade == .proven)
        let shut = open.replacing("</Loc", with: "Require all denied\n</Loc")
        #expect(try await doors(["status"], shut).doors == [])
    }
}
