import Glibc

/// A file that stays open, read and written at given places. Safe to share: it has no position of its own.
final class OpenFile: Sendable {
    enum Purpose {
        case reading
        /// Reading and writing what is there.
        case changing
        /// Reading and writing; made when it is not there.
        case changingOrMaking
        /// Reading and writing; an error when it is there.
        case making
    }

    let path: String
    private let descriptor: Int32

    init(_ path: String, for purpose: Purpose, permissions: mode_t = 0o644) throws(VaultError) {
        self.path = path
        let flags =
            switch purpose {
            // Whoever puts a pipe in a file's place must not make its reader wait for ever.
            case .reading: O_RDONLY | O_NONBLOCK
            case .changing: O_RDWR
            case .changingOrMaking: O_RDWR | O_CREAT
            case .making: O_RDWR | O_CREAT | O_EXCL
            }
        descriptor = Glibc.open(path, flags | O_CLOEXEC | O_NOFOLLOW, permissions)
        guard descriptor >= 0 else { throw VaultError.last("open", path) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw VaultError.last("look at", path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw VaultError(.damaged, "open what is no file", path: path) }
    }

    deinit { Glibc.close(descriptor) }

    func size() throws(VaultError) -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw VaultError.last("ask the size of", path) }
        return UInt64(status.st_size)
    }

    /// What lies at `offset`; fewer bytes than asked for only at the end of the file.
    func read(at offset: UInt64, upTo count: Int) throws(VaultError) -> [UInt8] {
        var failure: VaultError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let base = buffer.baseAddress {
                let got = pread(descriptor, base + filled, count - filled, off_t(offset) + off_t(filled))
                if got == 0 { break }
                if got > 0 { filled += got } else if errno != EINTR { failure = .last("read", path) }
                if failure != nil { break }
            }
        }
        if let failure { throw failure }
        return bytes
    }

    func readAll() throws(VaultError) -> [UInt8] {
        try read(at: 0, upTo: Int(size()))
    }

    func write(_ bytes: some Collection<UInt8>, at offset: UInt64) throws(VaultError) {
        var failure: VaultError?
        let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            var written = 0
            while written < buffer.count, failure == nil, let base = buffer.baseAddress {
                let got = pwrite(descriptor, base + written, buffer.count - written, off_t(offset) + off_t(written))
                if got >= 0 { written += got } else if errno != EINTR { failure = .last("write", path) }
            }
        }
        if let failure { throw failure }
        if done == nil { try write(Array(bytes), at: offset) }
    }

    func truncate(to length: UInt64) throws(VaultError) {
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw VaultError.last("cut", path) }
    }

    /// Returns when the bytes, and the length that leads to them, are on the disk.
    func sync() throws(VaultError) {
        guard fdatasync(descriptor) == 0 else { throw VaultError.last("make durable", path) }
    }

    /// Takes the lock for this process's one writer; false when another holds it.
    func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func unlock() { _ = flock(descriptor, LOCK_UN) }
}

extension VaultError {
    /// The error that the last system call left.
    static func last(_ attempted: String, _ path: String) -> VaultError {
        let number = errno
        let code: Code =
            switch number {
            case ENOSPC, EDQUOT: .diskFull
            case ENOENT: .missing
            default: .system(number)
            }
        return VaultError(code, attempted, path: path)
    }
}
