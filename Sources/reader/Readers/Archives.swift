import CArchive
import Domain

/// A ZIP archive in memory, its entries one after another.
final class Archives {
    static let tool = Tool(
        name: "libarchive",
        version:
            "\(archive_version_number() / 1_000_000).\(archive_version_number() / 1000 % 1000).\(archive_version_number() % 1000)"
    )

    /// One entry as the archive claims it.
    struct Entry {
        /// Bytes in the maker's encoding, shown as UTF-8 where they are.
        var name: PathName
        /// Nil where the archive does not say beforehand.
        var size: Int64?
        var isFolder: Bool
    }

    private let archive: OpaquePointer
    private let file: HeldFile

    init(_ file: HeldFile) throws {
        guard let archive = archive_read_new() else { throw ReadError("no memory for an archive") }
        self.archive = archive
        self.file = file
        archive_read_support_format_zip_seekable(archive)
        // The memory stays where it is as long as this object holds the file.
        let code = file.withBytes { archive_read_open_memory(archive, $0.baseAddress, $0.count) }
        guard code == ARCHIVE_OK else { throw fault("opening") }
    }

    deinit {
        archive_read_free(archive)
    }

    /// The next entry, or nil at the end.
    func next() throws -> Entry? {
        var entry: OpaquePointer?
        switch archive_read_next_header(archive, &entry) {
        case ARCHIVE_EOF: return nil
        case ARCHIVE_OK, ARCHIVE_WARN: break
        default: throw fault("listing")
        }
        guard let entry else { return nil }
        var name = PathName(bytes: [])
        if let raw = archive_entry_pathname(entry) {
            name = PathName(bytes: UnsafeRawBufferPointer(start: raw, count: Self.length(raw)))
        } else if let raw = archive_entry_pathname_utf8(entry) {
            name = PathName(bytes: Array(String(cString: raw).utf8))
        }
        let size = archive_entry_size_is_set(entry) != 0 ? archive_entry_size(entry) : nil
        return Entry(name: name, size: size, isFolder: name.bytes.last == UInt8(ascii: "/"))
    }

    private static func length(_ text: UnsafePointer<CChar>) -> Int {
        var length = 0
        while length < 4096, text[length] != 0 { length += 1 }
        return length
    }

    /// The content of the entry last returned; more than `limit` bytes are an error, whatever the entry claimed.
    func content(limit: Int) throws -> [UInt8] {
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = chunk.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw fault("unpacking") }
            guard count > 0 else { return content }
            guard content.count + count <= limit else { throw ReadError("unpacks to more than \(limit) bytes") }
            content += chunk[..<count]
        }
    }

    private func fault(_ attempt: String) -> ReadError {
        ReadError("\(attempt): \(archive_error_string(archive).map { String(cString: $0) } ?? "a damaged archive")")
    }
}
