/// Reads the paths that ``XPath`` follows; anything else of XPath is refused.
struct XPathParser {
    private let text: [Unicode.Scalar]
    private var place = 0

    private init(_ source: String) { text = Array(source.unicodeScalars) }

    private static let deepest = 32

    static func parse(_ source: String) throws(ExpressionFault) -> [XPath.Step] {
        guard source.utf8.count <= 8_192 else { throw .tooLarge("a path of over 8 KiB") }
        var parser = XPathParser(source)
        let steps = try parser.steps(0)
        guard parser.peek() == nil else { throw .syntax("a path that is not understood") }
        return steps
    }

    private mutating func peek() -> Unicode.Scalar? {
        while place < text.count, text[place].properties.isWhitespace { place += 1 }
        return place < text.count ? text[place] : nil
    }

    private mutating func take(_ word: String) -> Bool {
        _ = peek()
        guard text[place...].starts(with: word.unicodeScalars) else { return false }
        place += word.unicodeScalars.count
        return true
    }

    private mutating func need(_ word: String) throws(ExpressionFault) {
        guard take(word) else { throw .syntax("'\(word)' is missing in a path") }
    }

    private mutating func name() -> String {
        _ = peek()
        let start = place
        while place < text.count,
            "-_:.".unicodeScalars.contains(text[place]) || text[place].properties.isAlphabetic
                || text[place].properties.numericType != nil
        { place += 1 }
        return String(String.UnicodeScalarView(text[start..<place])).lowercased()
    }

    private mutating func steps(_ depth: Int) throws(ExpressionFault) -> [XPath.Step] {
        guard depth < Self.deepest else { throw .tooLarge("a path of over \(Self.deepest) levels") }
        var steps: [XPath.Step] = []
        var axis = XPath.Step.Axis.child
        if take("//") { axis = .descendant } else { _ = take("/") }
        while true {
            steps.append(contentsOf: try step(axis, depth))
            guard steps.count <= 64 else { throw .tooLarge("a path of over 64 steps") }
            if take("//") { axis = .descendant } else if take("/") { axis = .child } else { return steps }
        }
    }

    private mutating func step(_ axis: XPath.Step.Axis, _ depth: Int) throws(ExpressionFault) -> [XPath.Step] {
        var axis = axis
        let test: XPath.Step.Test
        if take("..") {
            (axis, test) = (.parent, .node)
        } else if take(".") {
            if axis == .child { axis = .own }
            test = .node
        } else if take("@") {
            test = .attribute(take("*") ? "*" : try named())
        } else if take("*") {
            test = .any
        } else if take("text()") {
            test = .text
        } else if take("node()") {
            test = .node
        } else {
            if take("child::") { axis = .child } else if take("descendant::") { axis = .descendant }
            test = .name(try named())
            if peek() == "(" { throw .syntax("a function or axis that is not known in a path") }
        }
        var conditions: [XPath.Condition] = []
        while take("[") {
            conditions.append(try either(depth + 1))
            try need("]")
        }
        // `//a[1]` counts among the children of each element, not among all that are found.
        if axis == .descendant, conditions.contains(where: \.counts) {
            return [
                XPath.Step(axis: .descendant, test: .node, conditions: []),
                XPath.Step(axis: .child, test: test, conditions: conditions),
            ]
        }
        return [XPath.Step(axis: axis, test: test, conditions: conditions)]
    }

    private mutating func named() throws(ExpressionFault) -> String {
        let name = name()
        guard !name.isEmpty else { throw .syntax("a name is missing in a path") }
        guard !name.contains("::") else { throw .syntax("the axis of \(name)") }
        return name
    }

    private mutating func either(_ depth: Int) throws(ExpressionFault) -> XPath.Condition {
        guard depth < Self.deepest else { throw .tooLarge("a path of over \(Self.deepest) levels") }
        var condition = try both(depth)
        while take("or ") { condition = .or(condition, try both(depth)) }
        return condition
    }

    private mutating func both(_ depth: Int) throws(ExpressionFault) -> XPath.Condition {
        var condition = try single(depth)
        while take("and ") { condition = .and(condition, try single(depth)) }
        return condition
    }

    private mutating func single(_ depth: Int) throws(ExpressionFault) -> XPath.Condition {
        if take("(") {
            let inner = try either(depth + 1)
            try need(")")
            return inner
        }
        if take("not(") {
            let inner = try either(depth + 1)
            try need(")")
            return .not(inner)
        }
        if take("last()") { return .last }
        if let next = peek(), next.properties.numericType != nil {
            guard let number = Int(name()) else { throw .syntax("a position in a path") }
            return .position(number)
        }
        if take("position()") {
            try need("=")
            guard let number = Int(name()) else { throw .syntax("a position in a path") }
            return .position(number)
        }
        for (word, make) in Self.tests where take(word) {
            let left = try term(depth + 1)
            try need(",")
            let right = try term(depth + 1)
            try need(")")
            return try make(left, right)
        }
        let left = try term(depth + 1)
        if take("!=") { return .equal(left, try term(depth + 1), isNot: true) }
        if take("=") { return .equal(left, try term(depth + 1), isNot: false) }
        return .exists(left)
    }

    private typealias Make = (XPath.Term, XPath.Term) throws(ExpressionFault) -> XPath.Condition
    private static var tests: [(String, Make)] {
        [
            ("contains(", { left, right throws(ExpressionFault) in .contains(left, right) }),
            ("starts-with(", { left, right throws(ExpressionFault) in .startsWith(left, right) }),
            (
                "matches(",
                { left, right throws(ExpressionFault) in
                    guard case .text(let pattern) = right else { throw .syntax("a pattern that is computed") }
                    do { _ = try Pattern(pattern) } catch { throw .syntax("the pattern \(pattern)") }
                    return .matches(left, pattern)
                }
            ),
        ]
    }

    private mutating func term(_ depth: Int) throws(ExpressionFault) -> XPath.Term {
        guard depth < Self.deepest else { throw .tooLarge("a path of over \(Self.deepest) levels") }
        if let next = peek(), next == "'" || next == "\"" { return .text(try quoted()) }
        if take("translate(") {
            let inner = try term(depth + 1)
            try need(",")
            let from = try quoted()
            try need(",")
            let to = try quoted()
            try need(")")
            return .translate(inner, from, to)
        }
        for (word, make) in [("lower-case(", XPath.Term.lowercase), ("normalize-space(", XPath.Term.normalized)]
        where take(word) {
            let inner = peek() == ")" ? XPath.Term.path([]) : try term(depth + 1)
            try need(")")
            return make(inner)
        }
        return .path(try steps(depth + 1))
    }

    private mutating func quoted() throws(ExpressionFault) -> String {
        guard let quote = peek(), quote == "'" || quote == "\"" else { throw .syntax("a text is due in a path") }
        guard let end = text[(place + 1)...].firstIndex(of: quote) else {
            throw .syntax("a text without its closing quote")
        }
        defer { place = end + 1 }
        return String(String.UnicodeScalarView(text[(place + 1)..<end]))
    }
}

extension XPath.Condition {
    /// Whether it asks for a place among others.
    fileprivate var counts: Bool {
        switch self {
        case .position, .last: true
        case .or(let left, let right), .and(let left, let right): left.counts || right.counts
        case .not(let inner): inner.counts
        case .equal, .contains, .startsWith, .matches, .exists: false
        }
    }
}
