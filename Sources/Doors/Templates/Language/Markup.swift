import Wire

/// A page or XML document as a tree, for paths into it. Elements that are never closed hold what follows them, as the
/// bytes stand: no browser's repair is done.
struct Markup {
    struct Element {
        /// Lower-case; empty for text.
        var name: String
        var attributes: [HTMLAttribute]
        /// The text of a text node.
        var text: [UInt8]
        var parent: Int
        var children: [Int]
    }

    /// Elements and texts of one document; what comes after them is left out.
    static let mostNodes = 200_000
    /// Elements inside each other.
    static let deepest = 512

    /// The first is the document itself.
    private(set) var nodes = [Element(name: "", attributes: [], text: [], parent: -1, children: [])]

    private static let empty: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ]

    init(_ bytes: [UInt8]) {
        var tokenizer = HTMLTokenizer()
        var open = [0]
        for token in tokenizer.feed(bytes) + tokenizer.finish() {
            guard nodes.count < Self.mostNodes else { return }
            switch token {
            case .start(let tag):
                let node = add(
                    Element(
                        name: tag.name,
                        attributes: tag.attributes,
                        text: [],
                        parent: open[open.count - 1],
                        children: []
                    )
                )
                if !Self.empty.contains(tag.name), open.count < Self.deepest { open.append(node) }
            case .end(let name):
                if let place = open.lastIndex(where: { nodes[$0].name == name }), place > 0 {
                    open.removeSubrange(place...)
                }
            case .text(let text), .script(let text):
                _ = add(Element(name: "", attributes: [], text: text, parent: open[open.count - 1], children: []))
            }
        }
    }

    private mutating func add(_ element: Element) -> Int {
        nodes.append(element)
        nodes[element.parent].children.append(nodes.count - 1)
        return nodes.count - 1
    }

    /// All text below a node, in order.
    func text(of node: Int) -> [UInt8] {
        var (text, stack): ([UInt8], [Int]) = ([], [node])
        while let next = stack.popLast() {
            text += nodes[next].text
            stack += nodes[next].children.reversed()
        }
        return text
    }

    /// Nodes below a node, in order.
    func below(_ node: Int) -> [Int] {
        var (found, stack): ([Int], [Int]) = ([], Array(nodes[node].children.reversed()))
        while let next = stack.popLast() {
            found.append(next)
            stack += nodes[next].children.reversed()
        }
        return found
    }
}
