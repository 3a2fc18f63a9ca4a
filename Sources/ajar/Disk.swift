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

    static func move(_ path: String, to target: String) throws(Complaint) {
        do {
            try FileManager.default.moveItem(atPath: path, toPath: target)
        } catch {
            throw Complaint(.inputOutput, "cannot move \(path) to \(target): \(error.localizedDescription)")
        }
    }
}
