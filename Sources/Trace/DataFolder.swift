import Crypto
package import Domain
import Foundation
import TOMLKit

/// The lists and databases of a case: each data file `X` has a side file `X.toml` that says what it is.
///
/// ```toml
/// name = "DB-IP City Lite"
/// purpose = "places"            # places, vpn or hosting
/// licence = "CC BY 4.0, IP Geolocation by DB-IP, https://db-ip.com"
/// date = "2023-04-01"           # may be left out for a place database: it knows its own
/// ```
package enum DataFolder {
    /// The most bytes of a side file.
    package static let sideFileLimit = 64 * 1024

    /// Every data file of a folder, by name. A folder that does not exist holds none; a file without its side file
    /// is an error, for nothing may rest on data of unknown origin.
    package static func load(_ folder: String) throws(TraceError) -> [TraceJob.DataFile] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw TraceError(.unreadable, "cannot be read: \(error.localizedDescription)", at: folder)
        }
        var files: [TraceJob.DataFile] = []
        for name in names where !name.hasPrefix(".") && !name.hasSuffix(".toml") && !name.hasPrefix("README") {
            files.append(try file("\(folder)/\(name)"))
        }
        for name in names where name.hasSuffix(".toml") && !names.contains(String(name.dropLast(5))) {
            throw TraceError(
                .badSideFile,
                "there is no data file '\(name.dropLast(5))' beside it",
                at: "\(folder)/\(name)"
            )
        }
        return files
    }

    /// One data file with what its side file says of it.
    package static func file(_ path: String) throws(TraceError) -> TraceJob.DataFile {
        let side = try SideFile(path + ".toml")
        var source = DataSource(
            name: side.name,
            purpose: side.purpose,
            licence: side.licence,
            date: side.date,
            digest: try digest(of: path)
        )
        if source.purpose == .places, source.date == nil { source.date = try PlaceDatabase(path: path).built }
        return TraceJob.DataFile(path: path, source: source)
    }

    /// The SHA-256 of a file, read in pieces.
    static func digest(of path: String) throws(TraceError) -> Domain.Digest {
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? file.close() } // Read only: closing loses nothing.
            var hash = SHA256()
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
            guard let digest = Domain.Digest(bytes: hash.finalize()) else { throw CocoaError(.fileReadUnknown) }
            return digest
        } catch {
            throw TraceError(.unreadable, "cannot be read: \(error.localizedDescription)", at: path)
        }
    }
}

/// What a side file says.
private struct SideFile {
    var name: String
    var purpose: DataSource.Purpose
    var licence: String
    var date: Day?

    private struct Content: Decodable {
        var name: String
        var purpose: String
        var licence: String
        var date: String?
    }

    init(_ path: String) throws(TraceError) {
        guard let data = FileManager.default.contents(atPath: path), data.count <= DataFolder.sideFileLimit,
            let text = String(validating: data, as: UTF8.self)
        else {
            throw TraceError(
                .badSideFile,
                "missing, too long or not UTF-8; it needs name, purpose, licence, date",
                at: path
            )
        }
        let line = { (key: String) in
            let number = text.split(separator: "\n", omittingEmptySubsequences: false)
                .firstIndex { $0.trimmingPrefix(" ").hasPrefix(key) }
            return number.map { "\(path):\($0 + 1)" } ?? path
        }
        let content: Content
        do {
            content = try TOMLDecoder(strictDecoding: true).decode(Content.self, from: text)
        } catch {
            throw Self.explain(error, path, line)
        }
        guard let purpose = DataSource.Purpose(rawValue: content.purpose) else {
            let message = "purpose is places, vpn or hosting, not '\(content.purpose)'"
            throw TraceError(.badSideFile, message, at: line("purpose"))
        }
        guard !content.name.isEmpty, !content.licence.isEmpty else {
            throw TraceError(
                .badSideFile,
                "name and licence are not empty",
                at: line(content.name.isEmpty ? "name" : "licence")
            )
        }
        if let date = content.date, Day(date) == nil {
            throw TraceError(.badSideFile, "a date is YYYY-MM-DD in quotes, not '\(date)'", at: line("date"))
        }
        (name, self.purpose, licence, date) = (content.name, purpose, content.licence, content.date.flatMap(Day.init))
    }

    private static func explain(_ error: any Error, _ path: String, _ line: (String) -> String) -> TraceError {
        switch error {
        case let error as TOMLParseError:
            TraceError(.badSideFile, error.description, at: "\(path):\(error.source.begin.line)")
        case let error as UnexpectedKeysError:
            TraceError(
                .badSideFile,
                "unknown key '\(error.keys.keys.sorted()[0])'; allowed are name, purpose, licence, date",
                at: line(error.keys.keys.sorted()[0])
            )
        case DecodingError.keyNotFound(let key, _):
            TraceError(.badSideFile, "'\(key.stringValue)' is missing or no text", at: line(key.stringValue))
        default: TraceError(.badSideFile, "\(error)", at: path)
        }
    }
}
