/// What a page says of itself, read in one pass: its title, where it leads, and whether it asks for a password.
package struct HTMLPage: Hashable, Sendable {
    /// Links beyond this are counted in ``linksLeftOut``.
    package static let maximumLinks = 10_000
    /// Bytes of a title that are kept.
    package static let maximumTitleLength = 4 * 1024

    /// Without leading and trailing blanks, runs of blanks made one; nil where the page has none.
    package private(set) var title: [UInt8]?
    /// `href` of `a`, `area` and `link`, `src` of frames, scripts and pictures, `action` of forms; as written, in order.
    package private(set) var links: [[UInt8]] = []
    package private(set) var linksLeftOut = 0
    /// Of ``links`` those that a reader is offered: `href` of `a` and `area`.
    package private(set) var anchors: [[UInt8]] = []
    /// Whether the page holds an input field for a password.
    package private(set) var hasPasswordField = false
    /// Where `<meta http-equiv="refresh">` leads.
    package private(set) var refresh: [UInt8]?
    /// The `href` of `<base>`.
    package private(set) var base: [UInt8]?
    /// The contents of scripts within the page, at most 256 KiB.
    package private(set) var scripts: [UInt8] = []

    private static let maximumScriptLength = 256 * 1024

    /// Reads a whole page; any bytes are a page.
    package init(_ bytes: some Sequence<UInt8>) {
        var tokenizer = HTMLTokenizer()
        var isInTitle = false
        for token in tokenizer.feed(bytes) + tokenizer.finish() {
            switch token {
            case .start(let tag):
                isInTitle = tag.name == "title" && title == nil
                take(tag)
            case .end: isInTitle = false
            case .text(let text): if isInTitle { title = Self.trimmed((title ?? []) + text) }
            case .script(let text): scripts += text.prefix(Self.maximumScriptLength - scripts.count)
            }
        }
    }

    private mutating func take(_ tag: HTMLTag) {
        switch tag.name {
        case "a", "area":
            link(tag["href"])
            if let reference = tag["href"], !reference.isEmpty, anchors.count < Self.maximumLinks {
                anchors.append(reference)
            }
        case "link": link(tag["href"])
        case "frame", "iframe", "script", "img", "embed": link(tag["src"])
        case "form": link(tag["action"])
        case "base": base = base ?? tag["href"]
        case "input": if tag.keyword("type") == "password" { hasPasswordField = true }
        case "meta": if tag.keyword("http-equiv") == "refresh" { refresh = refresh ?? Self.destination(tag["content"]) }
        default: break
        }
    }

    private mutating func link(_ reference: [UInt8]?) {
        guard let reference, !reference.isEmpty else { return }
        if links.count < Self.maximumLinks { links.append(reference) } else { linksLeftOut += 1 }
    }

    /// The address in `5; url='/login'`.
    private static func destination(_ content: [UInt8]?) -> [UInt8]? {
        guard let content, let equals = content.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        let unwanted: (UInt8) -> Bool = { $0.isSpace || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
        let rest = content[(equals + 1)...].drop(while: unwanted)
        return Array(rest.reversed().drop(while: unwanted).reversed())
    }

    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        Array(text.split(whereSeparator: \.isSpace).joined(separator: [UInt8(ascii: " ")]).prefix(maximumTitleLength))
    }
}
