/// The bytes of the file in hand, in memory that is given back as soon as the file is done.
///
/// 64 zero bytes follow the content, because libav's decoders read past the end of what they are given.
final class HeldFile {
    static let padding = 64

    private let memory: UnsafeMutableRawBufferPointer
    let count: Int

    init(capacity: Int) {
        count = capacity
        memory = .allocate(byteCount: capacity + Self.padding, alignment: 64)
        UnsafeMutableRawBufferPointer(rebasing: memory[capacity...]).initializeMemory(as: UInt8.self, repeating: 0)
    }

    convenience init(_ content: [UInt8]) {
        self.init(capacity: content.count)
        withMutableBytes { $0.copyBytes(from: content) }
    }

    deinit {
        memory.deallocate()
    }

    func withMutableBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeMutableRawBufferPointer(rebasing: memory[..<count]))
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: memory[..<count]))
    }

    /// The bytes of `range`, cut at the end of the file.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        let range = range.clamped(to: 0..<count)
        return withBytes { Array($0[range]) }
    }

    func starts(with signature: some Collection<UInt8>, at offset: Int = 0) -> Bool {
        bytes(offset..<offset + signature.count).elementsEqual(signature)
    }

    func cursor() -> ByteCursor { ByteCursor(file: self) }
}

/// A parser met bytes that its format does not allow, or a limit of its own.
struct ReadError: Error, Hashable {
    /// In one line, for the person who asks why a file was not read.
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

/// Reads a file front to back. Every step is checked against the end; what is missing is an error, never a zero.
struct ByteCursor {
    let file: HeldFile
    private(set) var offset = 0
    private let end: Int

    init(file: HeldFile) {
        self.file = file
        end = file.count
    }

    private init(file: HeldFile, offset: Int, end: Int) {
        self.file = file
        self.offset = offset
        self.end = end
    }

    var remaining: Int { end - offset }

    mutating func take(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining else { throw ReadError("ends early, at byte \(end)") }
        defer { offset += count }
        return file.bytes(offset..<offset + count)
    }

    mutating func skip(_ count: Int) throws {
        guard count >= 0, count <= remaining else { throw ReadError("ends early, at byte \(end)") }
        offset += count
    }

    /// The next `count` bytes as a cursor of their own, which are then behind this one.
    mutating func part(_ count: Int) throws -> ByteCursor {
        let start = offset
        try skip(count)
        return ByteCursor(file: file, offset: start, end: start + count)
    }

    mutating func byte() throws -> UInt8 { try take(1)[0] }

    /// An unsigned number of up to 8 bytes, most significant first.
    mutating func bigEndian(_ count: Int) throws -> Int {
        let value = try take(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let number = Int(exactly: value) else { throw ReadError("a length beyond 63 bits") }
        return number
    }

    mutating func littleEndian(_ count: Int) throws -> Int {
        Int(try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
