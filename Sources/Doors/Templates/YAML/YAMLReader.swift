import CYAML

/// Reads one YAML document with libyaml, within limits: a document is another's text, and aliases multiply.
package struct YAMLReader {
    /// Why a document is not read.
    package struct Fault: Error, Hashable, Sendable {
        package enum Code: Hashable, Sendable {
            case syntax
            /// Longer, deeper or with more values than the limits allow; aliases count as what they stand for.
            case tooLarge
            /// Something that is never needed here: a key that is no text, a tag, a merge, two documents.
            case unsupported
            case duplicateKey
        }

        package var code: Code
        package var what: String
        package var line: Int
    }

    /// Bytes of a document.
    package static let longest = 4 << 20
    /// Sequences and mappings inside each other.
    package static let deepest = 32
    /// Values, an alias counted as all that it stands for.
    package static let mostNodes = 100_000

    /// On the heap, because the parser keeps its own address.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
    private var nodes = 0

    private init(_ parser: UnsafeMutablePointer<yaml_parser_t>) {
        self.parser = parser
    }

    /// The document in `bytes`; an empty one is a null.
    package static func read(_ bytes: [UInt8]) throws(Fault) -> YAMLNode {
        guard bytes.count <= longest else {
            throw Fault(code: .tooLarge, what: "more than \(longest) bytes", line: 1)
        }
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            throw Fault(code: .tooLarge, what: "no memory for the parser", line: 1)
        }
        defer { yaml_parser_delete(parser) }
        var reader = YAMLReader(parser)
        let result: Result<YAMLNode, Fault> = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
            do throws(Fault) { return .success(try reader.document()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// What the parser said, in values of our own.
    private enum Event {
        case end
        case alias(String)
        case scalar(String, isPlain: Bool, anchor: String?)
        case sequence(anchor: String?)
        case mapping(anchor: String?)
        case close
        case other(yaml_event_type_t)
    }

    private mutating func next() throws(Fault) -> (event: Event, line: Int) {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "no YAML"
            throw Fault(code: .syntax, what: problem, line: Int(parser.pointee.problem_mark.line) + 1)
        }
        defer { yaml_event_delete(&event) }
        let line = Int(event.start_mark.line) + 1
        let read: Event
        switch event.type {
        case YAML_STREAM_END_EVENT: read = .end
        case YAML_ALIAS_EVENT: read = .alias(Self.text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let value = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            try refuse(tag: Self.text(scalar.tag), line)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            read = .scalar(value, isPlain: isPlain, anchor: Self.text(scalar.anchor))
        case YAML_SEQUENCE_START_EVENT:
            try refuse(tag: Self.text(event.data.sequence_start.tag), line)
            read = .sequence(anchor: Self.text(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT:
            try refuse(tag: Self.text(event.data.mapping_start.tag), line)
            read = .mapping(anchor: Self.text(event.data.mapping_start.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: read = .close
        default: read = .other(event.type)
        }
        return (read, line)
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func refuse(tag: String?, _ line: Int) throws(Fault) {
        guard let tag, tag != "!", !tag.hasPrefix("tag:yaml.org,2002:") else { return }
        throw Fault(code: .unsupported, what: "the tag \(tag)", line: line)
    }

    private mutating func document() throws(Fault) -> YAMLNode {
        var root: YAMLNode?
        while true {
            let (event, line) = try next()
            switch event {
            case .end: return root ?? YAMLNode(.scalar("", isPlain: true), line: 1)
            case .other: continue
            default:
                guard root == nil else { throw Fault(code: .unsupported, what: "a second document", line: line) }
                root = try node(event, line, depth: 0)
            }
        }
    }

    private mutating func node(_ event: Event, _ line: Int, depth: Int) throws(Fault) -> YAMLNode {
        guard depth <= Self.deepest else {
            throw Fault(code: .tooLarge, what: "more than \(Self.deepest) levels", line: line)
        }
        let before = nodes
        try count(1, line)
        switch event {
        case .scalar(let text, let isPlain, let anchor):
            return remember(YAMLNode(.scalar(text, isPlain: isPlain), line: line), anchor, before)
        case .sequence(let anchor):
            return remember(YAMLNode(.sequence(try elements(depth)), line: line), anchor, before)
        case .mapping(let anchor):
            return remember(YAMLNode(.mapping(try pairs(depth)), line: line), anchor, before)
        case .alias(let name):
            guard let known = anchors[name] else {
                throw Fault(code: .syntax, what: "an alias *\(name) to nothing", line: line)
            }
            try count(known.size, line)
            return known.node
        case .end, .close, .other: throw Fault(code: .syntax, what: "a value is missing", line: line)
        }
    }

    private mutating func count(_ more: Int, _ line: Int) throws(Fault) {
        nodes += more
        guard nodes <= Self.mostNodes else {
            throw Fault(code: .tooLarge, what: "more than \(Self.mostNodes) values", line: line)
        }
    }

    private mutating func remember(_ node: YAMLNode, _ anchor: String?, _ before: Int) -> YAMLNode {
        if let anchor { anchors[anchor] = (node, nodes - before) }
        return node
    }

    private mutating func elements(_ depth: Int) throws(Fault) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let (event, line) = try next()
            if case .close = event { return elements }
            elements.append(try node(event, line, depth: depth + 1))
        }
    }

    private mutating func pairs(_ depth: Int) throws(Fault) -> [YAMLNode.Pair] {
        var pairs: [YAMLNode.Pair] = []
        var seen: Set<String> = []
        while true {
            let (event, line) = try next()
            if case .close = event { return pairs }
            guard case .scalar(let key, let isPlain, _) = event else {
                throw Fault(code: .unsupported, what: "a key that is no text", line: line)
            }
            if isPlain, key == "<<" { throw Fault(code: .unsupported, what: "a merge key <<", line: line) }
            guard seen.insert(key).inserted else {
                throw Fault(code: .duplicateKey, what: "the key \(key) stands twice", line: line)
            }
            let (inner, innerLine) = try next()
            pairs.append(YAMLNode.Pair(key: key, value: try node(inner, innerLine, depth: depth + 1)))
        }
    }
}
