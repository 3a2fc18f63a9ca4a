import Collect
import Domain
import Synchronization
import TestSupport
import Testing

/// Folders that scripts and interfaces show: by queries, in numbered pages, as data.
@Suite struct QueryFolderTests {
    private let address = IPAddress(v4: 0x7f3d_0901)

    private func running(
        _ answer: @escaping @Sendable (String) -> String?,
        _ body: (Notebook, ScriptedServer) async throws -> Void
    ) async throws {
        let reply: @Sendable (String) -> [UInt8] = { target in
            guard let page = answer(target) else { return ScriptedServer.reply(404, body: "not here".utf8) }
            return ScriptedServer.reply(body: page.utf8)
        }
        try await ScriptedServer.running(at: address, answer: reply) { server in
            try await Notebook.with { try await body($0, server) }
        }
    }

    /// A page as scripts write it, with all that they offer beside a row.
    private static func page(_ rows: [(link: String, name: String, size: String)], more: String = "") -> String {
        let lines = rows.map { row in
            "<tr><td><a href=\"\(row.link)\">\(row.name)</a></td><td>\(row.size)</td><td>2024-01-15 09:13</td><td>"
                + "<a href=\"?action=delete&amp;file=\(row.name)\">x</a><a href=\"?del=\(row.name)\">x</a></td></tr>\n"
        }
        return """
            <html><head><title>Directory listing</title></head><body><a href="?logout=1">Log out</a>
            <table><tr><th><a href="?sort=name">Name</a></th><th>Size</th><th>Date</th></tr>
            <tr><td><a href="?dir=">..</a></td><td></td><td></td></tr>
            \(lines.joined())</table>\(more)</body></html>
            """
    }

    @Test func queriesNameFoldersAndFiles() async throws {
        let answer: @Sendable (String) -> String? = { target in
            switch target {
            case "/files/":
                Self.page([
                    ("?dir=sub%20dir", "sub dir", "-"), ("download.php?file=top.txt", "top.txt", "1 KB"),
                    ("beside.txt", "beside.txt", "1 KB"), ("eraser.php?file=top.txt", "gone.txt", "1 KB"),
                ])
            case "/files/?dir=sub%20dir":
                Self.page([
                    ("?dir=sub%20dir%2Fdeep", "deep", "-"), ("sub%20dir/a.txt", "a.txt", "1 KB"),
                    ("?dir=sub%20dir&amp;file=b.txt", "b.txt", "1 KB"), ("?dir=..%2f..%2fetc", "etc", "-"),
                ])
            case "/files/?dir=sub%20dir%2Fdeep":
                Self.page([("?dir=sub+dir%2Fdeep%2Fc.txt&amp;download=1", "c.txt", "1 KB")])
            default: target.contains(".txt") ? "bytes of \(target)" : nil
            }
        }
        try await running(answer) { notebook, server in
            let outcome = try await notebook.collect(server.endpoint, "/files/")
            let paths = ["beside.txt", "sub%20dir/a.txt", "sub%20dir/b.txt", "sub%20dir/deep/c.txt", "top.txt"]
            #expect(outcome.changes.map(\.path.description) == paths, "\(outcome.faults.map(\.what))")
            #expect(outcome.changes.allSatisfy { $0.kind == .added && $0.after?.payload != nil })
            let asked = Set(server.requests)
            #expect(!asked.contains { $0.contains("del") || $0.contains("logout") || $0.contains("eraser") })
            #expect(!asked.contains { $0.contains("..") || $0.contains("sort") })
            #expect(asked.count == 8)
            // Rows that are read by structure alone show no absence, and no change is made of them.
            let next = try await notebook.collect(server.endpoint, "/files/", day: 1, after: outcome)
            #expect(next.changes == [])
        }
    }

    @Test func numberedPagesAreFollowedToTheirEnd() async throws {
        let answer: @Sendable (String) -> String? = { target in
            let number = target.hasPrefix("/list/?page=") ? Int(target.dropFirst(12)) : target == "/list/" ? 1 : nil
            guard let number else { return target.contains("f") ? "x" : nil }
            guard number <= 4 else { return nil }
            let rows = (0..<20).map { ("f\(number)-\($0).txt", "f\(number)-\($0).txt", "1 KB") }
            let links = (1...4).map { "<a href=\"?page=\($0)\">\($0)</a>" }.joined(separator: " ")
            return Self.page(rows, more: "<p>\(links)</p>")
        }
        try await running(answer) { notebook, server in
            let outcome = try await notebook.collect(server.endpoint, "/list/")
            #expect(outcome.changes.count == 80)
            #expect(outcome.changes.allSatisfy { $0.after?.payload != nil })
            let pages = server.requests.filter { $0 == "/list/" || $0.contains("page") }
            // Once more by PROPFIND, as the page is read by its structure alone.
            #expect(pages == ["/list/", "/list/", "/list/?page=2", "/list/?page=3", "/list/?page=4"])
        }
    }

    /// Every page names another and shows the same: that ends.
    @Test func endlessPagesEnd() async throws {
        let answer: @Sendable (String) -> String? = { target in
            guard target.hasPrefix("/list/") else { return nil }
            guard !target.hasSuffix(".txt") else { return "x" }
            let number = Int(target.dropFirst(12)) ?? 1
            let rows = (0..<5).map { ("f\($0).txt", "f\($0).txt", "1 KB") }
            return Self.page(rows, more: "<p><a href=\"?page=\(number + 1)\">next</a></p>")
        }
        try await running(answer) { notebook, server in
            let outcome = try await notebook.collect(server.endpoint, "/list/")
            #expect(outcome.changes.count == 5)
            #expect(server.requests.count < 40)
            #expect(outcome.completeness != .complete)
        }
    }

    private static func alist(_ entries: [(name: String, isFolder: Bool, sign: String)], total: Int) -> String {
        let content = entries.map {
            #"{"name":"\#($0.name)","size":3,"is_dir":\#($0.isFolder),"modified":"2024-01-15T09:13:20Z","sign":"\#($0.sign)","thumb":"","type":1}"#
        }
        return
            #"{"code":200,"message":"success","data":{"content":[\#(content.joined(separator: ","))],"total":\#(total),"readme":"","write":false,"provider":"Local"}}"#
    }

    @Test func theInterfaceOfAListIsWalkedPartByPart() async throws {
        let removed = Mutex(false)
        let list = "/api/fs/list?path="
        let answer: @Sendable (String) -> String? = { target in
            switch target {
            case "/api/fs/list?path=/", "\(list)/&page=1&per_page=1000":
                return Self.alist([("a b.txt", false, ""), ("in", true, "")], total: 3)
            case "\(list)/&page=2&per_page=1000": return Self.alist([("last.txt", false, "s=/1:0")], total: 3)
            case "\(list)/in&page=1&per_page=1000":
                let rows = removed.withLock { $0 } ? [] : [("c.txt", false, "")]
                return Self.alist(rows + [("d.txt", false, "")], total: rows.count + 1)
            case "/d/a%20b.txt", "/d/last.txt?sign=s%3D%2F1%3A0", "/d/in/d.txt": return "abc"
            case "/d/in/c.txt": return removed.withLock { $0 } ? nil : "abc"
            default: return nil
            }
        }
        try await running(answer) { notebook, server in
            let first = try await notebook.collect(server.endpoint, "/api/fs/list?path=/")
            #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
            #expect(first.changes.map(\.path.description) == ["a%20b.txt", "in/c.txt", "in/d.txt", "last.txt"])
            #expect(first.changes.allSatisfy { $0.after?.payload != nil })
            removed.withLock { $0 = true }
            let second = try await notebook.collect(server.endpoint, "/api/fs/list?path=/", day: 1, after: first)
            #expect(second.kinds == ["in/c.txt": .removed])
            #expect(second.completeness == .complete, "\(second.faults.map(\.what))")
        }
    }

    private static func kod(folders: [(String, String)], files: [(String, String)]) -> String {
        let record = { (name: String, path: String) in
            #"{"name":"\#(name)","path":"\#(path)","mtime":1705310000,"size":3}"#
        }
        return #"{"code":true,"use_time":0.1,"data":{"folderList":[\#(folders.map(record).joined(separator: ","))],"#
            + #""fileList":[\#(files.map(record).joined(separator: ","))]}}"#
    }

    @Test func theInterfaceOfKodExplorerIsWalked() async throws {
        let base = "/index.php?share/pathList&user=1&sid=Ab3&path="
        let answer: @Sendable (String) -> String? = { target in
            switch target {
            case "\(base)/": Self.kod(folders: [("in & out", "{source:7}/")], files: [("a.txt", "/a.txt")])
            case "\(base)%7Bsource%3A7%7D/": Self.kod(folders: [], files: [("b.txt", "{source:8}")])
            case "/index.php?share/fileProxy&user=1&sid=Ab3&path=/a.txt",
                "/index.php?share/fileProxy&user=1&sid=Ab3&path=%7Bsource%3A8%7D":
                "abc"
            default: nil
            }
        }
        try await running(answer) { notebook, server in
            let first = try await notebook.collect(server.endpoint, "\(base)/")
            #expect(first.completeness == .complete, "\(first.faults.map(\.what))")
            #expect(first.changes.map(\.path.description) == ["a.txt", "in%20%26%20out/b.txt"])
            #expect(first.changes.allSatisfy { $0.after?.payload != nil })
            let second = try await notebook.collect(server.endpoint, "\(base)/", day: 1, after: first)
            #expect(second.changes == [] && second.completeness == .complete)
            #expect(second.counts.bodyRequests == 0)
        }
    }

    /// What is given to POST alone is not asked for in another way, and the run says why.
    @Test func interfacesForPostAloneAreRefused() async throws {
        let answer: @Sendable (String) -> [UInt8] = { _ in
            ScriptedServer.reply(405, ["Allow": "POST", "Content-Type": "text/plain"], body: "".utf8)
        }
        try await ScriptedServer.running(at: address, answer: answer) { server in
            try await Notebook.with { notebook in
                let outcome = try await notebook.collect(server.endpoint, "/api/list?path=/")
                #expect(outcome.completeness != .complete)
                #expect(
                    outcome.faults.contains { $0.what.contains("allows POST: nothing is asked for but by reading") }
                )
                #expect(server.requests.count == 2)
            }
        }
    }
}
