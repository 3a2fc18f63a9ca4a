import Domain

/// Files that were left beside a website: backups, dumps, settings with secrets, the index that a Mac leaves in folders.
///
/// Each is known by its own form, never by its status; only its beginning is read. What the website links to is offered
/// to anyone and left out.
package struct LeftoverCheck: Check {
    package let name = "left-over file"

    /// Bytes of a file that are read: enough to know it, and little of what it holds.
    private static let length = 4_096

    private enum Form: String {
        case zip = "a ZIP archive"
        case gzip = "a gzip archive"
        case dump = "a dump of a database"
        case settings = "settings, one a line"
        case php = "PHP source with settings"
        case passwords = "names with hashed passwords"
        case folderIndex = "the index of a folder, as macOS writes it"

        func fits(_ bytes: [UInt8]) -> Bool {
            switch self {
            case .zip: return bytes.starts(with: [0x50, 0x4b, 0x03, 0x04])
            case .gzip: return bytes.starts(with: [0x1f, 0x8b, 0x08])
            case .folderIndex: return bytes.starts(with: [0, 0, 0, 1] + Array("Bud1".utf8))
            case .dump: return Self.isDump(String(decoding: bytes, as: UTF8.self))
            case .settings: return Self.lines(bytes).count > 1 && Self.lines(bytes).allSatisfy(Self.isSetting)
            case .php:
                let text = String(decoding: bytes, as: UTF8.self)
                return text.hasPrefix("<?php") && (text.contains("define(") || text.contains("$"))
            case .passwords: return !Self.lines(bytes).isEmpty && Self.lines(bytes).allSatisfy(Self.isPassword)
            }
        }

        private static func isDump(_ text: String) -> Bool {
            ["CREATE TABLE", "INSERT INTO", "-- MySQL dump", "-- PostgreSQL database dump", "-- MariaDB dump"]
                .contains { text.contains($0) } && (text.hasPrefix("-") || text.hasPrefix("/*") || text.contains(";\n"))
        }

        /// Whole lines that say something; the last may have been cut.
        private static func lines(_ bytes: [UInt8]) -> [Substring] {
            let text = String(decoding: bytes, as: UTF8.self)
            let lines = text.split(whereSeparator: \.isNewline)
            let whole = bytes.count < LeftoverCheck.length ? lines : lines.dropLast()
            return whole.filter { !$0.hasPrefix("#") && $0.contains { !$0.isWhitespace } }
        }

        /// `NAME=value`, perhaps behind `export`.
        private static func isSetting(_ line: Substring) -> Bool {
            let line = line.hasPrefix("export ") ? line.dropFirst(7) : line
            guard let equals = line.firstIndex(of: "="), equals > line.startIndex else { return false }
            return line[..<equals].utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0) || $0 == 0x5f
            }
        }

        /// `name:$apr1$…`, `name:$2y$…`, `name:{SHA}…` (htpasswd).
        private static func isPassword(_ line: Substring) -> Bool {
            let sides = line.split(separator: ":", maxSplits: 1)
            return sides.count == 2 && ["$apr1$", "$2", "$5$", "$6$", "{SHA}"].contains { sides[1].hasPrefix($0) }
        }
    }

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        for root in survey.roots {
            for (file, form) in Self.files(visit.site, isRoot: root == "/") {
                guard let page = try await visit.get(path: root + file, upTo: Self.length), page.status == 200,
                    !survey.offered.contains(page.address)
                else { continue }
                guard !page.looksLikeHTML, form.fits(page.body) else {
                    if !survey.answersEverything {
                        findings.reject(page, name, "status 200, but not \(form.rawValue)")
                    }
                    continue
                }
                let shows = "\(form.rawValue); only the first \(Self.length) bytes were asked for"
                findings.candidates.append(Candidate(.leftover, content: page, shows))
            }
        }
        return findings
    }

    private static func files(_ site: WebsiteSighting, isRoot: Bool) -> [(String, Form)] {
        let everywhere: [(String, Form)] = [
            (".env", .settings), (".DS_Store", .folderIndex), ("wp-config.php.bak", .php), ("config.php.bak", .php),
        ]
        guard isRoot else { return everywhere }
        let name = site.address.address == nil ? site.name : ""
        let label = name.split(separator: ".").first { $0 != "www" }.map(String.init)
        let archives = ["backup", "www", "site"] + [name, label ?? ""].filter { !$0.isEmpty }
        var seen: Set<String> = []
        return everywhere + [
            (".env.bak", .settings), (".env.local", .settings), (".env.production", .settings),
            (".htpasswd", .passwords), ("wp-config.php~", .php), ("backup.sql", .dump), ("dump.sql", .dump),
            ("database.sql", .dump), ("db.sql", .dump),
        ]
            + archives.filter { seen.insert($0).inserted }.flatMap { [("\($0).zip", .zip), ("\($0).tar.gz", .gzip)] }
    }
}
