import Glibc

/// A character encoding that names from old archives and file systems come in.
enum NameEncoding: String, CaseIterable, Sendable {
    case gb18030 = "GB18030"
    case cp949 = "CP949"
    case shiftJIS = "CP932"
    case windows1251 = "windows-1251"

    /// The text that `bytes` stand for, or nil where a single byte does not fit.
    ///
    /// The C library's converter is strict: it stops at the first byte that stands for nothing.
    func decode(_ bytes: [UInt8]) -> String? {
        let converter = iconv_open("UTF-8", rawValue)
        // The man page's error value: (iconv_t) -1.
        guard let converter, converter != UnsafeMutableRawPointer(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        // No encoding here needs more than four bytes of UTF-8 for one byte of its own.
        var output = [CChar](repeating: 0, count: bytes.count * 4 + 4)
        var input = bytes.map(CChar.init(bitPattern:))
        let room = output.count
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                var left = source.count
                var free = room
                let result = iconv(converter, &from, &left, &to, &free)
                return result == Int(bitPattern: UInt.max) || left > 0 ? nil : room - free
            }
        }
        guard let written else { return nil }
        return String(validating: output[..<written].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
