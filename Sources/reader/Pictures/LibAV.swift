import CAV
import Domain

/// libav's name, version and settings for the whole process.
enum LibAV {
    static let tool = Tool(name: "libav", version: String(cString: av_version_info()))

    /// Its complaints about hostile files go nowhere: what matters comes back as errors.
    static func silence() {
        av_log_set_level(AV_LOG_QUIET)
    }

    /// libav's words for an error code.
    static func describe(_ code: Int32) -> String {
        var text = [CChar](repeating: 0, count: 128)
        av_strerror(code, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Throws libav's words when the code is an error.
    @discardableResult
    static func check(_ code: Int32, _ attempt: String) throws -> Int32 {
        guard code >= 0 else { throw ReadError("\(attempt): \(describe(code))") }
        return code
    }
}
