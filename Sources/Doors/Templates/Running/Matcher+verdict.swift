extension Matcher {
    /// Judges what `data` holds. A part that did not come at all matches nothing, not even by negation.
    func verdict(on data: Bindings, isWhole: Bool) -> Verdict {
        let verdict: Verdict
        if case .expressions(let expressions) = test {
            verdict = .joined(expressions.map { Self.verdict($0, data) }, all: needsAll)
        } else if case .status(let codes) = test {
            guard let code = data["status_code"]?.number else { return .no }
            verdict = Verdict(codes.contains(Int(code)))
        } else {
            guard let part = data[part]?.bytes else { return .no }
            verdict = self.verdict(on: part, data, isWhole: isWhole)
        }
        guard isNegative else { return verdict }
        if !isWhole, readsBody, verdict == .no { return .unknown("the answer was cut short") }
        return verdict.inverted
    }

    private var readsBody: Bool {
        switch test {
        case .status: false
        case .expressions: true
        default: !part.hasPrefix("header") && !part.hasPrefix("all_headers")
        }
    }

    private static func verdict(_ expression: Expression, _ data: Bindings) -> Verdict {
        do { return Verdict(try data.truth(of: expression)) } catch { return .unknown("\(error)") }
    }

    private func verdict(on part: [UInt8], _ data: Bindings, isWhole: Bool) -> Verdict {
        switch test {
        case .status, .expressions: return .no
        case .size(let sizes):
            return isWhole ? Verdict(sizes.contains(part.count)) : .unknown("the answer was cut short")
        case .words(let words, let ignoresCase):
            let text = ignoresCase ? Functions.lowercased(part) : part
            let found = words.map { word -> Verdict in
                let wanted = data.textAsFarAsKnown(of: word)
                return Verdict(Functions.contains(text, ignoresCase ? Functions.lowercased(wanted) : wanted))
            }
            return .joined(found, all: needsAll)
        case .binary(let strings): return .joined(strings.map { Verdict(Functions.contains(part, $0)) }, all: needsAll)
        case .patterns(let patterns):
            let found = patterns.map { pattern -> Verdict in
                do { return Verdict(try Functions.matches(pattern, part, in: data.surroundings)) } catch {
                    return .unknown("\(error)")
                }
            }
            return .joined(found, all: needsAll)
        case .paths(let paths):
            let found = paths.map { path -> Verdict in
                do { return Verdict(try !path.values(in: part).isEmpty) } catch { return .unknown("\(error)") }
            }
            return .joined(found, all: needsAll)
        }
    }

    /// Whether it looks for content, so that a match shows what stands there.
    var looksForContent: Bool {
        guard !isNegative else { return false }
        switch test {
        case .status, .size: return false
        case .words, .patterns, .binary, .paths: return true
        case .expressions(let expressions):
            return expressions.contains { expression in
                let names = expression.mentions
                return !names.functions.isDisjoint(with: Functions.searching)
            }
        }
    }
}

extension Functions {
    /// Functions that look for something in a text, or know it by its sum.
    static let searching: Set<String> = [
        "contains", "contains_all", "contains_any", "regex", "regex_all", "regex_any", "starts_with", "startswith",
        "ends_with", "endswith", "line_starts_with", "line_ends_with", "equals_any", "mmh3", "md5", "sha1", "sha256",
    ]
}
