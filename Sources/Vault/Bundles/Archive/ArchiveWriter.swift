import CArchive
import Crypto
import Domain
import Glibc

/// Writes a ZIP archive through libarchive: stored, not compressed, so that a record can be read where it lies.
final class ArchiveWriter {
    private static let piece = 1 << 20
    /// 1 January 1980, the earliest that ZIP can say: when an archive was written is said inside.
    private static let time = time_t(315_532_800)

    private let archive: OpaquePointer
    private let path: String

    init(_ path: String) throws(VaultError) {
        guard let archive = archive_write_new() else { throw VaultError(.system(ENOMEM), "make", path: path) }
        (self.archive, self.path) = (archive, path)
        archive_write_set_format_zip(archive)
        archive_write_zip_set_compression_store(archive)
        // Nothing is added behind the directory to fill a block.
        archive_write_set_bytes_in_last_block(archive, 1)
        try check(archive_write_open_filename(archive, path), "make")
    }

    deinit { archive_write_free(archive) }

    /// Adds a file, and tells how many of its bytes are written. Returns its SHA-256.
    func add(
        _ name: String,
        _ content: FileSpan,
        progress: (UInt64) throws(VaultError) -> Void = { _ in }
    ) throws(VaultError) -> Domain.Digest {
        try begin(name, length: content.length)
        var hash = SHA256()
        var position: UInt64 = 0
        while position < content.length {
            let bytes = try content.read(at: position, upTo: Self.piece)
            guard !bytes.isEmpty else {
                throw VaultError(.damaged, "read again what was written", path: content.file.path)
            }
            hash.update(data: bytes)
            try put(bytes)
            position += UInt64(bytes.count)
            try progress(position)
        }
        try check(archive_write_finish_entry(archive), "end \(name) in")
        return Domain.Digest(hash.finalize())
    }

    /// Adds a file.
    func add(_ name: String, _ bytes: [UInt8]) throws(VaultError) -> Domain.Digest {
        try begin(name, length: UInt64(bytes.count))
        try put(bytes)
        try check(archive_write_finish_entry(archive), "end \(name) in")
        return Digest(of: bytes)
    }

    /// Writes the directory.
    func finish() throws(VaultError) { try check(archive_write_close(archive), "finish") }

    private func begin(_ name: String, length: UInt64) throws(VaultError) {
        guard let entry = archive_entry_new() else { throw VaultError(.system(ENOMEM), "add to", path: path) }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_size(entry, Int64(length))
        archive_entry_set_filetype(entry, 0o100_000)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_mtime(entry, Self.time, 0)
        try check(archive_write_header(archive, entry), "begin \(name) in")
    }

    private func put(_ bytes: [UInt8]) throws(VaultError) {
        guard !bytes.isEmpty else { return }
        let count = archive_write_data(archive, bytes, bytes.count)
        guard count == bytes.count else { throw fault("write to") }
    }

    private func check(_ code: Int32, _ attempted: String) throws(VaultError) {
        guard code == ARCHIVE_OK else { throw fault(attempted) }
    }

    private func fault(_ attempted: String) -> VaultError {
        let code = archive_errno(archive)
        if code == ENOSPC || code == EDQUOT { return VaultError(.diskFull, attempted, path: path) }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown"
        return VaultError(.system(code > 0 ? code : EIO), "\(attempted) (\(reason))", path: path)
    }
}
