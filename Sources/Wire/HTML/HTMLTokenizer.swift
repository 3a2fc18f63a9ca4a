/// Cuts HTML into tags and text, byte by byte, in bounded memory (a subset of HTML 13.2.5).
///
/// Pages come from machines we do not trust: any bytes are accepted, nothing traps, no state grows beyond the limits.
/// There is no tree and no error recovery beyond the tokenizer's own: a listing, a title and a form need none.
package struct HTMLTokenizer: Sendable {
    /// The longest tag that is kept; what a longer one holds beyond it is dropped and ``cutTags`` counts it.
    package static let maximumTagLength = 64 * 1024
    /// The most attributes of one tag.
    package static let maximumAttributes = 64
    /// A longer text comes in several tokens; a character reference across the cut stays undecoded.
    package static let maximumTextLength = 64 * 1024

    /// Tags that were longer than the limits.
    package private(set) var cutTags = 0

    private enum State {
        case text
        case tagOpen
        case tagName
        case endTagName
        case beforeAttribute
        case attributeName
        case afterAttributeName
        case beforeValue
        case value(quote: UInt8?)
        case declaration
        case comment(dashes: Int)
        /// Inside an element whose contents hold no tags; ends at `</` and its name.
        case raw(RawElement)
    }

    private enum RawElement {
        case script
        case style
        case title
        case textarea

        init?(_ name: String) {
            switch name {
            case "script": self = .script
            case "style": self = .style
            case "title": self = .title
            case "textarea": self = .textarea
            default: return nil
            }
        }

        /// `</` and the name: what ends the element, before any blanks and `>`.
        var closing: [UInt8] {
            switch self {
            case .script: Self.scriptClosing
            case .style: Self.styleClosing
            case .title: Self.titleClosing
            case .textarea: Self.textareaClosing
            }
        }

        private static let scriptClosing = Array("</script".utf8)
        private static let styleClosing = Array("</style".utf8)
        private static let titleClosing = Array("</title".utf8)
        private static let textareaClosing = Array("</textarea".utf8)

        var holdsReferences: Bool { self == .title || self == .textarea }
    }

    private var state = State.text
    private var text: [UInt8] = []
    private var name: [UInt8] = []
    private var attributes: [HTMLAttribute] = []
    private var attributeName: [UInt8] = []
    private var attributeValue: [UInt8] = []
    private var tagLength = 0
    private var rawMatch = 0
    private var tokens: [HTMLToken] = []

    package init() {}

    /// The tokens that these bytes complete.
    package mutating func feed(_ bytes: some Sequence<UInt8>) -> [HTMLToken] {
        if bytes.withContiguousStorageIfAvailable({ feed(run: $0) }) == nil {
            for byte in bytes { step(byte) }
        }
        defer { tokens.removeAll(keepingCapacity: true) }
        return tokens
    }

    /// Texts and quoted values, which are most of a page, are taken as they lie.
    private mutating func feed(run bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        while index < bytes.count {
            let end: Int
            switch state {
            case .text:
                end = bytes[index...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
                add(text: bytes[index..<end])
            case .value(quote: let quote?):
                end = bytes[index...].firstIndex(of: quote) ?? bytes.count
                add(value: bytes[index..<end])
            default: end = index
            }
            if end < bytes.count { step(bytes[end]) }
            index = end + 1
        }
    }

    private mutating func add(text piece: Slice<UnsafeBufferPointer<UInt8>>) {
        var piece = piece
        while !piece.isEmpty {
            let part = piece.prefix(Self.maximumTextLength - text.count)
            text.append(contentsOf: part)
            piece = piece.dropFirst(part.count)
            if text.count >= Self.maximumTextLength { flushText() }
        }
    }

    private mutating func add(value piece: Slice<UnsafeBufferPointer<UInt8>>) {
        let room = max(0, Self.maximumTagLength - 1 - tagLength)
        let wasWithin = tagLength < Self.maximumTagLength
        tagLength += piece.count
        if wasWithin, tagLength >= Self.maximumTagLength { cutTags += 1 }
        attributeValue.append(contentsOf: piece.prefix(room))
    }

    /// What remains at the end of the page: an unfinished text. An unfinished tag is dropped, as browsers do.
    package mutating func finish() -> [HTMLToken] {
        if case .tagOpen = state { text.append(UInt8(ascii: "<")) }
        if case .raw(let element) = state { flushRaw(element) } else { flushText() }
        state = .text
        defer { tokens.removeAll() }
        return tokens
    }

    private mutating func step(_ byte: UInt8) {
        switch state {
        case .text: stepText(byte)
        case .raw(let element): stepRaw(byte, element)
        case .tagOpen: stepTagOpen(byte)
        case .tagName: stepTagName(byte)
        case .endTagName: stepEndTagName(byte)
        case .beforeAttribute, .afterAttributeName: stepBetween(byte)
        case .attributeName: stepAttributeName(byte)
        case .beforeValue, .value: stepValue(byte)
        case .declaration:
            if byte == UInt8(ascii: ">") {
                state = .text
            } else if byte == UInt8(ascii: "-"), name.count < 2 {
                name.append(byte)
                if name.count == 2 { state = .comment(dashes: 2) }
            } else {
                name = [0, 0]
            }
        case .comment(let dashes):
            if byte == UInt8(ascii: ">"), dashes >= 2 {
                state = .text
            } else {
                state = .comment(dashes: byte == UInt8(ascii: "-") ? min(dashes + 1, 2) : 0)
            }
        }
    }

    private mutating func stepText(_ byte: UInt8) {
        if byte == UInt8(ascii: "<") {
            state = .tagOpen
        } else {
            text.append(byte)
            if text.count >= Self.maximumTextLength { flushText() }
        }
    }

    private mutating func stepTagOpen(_ byte: UInt8) {
        beginTag()
        switch byte {
        case UInt8(ascii: "/"):
            flushText()
            state = .endTagName
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            flushText()
            state = .declaration
        case _ where byte.isLetter:
            flushText()
            name.append(byte.lowercased)
            state = .tagName
        default:
            text.append(UInt8(ascii: "<"))
            if text.count >= Self.maximumTextLength { flushText() }
            state = .text
            stepText(byte)
        }
    }

    private mutating func stepTagName(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") {
            endTag()
        } else if byte.isSpace || byte == UInt8(ascii: "/") {
            state = .beforeAttribute
        } else if isWithinLimit() {
            name.append(byte.lowercased)
        }
    }

    private mutating func stepEndTagName(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") {
            let isTag = name.first?.isLetter == true
            if isTag { tokens.append(.end(String(decoding: name.prefix { !$0.isSpace }, as: UTF8.self))) }
            state = .text
        } else if isWithinLimit() {
            name.append(byte.lowercased)
        }
    }

    private mutating func stepBetween(_ byte: UInt8) {
        if byte == UInt8(ascii: ">") {
            endAttribute()
            endTag()
        } else if byte == UInt8(ascii: "="), case .afterAttributeName = state {
            state = .beforeValue
        } else if !byte.isSpace, byte != UInt8(ascii: "/") {
            endAttribute()
            if isWithinLimit() { attributeName.append(byte.lowercased) }
            state = .attributeName
        }
    }

    private mutating func stepAttributeName(_ byte: UInt8) {
        if byte == UInt8(ascii: "=") {
            state = .beforeValue
        } else if byte == UInt8(ascii: ">") {
            endAttribute()
            endTag()
        } else if byte.isSpace || byte == UInt8(ascii: "/") {
            state = .afterAttributeName
        } else if isWithinLimit() {
            attributeName.append(byte.lowercased)
        }
    }

    private mutating func stepValue(_ byte: UInt8) {
        guard case .value(let quote) = state else {
            guard !byte.isSpace else { return }
            let isQuote = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            state = .value(quote: isQuote ? byte : nil)
            if !isQuote { stepValue(byte) }
            return
        }
        if byte == quote || (quote == nil && byte.isSpace) {
            endAttribute()
            state = .beforeAttribute
        } else if quote == nil, byte == UInt8(ascii: ">") {
            endAttribute()
            endTag()
        } else if isWithinLimit() {
            attributeValue.append(byte)
        }
    }

    private mutating func stepRaw(_ byte: UInt8, _ element: RawElement) {
        let closing = element.closing
        if rawMatch == closing.count, byte == UInt8(ascii: ">") {
            text.removeLast(closing.count)
            flushRaw(element)
            tokens.append(.end(String(decoding: closing.dropFirst(2), as: UTF8.self)))
            state = .text
        } else if rawMatch < closing.count || !byte.isSpace {
            text.append(byte)
            let isNext = rawMatch < closing.count && byte.lowercased == closing[rawMatch]
            rawMatch = isNext ? rawMatch + 1 : byte == UInt8(ascii: "<") ? 1 : 0
            if text.count - rawMatch >= Self.maximumTextLength { flushRaw(element, keeping: rawMatch) }
        }
    }

    private mutating func beginTag() {
        name.removeAll(keepingCapacity: true)
        attributes = []
        attributeName.removeAll(keepingCapacity: true)
        attributeValue.removeAll(keepingCapacity: true)
        tagLength = 0
    }

    private mutating func isWithinLimit() -> Bool {
        tagLength += 1
        if tagLength == Self.maximumTagLength { cutTags += 1 }
        return tagLength < Self.maximumTagLength
    }

    private mutating func endAttribute() {
        guard !attributeName.isEmpty else { return attributeValue.removeAll(keepingCapacity: true) }
        if attributes.count < Self.maximumAttributes {
            let name = String(decoding: attributeName, as: UTF8.self)
            attributes.append(HTMLAttribute(name: name, value: HTMLReferences.decode(attributeValue)))
        }
        attributeName.removeAll(keepingCapacity: true)
        attributeValue.removeAll(keepingCapacity: true)
    }

    private mutating func endTag() {
        let tag = HTMLTag(name: String(decoding: name, as: UTF8.self), attributes: attributes)
        tokens.append(.start(tag))
        rawMatch = 0
        state = RawElement(tag.name).map(State.raw) ?? .text
    }

    private mutating func flushText() {
        guard !text.isEmpty else { return }
        tokens.append(.text(HTMLReferences.decode(text)))
        text.removeAll(keepingCapacity: true)
    }

    /// `count` bytes at the end stay: they may be the start of the closing tag.
    private mutating func flushRaw(_ element: RawElement, keeping count: Int = 0) {
        let kept = Array(text.suffix(count))
        text.removeLast(kept.count)
        if !text.isEmpty {
            tokens.append(element.holdsReferences ? .text(HTMLReferences.decode(text)) : .script(text))
        }
        text = kept
    }
}

extension UInt8 {
    var isLetter: Bool { (65...90).contains(self) || (97...122).contains(self) }
    var isSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
    var lowercased: UInt8 { (65...90).contains(self) ? self + 32 : self }
}
