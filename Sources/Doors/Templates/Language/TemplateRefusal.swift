/// Why a template does not run: a rule of Ajar forbids what it does, or a part is missing here, or it is no template.
package struct TemplateRefusal: Error, Hashable, Codable, Sendable {
    /// The rules, missing parts and faults, by the names that `ajar templates check` prints.
    package enum Rule: String, Codable, CaseIterable, Sendable {
        /// Another method than GET, HEAD, OPTIONS and PROPFIND.
        case method
        /// A request with a body.
        case body
        /// A credential is sent, or a log-in is tried.
        case login = "log-in"
        /// Many guesses.
        case bruteForce = "brute force"
        /// The server is made to contact someone else.
        case outOfBand = "out of band"
        /// Code runs here: scripts, a browser, programs.
        case code
        /// The request holds what attacks are made of: a way out of the folder, script, SQL, shell.
        case attack
        /// The request asks the server to change something.
        case change
        /// The request says that it comes from, or goes to, where it does not.
        case disguise
        /// Another host than the website is contacted.
        case otherHost = "other host"
        /// Bytes are sent that are no request for reading.
        case sends
        /// Its author marks it as harmful or as guessing.
        case intrusive

        /// A key that the language has not, or that is not known here.
        case unknownKey = "unknown key"
        /// A part of the language that is not built.
        case unsupported
        /// An expression that cannot be read, or calls what is not there.
        case expression
        /// A pattern that is not RE2's, or that cannot be read.
        case pattern
        /// A request with a variable that nothing sets.
        case variable
        /// A file with words that the template names and the folder has not.
        case payloadFile = "payload file"

        /// No YAML, or YAML beyond the limits.
        case yaml
        /// A needed key is missing.
        case missingKey = "missing key"
        /// A value that the language does not allow.
        case value
        /// Another template of the folder has the same id.
        case duplicate

        /// What kind of refusal it is.
        package enum Kind: String, Codable, CaseIterable, Sendable {
            case safety
            case missing
            case malformed
        }

        package var kind: Kind {
            switch self {
            case .method, .body, .login, .bruteForce, .outOfBand, .code, .attack, .change, .disguise, .otherHost,
                .sends,
                .intrusive:
                .safety
            case .unknownKey, .unsupported, .expression, .pattern, .variable, .payloadFile: .missing
            case .yaml, .missingKey, .value, .duplicate: .malformed
            }
        }
    }

    package var rule: Rule
    /// What in the template meets the rule, in a few words.
    package var what: String
    /// The line of the file, from 1.
    package var line: Int

    package init(_ rule: Rule, _ what: String, line: Int) {
        self.rule = rule
        self.what = String(what.prefix(Self.longest))
        self.line = line
    }

    private static let longest = 300
}
