import Glibc

/// A folder of the vault, and what is done in it durably.
struct Folder: Sendable {
    let path: String

    init(_ path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    func path(_ relative: String) -> String { "\(path)/\(relative)" }

    func folder(_ relative: String) -> Folder { Folder(path(relative)) }

    func has(_ relative: String) -> Bool { access(path(relative), F_OK) == 0 }

    func read(_ relative: String) throws(VaultError) -> [UInt8] {
        try OpenFile(path(relative), for: .reading).readAll()
    }

    /// Makes the folder and those above it that are missing, each durable in the one above.
    func make(permissions: mode_t = 0o755) throws(VaultError) {
        if mkdir(path, permissions) == 0 { return try parent.sync() }
        if errno == EEXIST { return }
        guard errno == ENOENT, path.count > 1 else { throw VaultError.last("make folder", path) }
        try parent.make(permissions: permissions)
        guard mkdir(path, permissions) == 0 || errno == EEXIST else { throw VaultError.last("make folder", path) }
        try parent.sync()
    }

    private var parent: Folder {
        guard let slash = path.lastIndex(of: "/") else { return Folder(".") }
        return Folder(slash == path.startIndex ? "/" : String(path[..<slash]))
    }

    /// Returns when names made, renamed and removed in it are on the disk.
    func sync() throws(VaultError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw VaultError.last("open folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw VaultError.last("make durable", path) }
    }

    /// Puts a whole file in its place at once. Its name is durable only after the folder's ``sync()``.
    ///
    /// What can be made again need not be durable: it may then be found empty after a power cut.
    func replace(
        _ name: String,
        with bytes: [UInt8],
        permissions: mode_t = 0o644,
        isDurable: Bool = true
    ) throws(VaultError) {
        try replace(name, permissions: permissions) { file throws(VaultError) in
            try file.write(bytes, at: 0)
            if isDurable { try file.sync() }
        }
    }

    /// Puts a file in its place when `write` has written it whole.
    func replace(
        _ name: String,
        permissions: mode_t = 0o644,
        _ write: (OpenFile) throws(VaultError) -> Void
    ) throws(VaultError) {
        // A name of its own: two tasks may make the same thumbnail at once.
        let temporary = path("\(name)-\(UInt64.random(in: 0 ... .max))\(Self.temporarySuffix)")
        do throws(VaultError) {
            try write(try OpenFile(temporary, for: .making, permissions: permissions))
            guard rename(temporary, path(name)) == 0 else { throw VaultError.last("put in place", path(name)) }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    static let temporarySuffix = ".unfinished"

    func remove(_ relative: String) throws(VaultError) {
        guard unlink(path(relative)) == 0 || errno == ENOENT else { throw VaultError.last("remove", path(relative)) }
    }

    /// The names in it, sorted; empty when it is not there.
    func names() throws(VaultError) -> [String] {
        guard let stream = opendir(path) else {
            guard errno == ENOENT else { throw VaultError.last("list", path) }
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The regular files in it and below, by path relative to it, sorted.
    func files() throws(VaultError) -> [String] {
        var found: [String] = []
        for name in try names() {
            var status = stat()
            guard lstat(path(name), &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += try folder(name).files().map { "\(name)/\($0)" }
            } else {
                found.append(name)
            }
        }
        return found
    }
}
