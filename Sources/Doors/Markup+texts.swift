extension Markup {
    /// The texts of all elements of a name, whatever prefix stands before it (`D:href`, `href`), in their order.
    func texts(of name: String, below node: Int = 0, atMost limit: Int = 10_000) -> [[UInt8]] {
        let suffix = ":" + name
        var found: [[UInt8]] = []
        for place in below(node) where nodes[place].name == name || nodes[place].name.hasSuffix(suffix) {
            guard found.count < limit else { break }
            let text = text(of: place)
            let rest = text.drop { $0 <= 0x20 }
            found.append(Array(rest.reversed().drop { $0 <= 0x20 }.reversed()))
        }
        return found
    }

    /// The name of the outermost element, without its prefix; lower case, and nil where there is none.
    var root: String? {
        nodes[0].children.lazy.map { nodes[$0].name }.first { !$0.isEmpty && !$0.hasPrefix("?") }
            .map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    }
}
