import Domain

extension Functions {
    /// Numbers and times.
    static let numberFunctions: [Function] = [
        Function("to_number", 1) { arguments, _ throws(ExpressionFault) in
            .number(try number(arguments[0]))
        },
        Function("dec_to_hex", 1) { arguments, _ throws(ExpressionFault) in
            Value(String(try whole(arguments[0]), radix: 16))
        },
        Function("hex_to_dec", 1) { arguments, _ throws(ExpressionFault) in
            .number(try whole(arguments[0], base: 16))
        },
        Function("oct_to_dec", 1) { arguments, _ throws(ExpressionFault) in
            .number(try whole(arguments[0], base: 8))
        },
        Function("bin_to_dec", 1) { arguments, _ throws(ExpressionFault) in
            .number(try whole(arguments[0], base: 2))
        },
        Function("unix_time", 0...1) { arguments, surroundings throws(ExpressionFault) in
            .number(unixTime(surroundings) + (try arguments.isEmpty ? 0 : number(arguments[0])))
        },
        Function("date_time", 1...2) { arguments, surroundings throws(ExpressionFault) in
            Value(try dateTime(arguments, surroundings))
        },
    ]

    /// Random texts and numbers.
    static let chanceFunctions: [Function] = [
        Function("rand_base", 1...2) { arguments, surroundings throws(ExpressionFault) in
            .text(try chance(arguments, of: alphabet + digits, surroundings))
        },
        Function("rand_text_alphanumeric", 1...2) { arguments, surroundings throws(ExpressionFault) in
            .text(try chance(arguments, of: alphabet + digits, surroundings, without: true))
        },
        Function("rand_text_alpha", 1...2) { arguments, surroundings throws(ExpressionFault) in
            .text(try chance(arguments, of: alphabet, surroundings, without: true))
        },
        Function("rand_text_numeric", 1...2) { arguments, surroundings throws(ExpressionFault) in
            .text(try chance(arguments, of: digits, surroundings, without: true))
        },
        Function("rand_char", 0...1) { arguments, surroundings throws(ExpressionFault) in
            .text(surroundings.text(1, of: arguments.first?.string ?? alphabet + digits))
        },
        Function("rand_int", 0...2) { arguments, surroundings throws(ExpressionFault) in
            .number(try randomNumber(arguments, surroundings))
        },
    ]

    private static let alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let digits = "0123456789"
    private static let longestChance = 4_096

    /// So many characters of an alphabet, which the second argument replaces, or takes from where `without` is set.
    private static func chance(
        _ arguments: [Value],
        of alphabet: String,
        _ surroundings: Surroundings,
        without: Bool = false
    ) throws(ExpressionFault) -> [UInt8] {
        let count = try number(arguments[0])
        guard (0...Double(longestChance)).contains(count) else { throw .tooLarge("a random text of \(count) bytes") }
        var letters = alphabet
        if arguments.count > 1 {
            let given = arguments[1].string
            letters = without ? alphabet.filter { !given.contains($0) } : given
        }
        guard !letters.isEmpty else { throw .type("a random text of no characters") }
        return surroundings.text(Int(count), of: letters)
    }

    private static func randomNumber(
        _ arguments: [Value],
        _ surroundings: Surroundings
    ) throws(ExpressionFault) -> Double {
        let low = arguments.isEmpty ? 0 : try number(arguments[0])
        let high = arguments.count < 2 ? 2_147_483_647 : try number(arguments[1])
        guard low <= high, abs(low) <= 1e9 * 3, abs(high) <= 1e9 * 3 else { throw .type("a random number of no range") }
        return low + Double(surroundings.random(below: Int(high - low) + 1))
    }

    static func number(_ value: Value) throws(ExpressionFault) -> Double {
        guard let number = value.number else { throw .type("\(value.string.prefix(40)) is no number") }
        return number
    }

    private static func whole(_ value: Value) throws(ExpressionFault) -> Int64 {
        guard let whole = Int64(exactly: try number(value)) else {
            throw .type("\(value.string.prefix(40)) is no whole number")
        }
        return whole
    }

    private static func whole(_ value: Value, base: Int) throws(ExpressionFault) -> Double {
        let text = value.string
        let prefixes = [16: "0x", 8: "0o", 2: "0b"]
        let digits = prefixes[base].map { text.hasPrefix($0) ? String(text.dropFirst(2)) : text } ?? text
        guard let whole = Int64(digits, radix: base) else {
            throw .type("\(text.prefix(40)) is no number to the base \(base)")
        }
        return Double(whole)
    }

    private static func unixTime(_ surroundings: Surroundings) -> Double {
        Double(surroundings.now.microseconds / 1_000_000)
    }

    /// The fields of `date_time`: `%Y`, `%m`, `%d`, `%H`, `%M`, `%S`, in UTC.
    private static func dateTime(_ arguments: [Value], _ surroundings: Surroundings) throws(ExpressionFault) -> String {
        let seconds = arguments.count > 1 ? try number(arguments[1]) : unixTime(surroundings)
        guard abs(seconds) < 1e11 else { throw .type("a time too far away") }
        let text = "\(Timestamp(microseconds: Int64(seconds) * 1_000_000))"
        let fields = text.split { !$0.isNumber }.map(String.init)
        guard fields.count >= 6 else { throw .type("a time without its fields") }
        let letters: [(String, Int)] = [("%Y", 0), ("%m", 1), ("%d", 2), ("%H", 3), ("%M", 4), ("%S", 5)]
        let made = letters.reduce(arguments[0].string) { $0.replacing($1.0, with: fields[$1.1]) }
        guard !made.contains("%") else { throw .type("the date format \(arguments[0].string)") }
        return made
    }
}
