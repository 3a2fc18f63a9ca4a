import CArchive
import Foundation

/// The files of a ZIP archive, taken out through libarchive into a folder of its own, which goes when this goes.
///
/// Their names are a stranger's: the files are numbered on the disk.
final class UnpackedArchive {
    /// Files beyond this number are refused.
    static let mostFiles = 64
    private static let piece = 1 << 20

    /// The names, in the order of the archive.
    private(set) var names: [String] = []
    private var files: [String: FileSpan] = [:]
    private let folder: URL

    /// Throws `damaged` for what is no archive, has too many files or two of one name, or is compressed: what is taken out
    /// is never more than the archive's own bytes.
    init(_ path: String) throws(VaultError) {
        folder = FileManager.default.temporaryDirectory.appending(path: "ajar-bundle-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw VaultError(.system(EIO), "make a folder for the files of an archive", path: folder.path)
        }
        try unpack(path)
    }

    deinit {
        // What could not be removed lies where the system removes it.
        try? FileManager.default.removeItem(at: folder)
    }

    subscript(_ name: String) -> FileSpan? { files[name] }

    private func unpack(_ path: String) throws(VaultError) {
        let size = try OpenFile(path, for: .reading).size()
        guard let archive = archive_read_new() else { throw VaultError(.system(ENOMEM), "open", path: path) }
        defer { archive_read_free(archive) }
        func fault() -> VaultError {
            let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
            return VaultError(.damaged, "read the archive: \(reason)", path: path)
        }
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_filename(archive, path, Self.piece) == ARCHIVE_OK else { throw fault() }
        var taken: UInt64 = 0
        while true {
            var entry: OpaquePointer?
            let code = archive_read_next_header(archive, &entry)
            if code == ARCHIVE_EOF { return }
            guard code == ARCHIVE_OK, let entry, let raw = archive_entry_pathname(entry) else { throw fault() }
            let name = String(cString: raw)
            guard names.count < Self.mostFiles, files[name] == nil else {
                throw VaultError(.damaged, "read the archive: it has files that no bundle has", path: path)
            }
            let file = try NewFile(folder.appending(path: "\(names.count)").path)
            var bytes = [UInt8](repeating: 0, count: Self.piece)
            while true {
                let count = archive_read_data(archive, &bytes, bytes.count)
                guard count >= 0 else { throw fault() }
                guard count > 0 else { break }
                taken += UInt64(count)
                guard taken <= size else {
                    throw VaultError(.damaged, "read the archive: it is compressed, so unpack it first", path: path)
                }
                try file.append(Array(bytes[..<count]))
            }
            names.append(name)
            files[name] = try file.written()
        }
    }
}
