import CPCRE2

/// A regular expression as templates write them (RE2 syntax), over bytes, with a bound on the work that a match takes.
///
/// PCRE2 matches; what RE2 does not have (look-around, back references, atomic groups) is refused, so that no pattern
/// means here what it does not mean to its author. See decision 0010.
package final class Pattern: Sendable {
    /// Why a pattern cannot be used.
    package struct Fault: Error, Hashable, Sendable {
        package var what: String
    }

    /// The match took more steps or memory than ``steps`` and ``heap`` allow: nothing is known of it.
    package struct Exhausted: Error, Hashable, Sendable {}

    /// Steps of one match, over all places where it may begin.
    private static let steps: UInt32 = 5_000_000
    private static let depth: UInt32 = 100_000
    /// KiB of memory that one match may take.
    private static let heap: UInt32 = 32 * 1_024
    /// The most matches that are found in one text.
    package static let mostMatches = 1_000

    package let source: String
    /// Never changed once it is made, and so shared freely.
    private nonisolated(unsafe) let code: OpaquePointer

    package init(_ source: String) throws(Fault) {
        if let foreign = RE2Syntax.firstForeign(in: source) { throw Fault(what: "\(foreign) is no RE2 syntax") }
        guard let context = ajar_pcre2_compile_context() else { throw Fault(what: "no memory for a pattern") }
        defer { ajar_pcre2_compile_context_free(context) }
        var options = PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C
        // Bodies are bytes; only a pattern that names characters beyond them reads them as UTF-8.
        if RE2Syntax.namesCharacters(source) { options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF }
        var (fault, offset): (Int32, Int) = (0, 0)
        let bytes = Array(RE2Syntax.rewritten(source).utf8)
        guard let code = ajar_pcre2_compile(bytes, bytes.count, options, &fault, &offset, context) else {
            throw Fault(what: "\(Self.message(fault)) at offset \(offset)")
        }
        self.source = source
        self.code = code
    }

    deinit {
        ajar_pcre2_code_free(code)
    }

    private static func message(_ fault: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = ajar_pcre2_message(fault, &buffer, buffer.count)
        return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "fault \(fault)"
    }

    /// Groups in parentheses that are kept.
    package var groups: Int { Int(ajar_pcre2_groups(code)) }

    package func matches(_ text: [UInt8]) throws(Exhausted) -> Bool {
        try !found(in: text, upTo: 1).isEmpty
    }

    /// The matches in order, each as its groups (0 is the whole); a group that took no part is empty.
    package func found(in text: [UInt8], upTo limit: Int = mostMatches) throws(Exhausted) -> [[Range<Int>]] {
        guard let data = ajar_pcre2_match_data(code),
            let context = ajar_pcre2_match_context(Self.steps, Self.depth, Self.heap)
        else { throw Exhausted() }
        defer {
            ajar_pcre2_match_data_free(data)
            ajar_pcre2_match_context_free(context)
        }
        var found: [[Range<Int>]] = []
        var start = 0
        while start <= text.count, found.count < limit {
            let count = ajar_pcre2_match(code, text, text.count, start, data, context)
            if count == PCRE2_ERROR_NOMATCH { break }
            guard count > 0, let offsets = ajar_pcre2_ovector(data) else { throw Exhausted() }
            let ranges = (0...groups).map { group -> Range<Int> in
                let (low, high) = (offsets[2 * group], offsets[2 * group + 1])
                return group < Int(count) && low <= high && high <= text.count ? low..<high : 0..<0
            }
            found.append(ranges)
            start = ranges[0].isEmpty ? ranges[0].upperBound + 1 : ranges[0].upperBound
        }
        return found
    }
}
