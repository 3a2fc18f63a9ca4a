import Foundation

/// Whole-file steps of the program, with errors a person can act on.
enum Disk {
    /// Removes a SQLite file with its side files; a missing one is fine.
    static func removeDatabase(_ path: String) throws(Complaint) {
        for name in [path, path + "-wal", path + "-shm"] where FileManager.default.fileExists(atPath: name) {
            do {
                try FileManager.default.removeItem(atPath: name)
            } catch {
                throw Complaint(.inputOutput, "cannot remove \(name): \(error.localizedDescription)")
            }
        }
    }

    /// Puts a SQLite file that nobody has open in another's place, with its log: what was written last may be there alone.
    static func moveDatabase(_ path: String, to target: String) throws(Complaint) {
        try removeDatabase(target)
        // The log first: a database without it would look whole.
        for suffix in ["-wal", ""] where FileManager.default.fileExists(atPath: path + suffix) {
            try move(path + suffix, to: target + suffix)
        }
        try removeDatabase(path)
    }

    private static func move(_ path: String, to target: String) throws(Complaint) {
        do {
            try FileManager.default.moveItem(atPath: path, toPath: target)
        } catch {
            throw Complaint(.inputOutput, "cannot move \(path) to \(target): \(error.localizedDescription)")
        }
    }
}
