import Wire

/// A path into a page or an XML document, in the part of XPath 1.0 that templates use: steps down and up, attributes,
/// `text()`, positions, conditions, and a few functions. Names are compared in lower case.
package struct XPath: Hashable, Sendable {
    struct Step: Hashable, Sendable {
        enum Axis: Hashable, Sendable { case child, descendant, parent, own }
        /// What is taken: elements of a name, any element, text, or an attribute, which ends the path.
        enum Test: Hashable, Sendable {
            case name(String)
            case any, text, node
            case attribute(String)
        }

        var axis: Axis
        var test: Test
        var conditions: [Condition]
    }

    indirect enum Condition: Hashable, Sendable {
        case position(Int)
        case last
        case or(Condition, Condition)
        case and(Condition, Condition)
        case not(Condition)
        case equal(Term, Term, isNot: Bool)
        case contains(Term, Term)
        case startsWith(Term, Term)
        case matches(Term, String)
        /// Whether the term gives anything.
        case exists(Term)
    }

    indirect enum Term: Hashable, Sendable {
        case text(String)
        case path([Step])
        case translate(Term, String, String)
        case lowercase(Term)
        case normalized(Term)
    }

    /// Nodes that are looked at for one path.
    private static let mostVisits = 5_000_000

    /// The path as it is written.
    package let source: String
    let steps: [Step]

    package init(_ source: String) throws(ExpressionFault) {
        self.source = source
        steps = try XPathParser.parse(source)
    }

    /// What the path leads to: the text of each element, or the attribute that is named. Throws where it is too much work.
    package func values(in document: [UInt8], attribute: String? = nil) throws(ExpressionFault) -> [[UInt8]] {
        let markup = Markup(document)
        var walk = Walk(markup: markup)
        let places = try walk.follow(steps, from: [.element(0)])
        return places.compactMap { place in
            guard let attribute, case .element(let node) = place else { return markup.value(of: place) }
            return markup.nodes[node].attributes.first { $0.name == attribute.lowercased() }?.value
        }
    }

    enum Place: Hashable {
        case element(Int)
        case attribute([UInt8])
    }

    /// One evaluation, and the bound on it.
    struct Walk {
        let markup: Markup
        var visits = 0

        mutating func follow(_ steps: [Step], from start: [Place]) throws(ExpressionFault) -> [Place] {
            var places = start
            for step in steps {
                var next: [Place] = []
                var seen: Set<Place> = []
                for case .element(let node) in places {
                    let found = try candidates(step, node)
                    for (number, place) in found.enumerated() {
                        var holds = true
                        for condition in step.conditions where holds {
                            holds = try self.holds(condition, place, number + 1, found.count)
                        }
                        if holds, seen.insert(place).inserted { next.append(place) }
                    }
                }
                places = next
            }
            return places
        }

        private mutating func candidates(_ step: Step, _ node: Int) throws(ExpressionFault) -> [Place] {
            let nodes: [Int]
            switch step.axis {
            case .child: nodes = markup.nodes[node].children
            case .descendant: nodes = (step.test.isAboutItself ? [node] : []) + markup.below(node)
            case .parent: nodes = markup.nodes[node].parent >= 0 ? [markup.nodes[node].parent] : []
            case .own: nodes = [node]
            }
            visits += nodes.count + 1
            guard visits <= XPath.mostVisits else { throw .tooLarge("a path that looks at too many nodes") }
            if case .attribute(let name) = step.test {
                let holders = step.axis == .child ? [node] : nodes
                return holders.flatMap { holder in
                    markup.nodes[holder].attributes.filter { name == "*" || $0.name == name }.map {
                        .attribute($0.value)
                    }
                }
            }
            return nodes.filter { markup.fits($0, step.test) }.map { .element($0) }
        }

        private mutating func holds(
            _ condition: Condition,
            _ place: Place,
            _ number: Int,
            _ count: Int
        ) throws(ExpressionFault) -> Bool {
            switch condition {
            case .position(let wanted): return number == wanted
            case .last: return number == count
            case .or(let left, let right):
                if try holds(left, place, number, count) { return true }
                return try holds(right, place, number, count)
            case .and(let left, let right):
                guard try holds(left, place, number, count) else { return false }
                return try holds(right, place, number, count)
            case .not(let inner): return try holds(inner, place, number, count) ? false : true
            case .exists(let term): return try !texts(term, place).isEmpty
            case .equal(let left, let right, let isNot):
                let (lefts, rights) = (try texts(left, place), try texts(right, place))
                return lefts.contains { left in rights.contains { ($0 == left) != isNot } }
            case .contains(let left, let right):
                return Functions.contains(try text(left, place), try text(right, place))
            case .startsWith(let left, let right): return try text(left, place).starts(with: try text(right, place))
            case .matches(let term, let pattern):
                return try Functions.matches(pattern, try text(term, place), in: Surroundings())
            }
        }

        /// The first text of a term, as XPath turns sets of nodes into texts.
        private mutating func text(_ term: Term, _ place: Place) throws(ExpressionFault) -> [UInt8] {
            try texts(term, place).first ?? []
        }

        private mutating func texts(_ term: Term, _ place: Place) throws(ExpressionFault) -> [[UInt8]] {
            switch term {
            case .text(let text): return [Array(text.utf8)]
            case .path(let steps): return try follow(steps, from: [place]).map(markup.value)
            case .lowercase(let inner): return [Functions.lowercased(try text(inner, place))]
            case .normalized(let inner):
                let words = try text(inner, place).split { Functions.blanks.contains($0) }
                return [Array(words.joined(separator: [0x20]))]
            case .translate(let inner, let from, let to):
                let (from, to) = (Array(from.utf8), Array(to.utf8))
                return [
                    try text(inner, place).compactMap { byte in
                        guard let index = from.firstIndex(of: byte) else { return byte }
                        return index < to.count ? to[index] : nil
                    }
                ]
            }
        }
    }
}

extension XPath.Step.Test {
    /// Whether a step into the depth begins with the node that it starts from.
    fileprivate var isAboutItself: Bool {
        switch self {
        case .node, .attribute: true
        case .name, .any, .text: false
        }
    }
}

extension Markup {
    fileprivate func fits(_ node: Int, _ test: XPath.Step.Test) -> Bool {
        let isText = nodes[node].name.isEmpty && node != 0
        return switch test {
        case .name(let name): nodes[node].name == name && node != 0
        case .any: !isText && node != 0
        case .text: isText
        case .node: true
        case .attribute: false
        }
    }

    fileprivate func value(of place: XPath.Place) -> [UInt8] {
        switch place {
        case .element(let node): text(of: node)
        case .attribute(let value): value
        }
    }
}
