/// Pages whose script is told each entry by a call of its own: `_f('name',1234,'Jun-23-18','folder/name',1529747809);`.
///
/// An entry is a statement that calls the same short name again and again with a name and a link that ends in it.
package struct ScriptListing: ListingFormat {
    package let name = "script"
    package let isExhaustive = false

    package init() {}

    private static let maximumCalls = 100_000

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.saysListing, !page.script.isEmpty else { return nil }
        var document = ListedEntries(text: PackedText())
        for line in page.script.split(separator: UInt8(ascii: "\n")).prefix(Self.maximumCalls) {
            guard let item = Self.item(line.trimmed) else { continue }
            document.add(item)
        }
        return document.isEmpty ? nil : document
    }

    private static func item(_ line: ArraySlice<UInt8>) -> ListingDocument.Item? {
        let callee = line.prefix { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
        let rest = line.dropFirst(callee.count)
        guard (1...24).contains(callee.count), rest.first == UInt8(ascii: "("),
            let arguments = arguments(rest.dropFirst()),
            arguments.count >= 3, let name = arguments[0].text, !name.isEmpty
        else { return nil }
        let link = arguments.dropFirst().compactMap(\.text).first { link in
            link.count >= name.count && LinkNames(link[...]).all.contains(name)
        }
        guard let link else { return nil }
        let isSized = arguments.count > 1 && arguments[1].text == nil && arguments[1].bytes.allSatisfy(\.isDigit)
        let date = arguments.dropFirst().compactMap(\.text).first { ListedColumns($0).isDated }
        return .init(
            reference: link,
            isFolder: !isSized,
            size: isSized ? arguments[1].bytes[...] : nil,
            time: date,
            name: name
        )
    }

    private struct Argument {
        var bytes: [UInt8]
        var isText: Bool

        var text: [UInt8]? { isText ? bytes : nil }
    }

    /// The arguments up to the closing bracket: texts in quotes, and numbers; nil for anything else.
    private static func arguments(_ call: ArraySlice<UInt8>) -> [Argument]? {
        var arguments: [Argument] = []
        var rest = call
        while let first = rest.first, arguments.count < 16 {
            if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
                guard let (text, end) = quoted(rest.dropFirst(), by: first) else { return nil }
                arguments.append(Argument(bytes: text, isText: true))
                rest = rest[end...]
            } else {
                let number = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
                guard !number.isEmpty else { return nil }
                arguments.append(Argument(bytes: Array(number), isText: false))
                rest = rest.dropFirst(number.count)
            }
            let mark = rest.popFirst()
            if mark == UInt8(ascii: ")") { return arguments }
            guard mark == UInt8(ascii: ",") else { return nil }
            rest = rest.drop(while: \.isSpace)
        }
        return nil
    }

    private static func quoted(_ text: ArraySlice<UInt8>, by quote: UInt8) -> (text: [UInt8], end: Int)? {
        var found: [UInt8] = []
        var isEscaped = false
        for index in text.indices {
            let byte = text[index]
            if isEscaped {
                found.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == quote {
                return (found, index + 1)
            } else {
                found.append(byte)
            }
        }
        return nil
    }
}
