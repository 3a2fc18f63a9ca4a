import Foundation

/// A folder that holds one investigation, and where each thing lies in it.
struct CaseFolder: Sendable {
    /// Absolute, without a final slash.
    let path: String

    var scope: String { path + "/scope.toml" }
    var configuration: String { path + "/ajar.toml" }
    var projects: String { path + "/projects.toml" }
    var lists: String { path + "/lists" }
    var hashes: String { path + "/hashes" }
    var vault: String { path + "/vault" }
    var key: String { path + "/keys/ledger.key" }
    var catalogue: String { path + "/catalogue.sqlite" }
    var report: String { path + "/report" }

    /// The folder named, or the nearest one at or above the working folder that holds a case.
    static func find(_ named: String?) throws(Complaint) -> CaseFolder {
        if let named {
            let folder = CaseFolder(path: absolute(named))
            guard folder.exists else {
                throw Complaint(.noInput, "\(named) is no case; `ajar init --case \(named)` makes one")
            }
            return folder
        }
        var candidate = URL(filePath: absolute("."))
        while true {
            let folder = CaseFolder(path: candidate.path)
            if folder.exists { return folder }
            guard candidate.path != "/" else { break }
            candidate.deleteLastPathComponent()
        }
        throw Complaint(
            .noInput,
            "no case here or in a folder above; name one with --case, or make one with `ajar init`"
        )
    }

    /// The case that a path lies in, where it lies in one.
    static func around(_ path: String) -> CaseFolder? {
        var candidate = URL(filePath: path).deletingLastPathComponent().resolvingSymlinksInPath()
        while true {
            let folder = CaseFolder(path: candidate.path)
            if folder.exists { return folder }
            guard candidate.path != "/" else { return nil }
            candidate.deleteLastPathComponent()
        }
    }

    var exists: Bool {
        FileManager.default.fileExists(atPath: vault) && FileManager.default.fileExists(atPath: scope)
    }

    /// Whether anything was ever sealed here besides the ledger's beginning: a new vault has no segments.
    var hasSealed: Bool {
        let segments = FileManager.default.enumerator(atPath: vault + "/segments")
        return segments?.nextObject() != nil
    }

    /// A path as the user wrote it, from the working folder, with `~` expanded.
    static func absolute(_ path: String) -> String {
        let expanded = NSString(string: path).expandingTildeInPath
        return URL(
            filePath: expanded,
            relativeTo: URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        )
        .standardizedFileURL.path
    }
}
