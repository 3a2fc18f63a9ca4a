import Collect
import Domain
import Foundation
import Glibc
import TestSupport
import Testing

/// Collection by FTP from real servers, day after day.
@Suite(.enabled(if: !RealFTPServer.installed.isEmpty, "needs vsftpd or python3-pyftpdlib")) struct FTPMirrorTests {
    private let address = IPAddress(v4: 0x7f5a_0101)

    /// A folder that a server serves and that nobody may write to through it, and a notebook for FTP.
    private func withShelf(_ body: (Shelf, Notebook) async throws -> Void) async throws {
        try await withTemporaryFolder("shelf") { folder in
            let root = folder.appending(path: "files")
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: folder.path(percentEncoded: false)
            )
            try await Notebook.with { notebook in
                var notebook = notebook
                notebook.scheme = .ftp
                notebook.patience.unnamedWait = .milliseconds(50)
                try await body(Shelf(folder: root), notebook)
            }
        }
    }

    /// A file whose name need not be text.
    private func put(_ name: [UInt8], _ text: String, in shelf: Shelf) throws {
        let path = (Array(shelf.folder.path(percentEncoded: false).utf8) + [0x2f] + name + [0])
            .map { CChar(bitPattern: $0) }
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(write(descriptor, text, text.utf8.count) == text.utf8.count)
        let times = [timespec(tv_sec: 1_705_000_020, tv_nsec: 0), timespec(tv_sec: 1_705_000_020, tv_nsec: 0)]
        futimens(descriptor, times)
    }

    @Test(arguments: RealFTPServer.installed) func firstAndSecondLook(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            try shelf.put("a.txt", "one")
            try shelf.put("sub dir/b%41.txt", "two")
            try shelf.put("sub dir/deep/\u{955c}\u{5934}.txt", "three")
            try shelf.put("sub dir/ lead [1]*.txt", "four")
            try shelf.put("sub dir/-la", "five")
            try await server.serve(shelf.folder, at: address) { endpoint in
                let first = try await notebook.collect(endpoint)
                #expect(first.completeness == .complete)
                #expect(first.faults == [])
                #expect(
                    first.changes.map(\.path.description) == [
                        "a.txt", "sub%20dir/%20lead%20%5B1%5D%2A.txt", "sub%20dir/-la", "sub%20dir/b%2541.txt",
                        "sub%20dir/deep/%E9%95%9C%E5%A4%B4.txt",
                    ]
                )
                #expect(first.changes.allSatisfy { $0.kind == .added && $0.when.notBefore == nil })
                #expect(try notebook.bytes(first.change("sub%20dir/b%2541.txt")?.after) == Array("two".utf8))
                #expect(try notebook.bytes(first.change("sub%20dir/-la")?.after) == Array("five".utf8))
                let modified = TimeBounds(at: Timestamp(seconds: 1_705_000_020))
                #expect(first.changes.allSatisfy { $0.after?.modified == modified })
                #expect(first.counts.listingRequests == 3)
                #expect(first.counts.bodyRequests == 5)

                let second = try await notebook.collect(endpoint, day: 1, after: first)
                #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                #expect(second.changes == [])
                #expect(second.counts.listingRequests == 3)
                #expect(second.counts.bodyRequests == 0)
            }
        }
    }

    /// Bytes that are no UTF-8, and the byte that Telnet takes for its own, go back as they came.
    @Test(.enabled(if: RealFTPServer.vsftpd.isInstalled, "needs vsftpd")) func namesAreBytes() async throws {
        try await withShelf { shelf, notebook in
            try put([0xbe, 0xb5, 0xcd, 0xb7] + Array(".txt".utf8), "gbk", in: shelf)
            try put([0xff, 0xfe, 0x20] + Array("y.txt".utf8), "telnet", in: shelf)
            try put(Array("ctrl".utf8) + [1, 0x7f, 0x1b], "control", in: shelf)
            try put(Array("\u{202e}gpj.exe".utf8), "bidi", in: shelf)
            try await RealFTPServer.vsftpd.serve(shelf.folder, at: address) { endpoint in
                let outcome = try await notebook.collect(endpoint)
                #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
                let bytes = try outcome.changes.map {
                    String(decoding: try notebook.bytes($0.after) ?? [], as: UTF8.self)
                }
                #expect(bytes == ["control", "gbk", "bidi", "telnet"])
                #expect(outcome.changes[1].path.bytes == [0xbe, 0xb5, 0xcd, 0xb7] + Array(".txt".utf8))
            }
        }
    }

    /// A name with a line feed is one row where rows end with CR and LF; no command can hold it.
    @Test(.enabled(if: RealFTPServer.vsftpd.isInstalled, "needs vsftpd")) func namesThatNoCommandHolds() async throws {
        try await withShelf { shelf, notebook in
            try put(Array("new\nline.txt".utf8), "never read", in: shelf)
            try shelf.put("a.txt", "a")
            try await RealFTPServer.vsftpd.serve(shelf.folder, at: address) { endpoint in
                let outcome = try await notebook.collect(endpoint)
                #expect(outcome.kinds == ["a.txt": .added])
                #expect(outcome.completeness == .complete)
                #expect(outcome.faults.count == 1)
                #expect(outcome.faults.first?.what.contains("1 rows have names that cannot be asked for") == true)
            }
        }
    }

    @Test(arguments: RealFTPServer.installed) func linksAreFollowedOnce(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            try shelf.put("cuts/a.txt", "a")
            for (name, end) in [("again", "cuts"), ("one.txt", "cuts/a.txt"), ("self", "."), ("nowhere", "gone")] {
                try FileManager.default.createSymbolicLink(
                    atPath: shelf.folder.appending(path: name).path(percentEncoded: false),
                    withDestinationPath: end
                )
            }
            try await server.serve(shelf.folder, at: address) { endpoint in
                let first = try await notebook.collect(endpoint)
                #expect(
                    first.changes.filter { $0.after?.payload != nil }.map(\.path.description) == [
                        "again/a.txt", "cuts/a.txt", "one.txt",
                    ]
                )
                #expect(first.faults.contains { $0.what.contains("holds itself") })
                let second = try await notebook.collect(endpoint, day: 1, after: first)
                #expect(second.changes.filter { $0.kind != .unknown } == [])
                #expect(second.counts.bodyBytes == 0)
            }
        }
    }

    @Test(arguments: RealFTPServer.installed) func whatChanges(server: RealFTPServer) async throws {
        let minute = 1_705_000_020
        try await withShelf { shelf, notebook in
            for index in 0..<8 { try shelf.put("f\(index).txt", "AAAA", minute) }
            try shelf.put("x9", "file", minute)
            try shelf.put("d10/in.txt", "in", minute)
            try await server.serve(shelf.folder, at: address) { endpoint in
                let first = try await notebook.collect(endpoint)
                try shelf.put("f0.txt", "BBBBBBBB", minute + 86_400)
                try shelf.put("f1.txt", "BBBB", minute + 86_400)
                try shelf.put("f2.txt", "BBBB", minute - 86_400 * 30)
                try shelf.put("f3.txt", "BBBB", minute)
                try shelf.put("f4.txt", "BBBBBBBB", minute)
                try shelf.put("f5.txt", "AAAA", minute + 86_400 * 2)
                try shelf.remove("f6.txt")
                try shelf.put("new.txt", "new", minute - 86_400 * 300)
                try shelf.remove("x9")
                try shelf.put("x9/now.txt", "folder", minute)
                try shelf.remove("d10")
                try shelf.put("d10", "now a file", minute)
                let second = try await notebook.collect(endpoint, day: 1, after: first)
                #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                #expect(
                    second.kinds == [
                        "f0.txt": .changed, "f1.txt": .changed, "f2.txt": .changed, "f4.txt": .changed,
                        "f6.txt": .removed, "new.txt": .added, "x9": .removed, "x9/now.txt": .added,
                        "d10/in.txt": .removed, "d10": .added,
                    ]
                )
                try shelf.put("f6.txt", "AAAA", minute)
                let third = try await notebook.collect(endpoint, day: 8, after: second)
                // Same size, same time: only reading it again shows it.
                #expect(third.kinds == ["f3.txt": .changed, "f6.txt": .back])
                #expect(third.change("f3.txt")?.reason == "size and time kept")
            }
        }
    }

    /// A server that takes two visitors is asked by two, whatever was planned.
    @Test(.enabled(if: RealFTPServer.vsftpd.isInstalled, "needs vsftpd")) func fewerConnectionsWhereThereIsNoRoom()
        async throws
    {
        try await withShelf { shelf, notebook in
            for index in 0..<40 { try shelf.put("d\(index % 8)/f\(index).txt", "\(index)") }
            var notebook = notebook
            notebook.limits.connections = 6
            let settings = "max_per_ip=2"
            try await RealFTPServer.vsftpd.serve(shelf.folder, at: address, settings: settings) { endpoint in
                let outcome = try await notebook.collect(endpoint)
                #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
                #expect(outcome.changes.count == 40)
                #expect(outcome.changes.allSatisfy { $0.after?.payload != nil })
            }
        }
    }

    /// Where all connections that the scope allows are taken by sessions, each still has its data connection.
    @Test(arguments: RealFTPServer.installed) func sessionsDoNotBlockOneAnother(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            for index in 0..<20 { try shelf.put("d\(index % 4)/f\(index).txt", "\(index)") }
            var notebook = notebook
            notebook.limits.connections = 8
            notebook.concurrent = 2
            try await server.serve(shelf.folder, at: address) { endpoint in
                let outcome = try await notebook.collect(endpoint)
                #expect(outcome.completeness == .complete, "\(outcome.faults.map(\.what))")
                #expect(outcome.changes.count == 20)
            }
        }
    }

    /// Large files come in pieces, each asked for from where the last ended; a run that is over goes on in the next.
    @Test(arguments: RealFTPServer.installed) func largeFilesComeInPieces(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            let text = String((0..<400_000).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
            try shelf.put("big.bin", text)
            var notebook = notebook
            notebook.patience.pieceBytes = 100_000
            notebook.limits.runBytes = 150_000
            try await server.serve(shelf.folder, at: address) { endpoint in
                var outcome = try await notebook.collect(endpoint)
                #expect(outcome.completeness != .complete)
                var days: Int64 = 0
                var read = outcome.counts.bodyBytes
                while outcome.completeness != .complete, days < 10 {
                    days += 1
                    outcome = try await notebook.collect(endpoint, day: days, after: outcome)
                    read += outcome.counts.bodyBytes
                }
                #expect(outcome.kinds == ["big.bin": .added])
                #expect(try notebook.bytes(outcome.change("big.bin")?.after) == Array(text.utf8))
                // What was cut was asked for once more, and nothing else.
                #expect(read == 400_000)
                let next = try await notebook.collect(endpoint, day: days + 1, after: outcome)
                #expect(next.changes == [] && next.counts.bodyBytes == 0)
            }
        }
    }

    @Test(arguments: RealFTPServer.installed) func listingsAloneAndSamples(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            for index in 0..<6 { try shelf.put("p\(index).png", "\(index)") }
            var notebook = notebook
            notebook.level = .observe
            try await server.serve(shelf.folder, at: address) { endpoint in
                let observed = try await notebook.collect(endpoint)
                #expect(observed.changes.count == 6)
                #expect(observed.counts.bodyRequests == 0)
                notebook.level = .sample
                let sampled = try await notebook.collect(endpoint)
                #expect(sampled.counts.bodyRequests == 3)
            }
        }
    }

    /// A day without changes adds no second copy of anything.
    @Test(arguments: RealFTPServer.installed) func identicalBytesAreKeptOnce(server: RealFTPServer) async throws {
        try await withShelf { shelf, notebook in
            let text = String(repeating: "the same ", count: 20_000)
            try shelf.put("a.bin", text)
            try shelf.put("b.bin", text)
            try await server.serve(shelf.folder, at: address) { endpoint in
                let outcome = try await notebook.collect(endpoint)
                let seals = outcome.changes.compactMap { $0.after?.seal }
                #expect(Set(seals.map(\.payload)).count == 1)
                #expect(Set(seals.map(\.leaf)).count == 2)
            }
        }
    }
}
