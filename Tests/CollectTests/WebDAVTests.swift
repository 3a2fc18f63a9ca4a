import Collect
import Domain
import Foundation
import TestSupport
import Testing

/// Servers whose folders are listed by PROPFIND alone.
@Suite struct WebDAVTests {
    private let address = IPAddress(v4: 0x7f3d_0801)

    /// The servers, and how a folder is served by them.
    enum Server: String, CaseIterable, Sendable {
        case apache
        case rclone

        var program: String? { self == .apache ? tool("apache2") : tool("rclone") }

        func serve(_ folder: URL, at address: IPAddress, _ body: (Endpoint) async throws -> Void) async throws {
            try await withTemporaryFolder("dav") { own in
                let endpoint = Endpoint(address, try freePort(on: address))
                var arguments: [String]
                if self == .apache {
                    let file = own.appending(path: "apache.conf")
                    let configuration = apache(
                        own.path(percentEncoded: false),
                        folder.path(percentEncoded: false),
                        endpoint
                    )
                    try Data(configuration.utf8).write(to: file)
                    arguments = ["-X", "-f", file.path(percentEncoded: false)]
                } else {
                    arguments = ["serve", "webdav", "--addr", "\(endpoint)", "--config", "/dev/null"]
                    arguments += ["--dir-cache-time", "1ms", "--read-only", folder.path(percentEncoded: false)]
                }
                let environment = ["HOME": own.path(percentEncoded: false)]
                let command = Daemon.Command(program ?? "", arguments, environment: environment, listensAt: [endpoint])
                try await Daemon.running(command) { _ in try await body(endpoint) }
            }
        }

        private func apache(_ own: String, _ root: String, _ endpoint: Endpoint) -> String {
            let modules = ["mpm_event", "authz_core", "dav", "dav_fs"]
                .map { "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so" }.joined(separator: "\n")
            return """
                ServerRoot \(own)
                PidFile \(own)/pid
                ErrorLog \(own)/errors
                Listen \(endpoint)
                ServerName test
                \(modules)
                User www-data
                Group www-data
                DavLockDB \(own)/locks
                DocumentRoot \(root)
                <Directory \(root)>
                    Dav On
                    Require all granted
                </Directory>
                """
        }
    }

    @Test(
        .enabled(if: Server.allCases.contains { $0.program != nil }, "needs apache2, or rclone: see AJAR_TOOLS"),
        arguments: Server.allCases.filter { $0.program != nil }
    )
    func collectionsAreFollowed(server: Server) async throws {
        try await withTemporaryFolder("shelf") { folder in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: folder.path(percentEncoded: false)
            )
            let shelf = Shelf(folder: folder)
            try shelf.put("a.txt", "one")
            try shelf.put("gone.txt", "gone")
            try shelf.put("touched.txt", "same")
            try shelf.put("sub dir/b%41 & c.txt", "two")
            try shelf.put("sub dir/deep/\u{955c}\u{5934}.txt", "three")
            try await server.serve(folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await notebook.collect(endpoint)
                    #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
                    #expect(first.faults == [])
                    let paths = [
                        "a.txt", "gone.txt", "sub%20dir/b%2541%20%26%20c.txt", "sub%20dir/deep/%E9%95%9C%E5%A4%B4.txt",
                        "touched.txt",
                    ]
                    #expect(first.changes.map(\.path.description) == paths)
                    #expect(try notebook.bytes(first.change(paths[3])?.after) == Array("three".utf8))
                    #expect(
                        first.changes.allSatisfy {
                            $0.after?.modified == TimeBounds(at: Timestamp(seconds: 1_705_000_020))
                        }
                    )

                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    #expect(second.changes == [] && second.completeness == .complete)
                    #expect(second.counts.listingRequests == 3 && second.counts.bodyRequests == 0)

                    try shelf.remove("gone.txt")
                    try shelf.put("a.txt", "uno", 1_705_000_021)
                    try shelf.put("touched.txt", "same", 1_705_000_050)
                    let third = try await notebook.collect(endpoint, day: 2, after: second)
                    #expect(third.kinds == ["a.txt": .changed, "gone.txt": .removed])
                    #expect(third.completeness == .complete, "\(third.faults.map(\.what))")
                    #expect(third.counts.bodyRequests == 2)
                }
            }
        }
    }
}
