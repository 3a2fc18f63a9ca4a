/// A piece of an HTML page, as ``HTMLTokenizer`` finds it. Bytes stay bytes: a page's encoding is the reader's guess.
package enum HTMLToken: Hashable, Sendable {
    /// A start tag. The name is lower-case ASCII.
    case start(HTMLTag)
    /// An end tag's lower-case name.
    case end(String)
    /// Text between tags, its character references decoded. A long text comes in several tokens.
    case text([UInt8])
    /// The contents of `script` or `style`, as they stand.
    case script([UInt8])
}

/// A start tag and what it carries.
package struct HTMLTag: Hashable, Sendable {
    /// Lower-case.
    package var name: String
    /// In the order of the page; of two with one name, the first counts (HTML 13.2.5.33).
    package var attributes: [HTMLAttribute]

    package init(name: String, attributes: [HTMLAttribute] = []) {
        self.name = name
        self.attributes = attributes
    }

    /// The value of the first attribute of that lower-case name, its character references decoded.
    package subscript(name: String) -> [UInt8]? {
        attributes.first { $0.name == name }?.value
    }

    /// An attribute's value as lower-case text, for comparing with keywords.
    package func keyword(_ name: String) -> String? {
        self[name].map { String(decoding: $0.prefix(256), as: UTF8.self).lowercased() }
    }
}

/// One attribute of a start tag.
package struct HTMLAttribute: Hashable, Sendable {
    /// Lower-case.
    package var name: String
    /// Character references decoded; empty where the page gives none.
    package var value: [UInt8]

    package init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}
