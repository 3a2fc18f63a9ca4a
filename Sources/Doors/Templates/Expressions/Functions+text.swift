extension Functions {
    /// Texts as a whole.
    static let textFunctions: [Function] = [
        Function("to_lower", 1) { arguments, _ throws(ExpressionFault) in
            .text(lowercased(arguments[0].bytes))
        },
        Function("tolower", 1) { arguments, _ throws(ExpressionFault) in
            .text(lowercased(arguments[0].bytes))
        },
        Function("to_upper", 1) { arguments, _ throws(ExpressionFault) in
            Value(arguments[0].string.uppercased())
        },
        Function("toupper", 1) { arguments, _ throws(ExpressionFault) in
            Value(arguments[0].string.uppercased())
        },
        Function("to_string", 1) { arguments, _ throws(ExpressionFault) in
            .text(arguments[0].bytes)
        },
        Function("tostring", 1) { arguments, _ throws(ExpressionFault) in
            .text(arguments[0].bytes)
        },
        Function("len", 1) { arguments, _ throws(ExpressionFault) in
            Value(length(arguments[0]))
        },
        Function("to_title", 1) { arguments, _ throws(ExpressionFault) in
            Value(titled(arguments[0].string))
        },
        Function("reverse", 1) { arguments, _ throws(ExpressionFault) in
            Value(String(String.UnicodeScalarView(arguments[0].string.unicodeScalars.reversed())))
        },
        Function("repeat", 2) { arguments, _ throws(ExpressionFault) in
            .text(try repeated(arguments[0].bytes, arguments[1]))
        },
        Function("concat", 1...64) { arguments, _ throws(ExpressionFault) in
            .text(arguments.flatMap(\.bytes))
        },
        Function("replace", 3) { arguments, _ throws(ExpressionFault) in
            .text(try replaced(arguments[0].bytes, arguments[1].bytes, arguments[2].bytes))
        },
        Function("remove_bad_chars", 2) { arguments, _ throws(ExpressionFault) in
            .text(arguments[0].bytes.filter { !arguments[1].bytes.contains($0) })
        },
        Function("substr", 2...3) { arguments, _ throws(ExpressionFault) in
            .text(try part(of: arguments))
        },
        Function("padding", 4...5) { arguments, _ throws(ExpressionFault) in
            .text(try padded(arguments))
        },
    ]
}
