import CoreFoundation
import Domain
import Foundation
import Glibc
import SystemPackage

/// The storage server's data folder on disk: made equal to a day's files by linking blobs from the pool.
struct ServedTree {
    typealias Placement = LabState.Placement

    let root: FilePath
    let pool: FilePath

    /// Changes only what differs between the two states. Names are bytes: they go to the system as they are.
    func change(from old: [PathName: Placement], to new: [PathName: Placement]) throws(LabError) {
        for (path, _) in old where new[path] == nil { try remove(path) }
        for (path, placement) in new where old[path] != placement {
            if old[path] != nil { try remove(path) }
            try place(placement, at: path)
        }
        try removeEmptyFolders(above: old.keys.filter { new[$0] == nil })
        try setFolderTimes(new)
    }

    /// Listings show the times of folders, so these follow from the files too: the latest time of all below.
    private func setFolderTimes(_ files: [PathName: Placement]) throws(LabError) {
        var latest: [[UInt8]: Timestamp] = [:]
        for (path, placement) in files {
            for folder in Self.folders(above: path) {
                latest[folder] = max(latest[folder] ?? placement.modified, placement.modified)
            }
        }
        for (folder, time) in latest {
            try setTime(of: Array(root.string.utf8) + [0x2f] + folder, to: time, what: root)
        }
    }

    private func remove(_ path: PathName) throws(LabError) {
        let failed = withBytes(path.bytes) { unlink($0) } != 0
        if failed, errno != ENOENT { throw Files.fault("remove", at: root.appending(path.display)) }
    }

    private func place(_ placement: Placement, at path: PathName) throws(LabError) {
        try makeFolders(above: path)
        let blob = pool.appending("\(placement.payload)")
        var facts = stat()
        guard stat(blob.string, &facts) == 0 else { throw Files.fault("find the blob of \(path.display)", at: blob) }
        let isFree = facts.st_nlink == 1
        // One inode has one time: a blob that lies elsewhere with another time is copied.
        if isFree || facts.st_mtim.tv_sec == Int(placement.modified.seconds) {
            if isFree { try setTime(of: Array(blob.string.utf8), to: placement.modified, what: blob) }
            guard withBytes(path.bytes, { link(blob.string, $0) }) == 0 else {
                throw Files.fault("link", at: root.appending(path.display))
            }
            return
        }
        let bytes = try Files.read(blob)
        let descriptor = withBytes(path.bytes) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644) }
        guard descriptor >= 0 else { throw Files.fault("write", at: root.appending(path.display)) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Files.fault("write", at: root.appending(path.display)) }
            rest = rest.dropFirst(count)
        }
        try setTime(of: Array(root.string.utf8) + [0x2f] + path.bytes, to: placement.modified, what: blob)
    }

    private func setTime(of path: [UInt8], to time: Timestamp, what: FilePath) throws(LabError) {
        try Files.setTime(of: path, to: time, what: what)
    }

    private func makeFolders(above path: PathName) throws(LabError) {
        var length = 0
        for part in path.components.dropLast() {
            length += part.bytes.count
            let folder = Array(path.bytes.prefix(length))
            if withBytes(folder, { mkdir($0, 0o755) }) != 0, errno != EEXIST {
                throw Files.fault("make a folder of", at: root.appending(path.display))
            }
            length += 1
        }
    }

    private func removeEmptyFolders(above paths: [PathName]) throws(LabError) {
        let folders = Set(paths.flatMap { Self.folders(above: $0) }).sorted { $0.count > $1.count }
        for folder in folders where withBytes(folder, { rmdir($0) }) != 0 {
            guard [ENOTEMPTY, EEXIST, ENOENT].contains(errno) else { throw Files.fault("remove a folder of", at: root) }
        }
    }

    private static func folders(above path: PathName) -> [[UInt8]] {
        path.bytes.indices.filter { path.bytes[$0] == 0x2f }.map { Array(path.bytes[..<$0]) }
    }

    /// Calls with the path below the root as a C string.
    private func withBytes<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (Array(root.string.utf8) + [0x2f] + path).withCString(body)
    }
}
