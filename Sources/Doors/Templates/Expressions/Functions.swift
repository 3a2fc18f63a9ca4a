/// The functions of expressions: those of github.com/projectdiscovery/dsl that work on what they are given.
///
/// Those that contact others, wait, or make attacks and credentials are left out: a template that calls one is refused.
package enum Functions {
    /// One function: its name, how many arguments it takes, and what it does.
    struct Function: Sendable {
        typealias Body = @Sendable ([Value], Surroundings) throws(ExpressionFault) -> Value
        let name: String
        let arity: ClosedRange<Int>
        let body: Body

        init(_ name: String, _ arity: ClosedRange<Int>, _ body: @escaping Body) {
            self.name = name
            self.arity = arity
            self.body = body
        }

        init(_ name: String, _ arity: Int, _ body: @escaping Body) { self.init(name, arity...arity, body) }
    }

    private static let table: [String: Function] = {
        let all =
            textFunctions + affixFunctions + listFunctions + searchFunctions + codingFunctions + hashFunctions
            + numberFunctions + chanceFunctions
        return Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }()

    /// Every function that can be called, by name.
    package static var names: Set<String> { Set(table.keys) }

    /// Functions of nuclei that are never called here, each with what it would do.
    package static let forbidden: [String: String] = [
        "wait_for": "waits", "resolve": "asks name servers", "jarm": "contacts the server",
        "public_ip": "contacts others",
        "print_debug": "prints", "generate_java_gadget": "makes an attack", "generate_dotnet_gadget": "makes an attack",
        "generate_jwt": "makes a credential", "llm_prompt": "contacts others", "aes_gcm": "makes a secret",
        "interactsh_url": "calls out of band", "getNetworkPort": "contacts others",
    ]

    /// Calls a function by name.
    static func call(
        _ name: String,
        _ arguments: [Value],
        in surroundings: Surroundings
    ) throws(ExpressionFault) -> Value {
        guard let function = table[name] else { throw .unknownFunction(name) }
        guard function.arity.contains(arguments.count) else {
            throw .type("\(name) with \(arguments.count) arguments")
        }
        let value = try function.body(arguments, surroundings)
        if case .text(let bytes) = value, bytes.count > Bindings.longestText {
            throw .tooLarge("a text of over \(Bindings.longestText) bytes")
        }
        return value
    }

    /// Why a function cannot be called with so many arguments; nil when it can.
    package static func fault(of name: String, arguments: Int) -> String? {
        guard let function = table[name] else { return "the function \(name)" }
        return function.arity.contains(arguments) ? nil : "\(name) with \(arguments) arguments"
    }

    static func matches(
        _ pattern: String,
        _ text: [UInt8],
        in surroundings: Surroundings
    ) throws(ExpressionFault) -> Bool {
        let compiled: Pattern
        do throws(Pattern.Fault) { compiled = try surroundings.pattern(pattern) } catch {
            throw .type("the pattern \(pattern.prefix(80)): \(error.what)")
        }
        do throws(Pattern.Exhausted) { return try compiled.matches(text) } catch {
            throw .tooLarge("a pattern took too many steps")
        }
    }

    /// The arguments of a call that are patterns, where they are constants.
    static func patternArguments(_ name: String, _ arguments: [Expression]) -> [String] {
        let wanted: [Expression]
        switch name {
        case "regex": wanted = Array(arguments.prefix(1))
        case "regex_all", "regex_any": wanted = Array(arguments.dropFirst())
        case "replace_regex": wanted = Array(arguments.dropFirst().prefix(1))
        default: wanted = []
        }
        return wanted.compactMap { if case .constant(let value) = $0 { value.string } else { nil } }
    }
}
