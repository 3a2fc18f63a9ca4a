import Domain

/// Bytes that lie one after the other in an open file: the whole of it, or a part.
struct FileSpan {
    let file: OpenFile
    let offset: UInt64
    let length: UInt64

    init(file: OpenFile, offset: UInt64, length: UInt64) {
        self.file = file
        self.offset = offset
        self.length = length
    }

    /// A whole file.
    init(_ path: String) throws(VaultError) {
        file = try OpenFile(path, for: .reading)
        offset = 0
        length = try file.size()
    }

    /// What lies at `position`; fewer bytes than asked for only at the end.
    func read(at position: UInt64, upTo count: Int) throws(VaultError) -> [UInt8] {
        guard position < length else { return [] }
        return try file.read(at: offset + position, upTo: Int(min(UInt64(count), length - position)))
    }

    /// All of it; `tooLong` when it has more than `limit` bytes.
    func readAll(upTo limit: Int) throws(VaultError) -> [UInt8] {
        guard length <= UInt64(limit) else {
            throw VaultError(.tooLong, "read \(length) bytes where \(limit) are taken", path: file.path)
        }
        return try read(at: 0, upTo: Int(length))
    }

    /// The SHA-256 of all of it; nil when the file ends before.
    func digest() throws(VaultError) -> Digest? { try file.digest(from: offset, count: length) }
}

/// Reads lines that end in a line feed.
struct LineReader {
    private let span: FileSpan
    private let longest: Int
    private var position: UInt64
    private var waiting: [UInt8] = []
    private var read = 0
    /// Lines that were returned.
    private(set) var count = 0

    /// A line of more than `longest` bytes is refused.
    init(_ span: FileSpan, from position: UInt64 = 0, longest: Int) {
        self.span = span
        self.position = position
        self.longest = longest
    }

    /// The next line without its line feed; nil at the end.
    mutating func next() throws(VaultError) -> [UInt8]? {
        var searched = read
        while true {
            if let end = waiting[searched...].firstIndex(of: 0x0a) {
                defer { read = end + 1 }
                guard end - read <= longest else { throw tooLong }
                count += 1
                return Array(waiting[read..<end])
            }
            waiting.removeFirst(read)
            read = 0
            searched = waiting.count
            guard waiting.count <= longest else { throw tooLong }
            let bytes = try span.read(at: position, upTo: 1 << 16)
            guard !bytes.isEmpty else {
                guard waiting.isEmpty else {
                    throw VaultError(.damaged, "read line \(count + 1), which does not end", path: span.file.path)
                }
                return nil
            }
            position += UInt64(bytes.count)
            waiting += bytes
        }
    }

    private var tooLong: VaultError {
        VaultError(.damaged, "read line \(count + 1), which has more than \(longest) bytes", path: span.file.path)
    }
}
