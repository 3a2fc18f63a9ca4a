import Foundation
import Glibc

/// A disk that keeps apart what was made durable from what waits in its caches, and can lose its power at any moment.
///
/// Bytes are durable when their file was synced, and names when their folder was. Of what waits, a power cut keeps any
/// sectors of a file's writes, and of each folder's changes the first ones.
struct CutDisk {
    private static let sector = 512

    /// A file by the order in which it was made: the system uses inode numbers again.
    private typealias Identity = Int

    private struct Content {
        var durable: [UInt8] = []
        var waiting: [Change] = []
    }

    private enum Change {
        case write(Int, [UInt8])
        case cut(Int)
    }

    private enum NameChange {
        case file(String, Identity)
        case folder(String)
        case renamed(String, String)
        case removed(String)
    }

    private var contents: [Identity: Content] = [:]
    private var inodes: [UInt64: Identity] = [:]
    /// What lies where: a file, or nil for a folder. As the running program sees it, and as it is on the disk.
    private var files: [String: Identity] = [:]
    private var durableFiles: [String: Identity] = [:]
    private var durableFolders: Set<String> = [""]
    private var waiting: [String: [NameChange]] = [:]

    /// What lies in a folder now, all of it durable.
    init(_ folder: String) throws {
        guard let paths = FileManager.default.enumerator(atPath: folder) else { return }
        for case let path as String in paths {
            var status = stat()
            guard lstat("\(folder)/\(path)", &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                durableFolders.insert(path)
            } else {
                let identity = contents.count
                contents[identity] = Content(durable: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))))
                inodes[UInt64(status.st_ino)] = identity
                (files[path], durableFiles[path]) = (identity, identity)
            }
        }
    }

    mutating func apply(_ write: DiskWrite) {
        switch write {
        case .made(let path, let inode):
            let identity = contents.count
            contents[identity] = Content()
            inodes[inode] = identity
            files[path] = identity
            change(path, .file(path, identity))
        case .wrote(let inode, let offset, let bytes): change(inode, .write(offset, bytes))
        case .cut(let inode, let length): change(inode, .cut(length))
        case .synced(let inode): sync(inode)
        case .syncedFolder(let path): for change in waiting.removeValue(forKey: path) ?? [] { apply(change) }
        case .renamed(let path, let other):
            files[other] = files.removeValue(forKey: path)
            change(path, .renamed(path, other))
        case .removed(let path):
            files[path] = nil
            change(path, .removed(path))
        case .madeFolder(let path): change(path, .folder(path))
        case .said: break
        }
    }

    private mutating func change(_ path: String, _ change: NameChange) {
        waiting[Self.folder(of: path), default: []].append(change)
    }

    private mutating func change(_ inode: UInt64, _ change: Change) {
        guard let identity = inodes[inode] else { return }
        contents[identity]?.waiting.append(change)
    }

    private mutating func sync(_ inode: UInt64) {
        guard let identity = inodes[inode], var content = contents[identity] else { return }
        for change in content.waiting { Self.apply(change, to: &content.durable) }
        content.waiting = []
        contents[identity] = content
    }

    private mutating func apply(_ change: NameChange) {
        switch change {
        case .file(let path, let identity): durableFiles[path] = identity
        case .folder(let path): durableFolders.insert(path)
        case .renamed(let path, let other): durableFiles[other] = durableFiles.removeValue(forKey: path)
        case .removed(let path): durableFiles[path] = nil
        }
    }

    private static func apply(_ change: Change, to bytes: inout [UInt8]) {
        switch change {
        case .write(let offset, let new):
            let end = offset + new.count
            bytes += [UInt8](repeating: 0, count: max(0, end - bytes.count))
            bytes.replaceSubrange(offset..<end, with: new)
        case .cut(let length):
            if bytes.count > length { bytes.removeLast(bytes.count - length) }
            bytes += [UInt8](repeating: 0, count: length - bytes.count)
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    // MARK: The cut

    /// What is found on the disk after the power went: by path, with all folders above it.
    func cut(_ random: inout some RandomNumberGenerator) -> (folders: Set<String>, files: [String: [UInt8]]) {
        var disk = self
        for changes in waiting.sorted(by: { $0.key < $1.key }).map(\.value) {
            for change in changes.prefix(Int.random(in: 0...changes.count, using: &random)) { disk.apply(change) }
        }
        let folders = disk.durableFolders.filter { disk.isReachable($0) }
        var found: [String: [UInt8]] = [:]
        for (path, identity) in disk.durableFiles.sorted(by: { $0.key < $1.key })
        where folders.contains(Self.folder(of: path)) {
            found[path] = contents[identity].map { Self.remains(of: $0, &random) } ?? []
        }
        return (folders, found)
    }

    private func isReachable(_ folder: String) -> Bool {
        folder.isEmpty || (durableFolders.contains(folder) && isReachable(Self.folder(of: folder)))
    }

    /// A file's durable bytes with some of what waited: nothing, all, the first changes, or any sectors of them.
    private static func remains(of content: Content, _ random: inout some RandomNumberGenerator) -> [UInt8] {
        var bytes = content.durable
        let way = Int.random(in: 0..<4, using: &random)
        guard way > 0, !content.waiting.isEmpty else { return bytes }
        let count = way == 2 ? Int.random(in: 0...content.waiting.count, using: &random) : content.waiting.count
        for change in content.waiting.prefix(count) {
            guard way == 3 else {
                apply(change, to: &bytes)
                continue
            }
            for part in sectors(of: change) where Bool.random(using: &random) { apply(part, to: &bytes) }
        }
        // The last write of those that were kept in their order may be torn at any byte.
        if way == 2, bytes.count > content.durable.count, Bool.random(using: &random) {
            bytes.removeLast(Int.random(in: 0...(bytes.count - content.durable.count), using: &random))
        }
        return bytes
    }

    private static func sectors(of change: Change) -> [Change] {
        guard case .write(let offset, let bytes) = change else { return [change] }
        var (parts, start) = ([Change](), 0)
        while start < bytes.count {
            let end = min(bytes.count, start + sector - (offset + start) % sector)
            parts.append(.write(offset + start, Array(bytes[start..<end])))
            start = end
        }
        // The length may be known before the last bytes are there.
        if let end = bytes.indices.last { parts.append(.write(offset + end, [0])) }
        return parts.reversed()
    }
}
