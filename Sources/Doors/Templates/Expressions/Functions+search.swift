extension Functions {
    /// What a text begins and ends with.
    static let affixFunctions: [Function] = [
        Function("trim_space", 1) { arguments, _ throws(ExpressionFault) in
            .text(trimmed(arguments[0].bytes, of: blanks))
        },
        Function("trim", 2) { arguments, _ throws(ExpressionFault) in
            .text(trimmed(arguments[0].bytes, of: arguments[1].bytes))
        },
        Function("trim_left", 2) { arguments, _ throws(ExpressionFault) in
            .text(trimmed(arguments[0].bytes, of: arguments[1].bytes, right: false))
        },
        Function("trim_right", 2) { arguments, _ throws(ExpressionFault) in
            .text(trimmed(arguments[0].bytes, of: arguments[1].bytes, left: false))
        },
        Function("trim_prefix", 2) { arguments, _ throws(ExpressionFault) in
            .text(without(prefix: arguments[1].bytes, arguments[0].bytes))
        },
        Function("trim_suffix", 2) { arguments, _ throws(ExpressionFault) in
            .text(without(suffix: arguments[1].bytes, arguments[0].bytes))
        },
        Function("starts_with", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { arguments[0].bytes.starts(with: $0.bytes) })
        },
        Function("startswith", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { arguments[0].bytes.starts(with: $0.bytes) })
        },
        Function("ends_with", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { ends(arguments[0].bytes, with: $0.bytes) })
        },
        Function("endswith", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { ends(arguments[0].bytes, with: $0.bytes) })
        },
        Function("line_starts_with", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(
                lines(arguments[0]).contains { line in arguments.dropFirst().contains { line.starts(with: $0.bytes) } }
            )
        },
        Function("line_ends_with", 2...64) { arguments, _ throws(ExpressionFault) in
            .truth(
                lines(arguments[0]).contains { line in arguments.dropFirst().contains { ends(line, with: $0.bytes) } }
            )
        },
    ]

    /// What a text holds.
    static let searchFunctions: [Function] = [
        Function("contains", 2) { arguments, _ throws(ExpressionFault) in
            .truth(contains(arguments[0].bytes, arguments[1].bytes))
        },
        Function("contains_all", 2...256) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().allSatisfy { contains(arguments[0].bytes, $0.bytes) })
        },
        Function("contains_any", 2...256) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { contains(arguments[0].bytes, $0.bytes) })
        },
        Function("equals_any", 2...256) { arguments, _ throws(ExpressionFault) in
            .truth(arguments.dropFirst().contains { arguments[0].bytes == $0.bytes })
        },
        Function("count", 2) { arguments, _ throws(ExpressionFault) in
            Value(try count(of: arguments[1].bytes, in: arguments[0].bytes))
        },
        Function("regex", 2) { arguments, surroundings throws(ExpressionFault) in
            .truth(try matches(arguments[0].string, arguments[1].bytes, in: surroundings))
        },
        Function("regex_all", 2...64) { arguments, surroundings throws(ExpressionFault) in
            for pattern in arguments.dropFirst() {
                guard try matches(pattern.string, arguments[0].bytes, in: surroundings) else { return .truth(false) }
            }
            return .truth(true)
        },
        Function("regex_any", 2...64) { arguments, surroundings throws(ExpressionFault) in
            for pattern in arguments.dropFirst() {
                if try matches(pattern.string, arguments[0].bytes, in: surroundings) { return .truth(true) }
            }
            return .truth(false)
        },
        Function("replace_regex", 3) { arguments, surroundings throws(ExpressionFault) in
            .text(try replaced(arguments, in: surroundings))
        },
        Function("compare_versions", 2...16) { arguments, _ throws(ExpressionFault) in
            .truth(try compared(arguments))
        },
    ]

    /// Lists of texts.
    static let listFunctions: [Function] = [
        Function("split", 2...3) { arguments, _ throws(ExpressionFault) in
            .list(try split(arguments))
        },
        Function("join", 2...256) { arguments, _ throws(ExpressionFault) in
            .text(Array(arguments.dropFirst().flatMap(\.parts).map(\.bytes).joined(separator: arguments[0].bytes)))
        },
        Function("index", 2) { arguments, _ throws(ExpressionFault) in
            try element(arguments[0], arguments[1])
        },
        Function("sort", 1...256) { arguments, _ throws(ExpressionFault) in
            sorted(arguments)
        },
        Function("uniq", 1...256) { arguments, _ throws(ExpressionFault) in
            unique(arguments)
        },
    ]
}
