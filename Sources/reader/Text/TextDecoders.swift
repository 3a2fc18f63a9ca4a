import Domain
import Glibc

/// Character sets that text from this field comes in, each opened once: glibc loads their tables from the disk.
final class TextDecoders {
    let tool: Tool
    private let converters: [(charset: Charset, descriptor: iconv_t)]

    init() throws {
        var version = [CChar](repeating: 0, count: 64)
        confstr(Int32(_CS_GNU_LIBC_VERSION), &version, version.count)
        let words = String(decoding: version.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        tool = Tool(name: "glibc iconv", version: words.split(separator: " ").last.map(String.init) ?? "unknown")
        converters = try Charset.allCases.map { charset in
            guard let descriptor = iconv_open("UTF-8", charset.rawValue), descriptor != iconv_t(bitPattern: -1) else {
                throw ReadError("glibc lacks the character set \(charset.rawValue)")
            }
            return (charset, descriptor)
        }
    }

    deinit {
        for converter in converters { iconv_close(converter.descriptor) }
    }

    /// The text, if every byte is legal in the character set; nil otherwise.
    func decode(_ bytes: ArraySlice<UInt8>, as charset: Charset) -> String? {
        guard let descriptor = converters.first(where: { $0.charset == charset })?.descriptor else { return nil }
        iconv(descriptor, nil, nil, nil, nil)
        var source = bytes.map(CChar.init(bitPattern:))
        var target = [CChar](repeating: 0, count: bytes.count * 4 + 16)
        var (left, room) = (source.count, target.count)
        let code = source.withUnsafeMutableBufferPointer { input in
            target.withUnsafeMutableBufferPointer { output in
                var (from, to) = (input.baseAddress, output.baseAddress)
                return iconv(descriptor, &from, &left, &to, &room)
            }
        }
        guard code != -1, left == 0 else { return nil }
        return String(validating: target[..<(target.count - room)].lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// The character sets that are tried, by glibc's names.
enum Charset: String, CaseIterable {
    case gb18030 = "GB18030"
    case cp949 = "UHC"
    case shiftJIS = "CP932"
    case cp1251 = "CP1251"
    case utf16Little = "UTF-16LE"
    case utf16Big = "UTF-16BE"

    /// As readings name it.
    var label: String {
        switch self {
        case .cp949: "CP949"
        case .shiftJIS: "Shift_JIS (CP932)"
        default: rawValue
        }
    }
}
