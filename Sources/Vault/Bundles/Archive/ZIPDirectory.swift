/// The files of a ZIP archive that Ajar wrote. Anything else is refused, down to the last bit of its headers.
struct ZIPDirectory {
    static let mostEntries = 64
    private static let longest = 64 << 10

    let entries: [(entry: ZIPEntry, span: FileSpan)]

    init(_ file: OpenFile) throws(VaultError) {
        let size = try file.size()
        let tail = try file.read(at: size - min(size, UInt64(Self.longest)), upTo: Self.longest)
        guard let start = Self.start(tail), start < size, size - start <= UInt64(tail.count) else {
            throw VaultError(.damaged, "find the directory of the archive", path: file.path)
        }
        let directory = Array(tail.suffix(Int(size - start)))
        guard let found = Self.entries(directory), ZIPEntry.directory(of: found, at: start) == directory else {
            throw VaultError(
                .damaged,
                "read the directory of the archive, which is not as Ajar writes it",
                path: file.path
            )
        }
        var entries: [(ZIPEntry, FileSpan)] = []
        var end: UInt64 = 0
        for entry in found {
            let header = entry.localHeader
            let next = end + UInt64(header.count)
            guard entry.offset == end, try file.read(at: end, upTo: header.count) == header,
                entry.size <= start - min(start, next)
            else { throw VaultError(.damaged, "read the header of a file in the archive", path: file.path) }
            entries.append((entry, FileSpan(file: file, offset: next, length: entry.size)))
            end = next + entry.size
        }
        guard end == start else {
            throw VaultError(.damaged, "account for all bytes of the archive", path: file.path)
        }
        self.entries = entries.map { ($0.0, $0.1) }
    }

    subscript(_ name: String) -> FileSpan? { entries.first { $0.entry.name == name }?.span }

    /// Where the directory begins, by what the end of the archive says.
    private static func start(_ tail: [UInt8]) -> UInt64? {
        guard tail.count >= 22, number(tail, tail.count - 22, 4) == 0x0605_4b50 else { return nil }
        let short = number(tail, tail.count - 6, 4)
        guard short == ZIPEntry.large else { return short }
        guard tail.count >= 98, number(tail, tail.count - 98, 4) == 0x0606_4b50 else { return nil }
        return number(tail, tail.count - 98 + 48, 8)
    }

    private static func entries(_ directory: [UInt8]) -> [ZIPEntry]? {
        var entries: [ZIPEntry] = []
        var position = 0
        while position + 46 <= directory.count, number(directory, position, 4) == 0x0201_4b50 {
            guard entries.count < mostEntries else { return nil }
            let (nameLength, extraLength) = (
                Int(number(directory, position + 28, 2)), Int(number(directory, position + 30, 2))
            )
            let end = position + 46 + nameLength + extraLength
            guard end <= directory.count, nameLength <= ZIPEntry.longestName,
                let name = String(validating: directory[position + 46..<position + 46 + nameLength], as: UTF8.self)
            else { return nil }
            var size = number(directory, position + 24, 4)
            var offset = number(directory, position + 42, 4)
            let isLarge = size == ZIPEntry.large
            var extra = position + 46 + nameLength + 4
            if isLarge {
                guard extra + 16 <= end else { return nil }
                size = number(directory, extra, 8)
                extra += 16
            }
            if offset == ZIPEntry.large {
                guard extra + 8 <= end else { return nil }
                offset = number(directory, extra, 8)
            }
            let crc = UInt32(truncatingIfNeeded: number(directory, position + 16, 4))
            entries.append(ZIPEntry(name: name, crc: crc, size: size, offset: offset, isLarge: isLarge))
            position = end
        }
        return entries
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
        bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
