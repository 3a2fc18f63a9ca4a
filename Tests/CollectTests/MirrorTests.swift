import Collect
import Domain
import Foundation
import TestSupport
import Testing

/// Collection from real servers, day after day.
@Suite struct MirrorTests {
    private let address = IPAddress(v4: 0x7f3d_0101)

    private func withShelf<Result>(_ body: (Shelf) async throws -> Result) async throws -> Result {
        try await withTemporaryFolder("shelf") { folder in
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: folder.path(percentEncoded: false)
            )
            return try await body(Shelf(folder: folder))
        }
    }

    @Test(arguments: RealServer.allCases.filter { isInstalled($0.program) })
    func firstAndSecondLook(server: RealServer) async throws {
        try await withShelf { shelf in
            try shelf.put("a.txt", "one")
            try shelf.put("sub dir/b%41.txt", "two")
            try shelf.put("sub dir/deep/\u{955c}\u{5934}.txt", "three")
            try await server.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await notebook.collect(endpoint)
                    #expect(first.completeness == .complete)
                    #expect(first.faults == [])
                    let paths = ["a.txt", "sub%20dir/b%2541.txt", "sub%20dir/deep/%E9%95%9C%E5%A4%B4.txt"]
                    #expect(first.changes.map(\.path.description) == paths)
                    #expect(first.changes.allSatisfy { $0.kind == .added && $0.when.notBefore == nil })
                    #expect(try notebook.bytes(first.change(paths[1])?.after) == Array("two".utf8))
                    let modified = TimeBounds(at: Timestamp(seconds: 1_705_000_020))
                    #expect(first.changes.allSatisfy { $0.after?.modified == modified })
                    #expect(first.counts.listingRequests == 3)
                    #expect(first.counts.bodyRequests == 3)

                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                    #expect(second.changes == [])
                    #expect(second.counts.listingRequests == 3)
                    #expect(second.counts.bodyRequests == 0)
                    #expect(second.counts.bodyBytes == 0)
                }
            }
        }
    }

    /// Twelve kinds of change between two looks. Two of them no listing shows: a later reading of the bytes finds them.
    @Test(arguments: RealServer.allCases.filter { isInstalled($0.program) && $0 != .apachePlain })
    func twelveKindsOfChange(server: RealServer) async throws {
        let minute = 1_705_000_020
        try await withShelf { shelf in
            let old = String(repeating: "A", count: 100)
            for index in 0..<7 { try shelf.put("f\(index).txt", old, minute) }
            try shelf.put("f7.txt", old, minute)
            try shelf.put("x9", "file", minute)
            try shelf.put("d10/in.txt", "in", minute)
            try shelf.put("f11.txt", "bytes", minute)
            try await server.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await notebook.collect(endpoint)
                    try changeTwelveWays(shelf, minute)
                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    let hidesSeconds = server != .lighttpd
                    var expected: [String: ChangeKind] = [
                        "f0.txt": .changed, "f1.txt": .changed, "f2.txt": .changed, "f6.txt": .removed,
                        "f7.txt": .removed, "f7new.txt": .added, "f8.txt": .added, "x9": .removed,
                        "x9/now.txt": .added, "d10/in.txt": .removed, "d10": .added, "f11.txt": .changed,
                    ]
                    // nginx gives exact sizes, Apache shows 100 and 900 bytes as they are, lighttpd rounds to 0.1 KiB.
                    expected["f4.txt"] = .changed
                    if !hidesSeconds { expected["f5.txt"] = .changed }
                    #expect(second.kinds == expected)
                    #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                    for change in second.changes where change.kind != .removed {
                        #expect(change.when.notBefore.map { $0 >= Notebook.start } == true)
                        #expect(change.when.notAfter.map { $0.day == Notebook.start.day.adding(1) } == true)
                    }
                    let later = try await notebook.collect(endpoint, day: 8, after: second)
                    var found: [String: ChangeKind] = ["f3.txt": .changed]
                    if hidesSeconds { found["f5.txt"] = .changed }
                    #expect(later.kinds == found)
                    #expect(later.change("f3.txt")?.reason == "size and time kept")
                    #expect(later.change("f3.txt")?.when.notBefore?.day == Notebook.start.day)
                    #expect(later.counts.reread > 0)
                }
            }
        }
    }

    private func changeTwelveWays(_ shelf: Shelf, _ minute: Int) throws {
        let new = String(repeating: "B", count: 100)
        let longer = String(repeating: "B", count: 900)
        try shelf.put("f0.txt", longer, minute + 86_400)
        try shelf.put("f1.txt", new, minute + 86_400)
        try shelf.put("f2.txt", new, minute - 86_400 * 30)
        try shelf.put("f3.txt", new, minute)
        try shelf.put("f4.txt", longer, minute)
        try shelf.put("f5.txt", new, minute + 20)
        try shelf.remove("f6.txt")
        try shelf.remove("f7.txt")
        try shelf.put("f7new.txt", String(repeating: "A", count: 100), minute)
        try shelf.put("f8.txt", new, minute - 86_400 * 300)
        try shelf.remove("x9")
        try shelf.put("x9/now.txt", "folder", minute)
        try shelf.remove("d10")
        try shelf.put("d10", "now a file", minute)
        try shelf.put("f11.txt", "", minute + 86_400)
    }

    @Test(.enabled(if: isInstalled("nginx"))) func touchedFilesAreNotChanged() async throws {
        try await withShelf { shelf in
            try shelf.put("a.txt", "same")
            try await RealServer.nginx.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await notebook.collect(endpoint)
                    try shelf.put("a.txt", "same", 1_705_100_000)
                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    #expect(second.changes == [])
                    #expect(second.counts.bodyRequests == 1)
                    let third = try await notebook.collect(endpoint, day: 2, after: second)
                    #expect(third.counts.bodyRequests == 0)
                }
            }
        }
    }

    @Test(.enabled(if: isInstalled("nginx"))) func removedFilesMayComeBack() async throws {
        try await withShelf { shelf in
            try shelf.put("a.txt", "a")
            try shelf.put("b.txt", "b")
            try await RealServer.nginx.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await notebook.collect(endpoint)
                    try shelf.remove("a.txt")
                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    #expect(second.kinds == ["a.txt": .removed])
                    #expect(second.changes[0].when.notBefore?.day == Notebook.start.day)
                    #expect(second.changes[0].when.notAfter?.day == Notebook.start.day.adding(1))
                    try shelf.put("a.txt", "a")
                    let third = try await notebook.collect(endpoint, day: 3, after: second)
                    #expect(third.kinds == ["a.txt": .back])
                    #expect(third.changes[0].when.notBefore?.day == Notebook.start.day.adding(1))
                    let fourth = try await notebook.collect(endpoint, day: 4, after: third)
                    #expect(fourth.changes == [])
                }
            }
        }
    }

    @Test(.enabled(if: isInstalled("nginx"))) func levelsReadAsMuchAsTheyMay() async throws {
        try await withShelf { shelf in
            for index in 0..<6 { try shelf.put("p\(index).png", "\(index)") }
            for index in 0..<2 { try shelf.put("n\(index).TXT", "\(index)") }
            try await RealServer.nginx.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    var notebook = notebook
                    notebook.level = .observe
                    let observed = try await notebook.collect(endpoint)
                    #expect(observed.changes.count == 8)
                    #expect(observed.counts.bodyRequests == 0)
                    notebook.level = .sample
                    let sampled = try await notebook.collect(endpoint)
                    #expect(sampled.changes.count == 8)
                    #expect(sampled.counts.bodyRequests == 5)
                    let again = try await notebook.collect(endpoint, day: 1, after: sampled)
                    #expect(again.changes == [])
                    #expect(again.counts.bodyRequests == 0)
                }
            }
        }
    }

    /// A run that is interrupted keeps what it read; the next goes on, reads the rest alone, and tells of each file once.
    @Test(.enabled(if: isInstalled("nginx"))) func interruptedRunsGoOn() async throws {
        try await withShelf { shelf in
            for index in 0..<300 { try shelf.put("d\(index % 10)/f\(index).txt", "\(index)") }
            try await RealServer.nginx.serve(shelf.folder, at: address) { endpoint in
                try await Notebook.with { notebook in
                    let first = try await withThrowingTaskGroup(of: CollectOutcome.self) { group in
                        let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
                        group.addTask { try await notebook.collect(endpoint) { continuation.yield($0.done) } }
                        for await done in stream where done >= 60 { break }
                        group.cancelAll()
                        return try #require(try await group.next())
                    }
                    #expect(first.completeness == .incomplete(reason: "interrupted"))
                    #expect(first.counts.bodyRequests < 300)
                    let second = try await notebook.collect(endpoint, day: 1, after: first)
                    #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
                    let told = first.changes.map(\.path) + second.changes.map(\.path)
                    #expect(told.count == 300)
                    #expect(Set(told).count == 300)
                    #expect(
                        (first.changes + second.changes).allSatisfy { $0.kind == .added && $0.after?.payload != nil }
                    )
                    #expect(second.counts.bodyRequests == 300 - first.changes.count)
                    // Seen but not read on the first day: it was there then, and nothing is known of before.
                    #expect(second.changes.allSatisfy { $0.when.notBefore == nil })
                }
            }
        }
    }
}
