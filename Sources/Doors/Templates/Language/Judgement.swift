/// How a block judges answers: matchers, and what extractors take out.
package struct Judgement: Hashable, Sendable {
    package var matchers: [Matcher]
    /// Whether all matchers must match, or one.
    package var needsAll: Bool
    package var extractors: [Extractor]
}

/// One condition on an answer.
package struct Matcher: Hashable, Sendable {
    package enum Test: Hashable, Sendable {
        case status([Int])
        case size([Int])
        case words([TextTemplate], ignoresCase: Bool)
        case patterns([String])
        /// Byte strings, given in hexadecimal digits.
        case binary([[UInt8]])
        case expressions([Expression])
        case paths([XPath])
    }

    package var test: Test
    /// What is looked at, such as `body`, `header` or `location_2`.
    package var part: String
    /// Whether each of several must be there, or one.
    package var needsAll: Bool
    package var isNegative: Bool
    package var name: String?
    /// Counts for the flow of the template, and is never told.
    package var isInternal: Bool
}

/// Takes values out of an answer.
package struct Extractor: Hashable, Sendable {
    package enum Test: Hashable, Sendable {
        case patterns([String], group: Int)
        /// Names of headers, cookies and fields, `-` written as `_`.
        case keys([String], ignoresCase: Bool)
        case json([JSONQuery])
        case paths([XPath], attribute: String?)
        case expressions([Expression])
    }

    package var test: Test
    package var part: String
    package var name: String?
    /// Kept for later requests, and never told.
    package var isInternal: Bool
}
