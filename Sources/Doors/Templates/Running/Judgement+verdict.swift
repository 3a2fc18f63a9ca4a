/// What a block's matchers and extractors say of one answer.
struct Judged: Sendable {
    var verdict: Verdict
    /// Whether what matched is content, not a status or an absence alone.
    var showsContent = false
    /// Whether only internal matchers matched: the flow may go on, and nothing is told.
    var isSilent = false
    /// Names of the matchers that matched.
    var matchers: [String] = []
    /// What is told.
    var extracted: [String] = []
    /// What later requests may use, by the extractor's name.
    var values: [String: Value] = [:]
}

extension Judgement {
    /// Characters of an extracted value that are told.
    private static let longestTold = 200
    private static let mostTold = 20

    /// Extractors come first: matchers may speak of what they took, and later requests of it whether one matches or not.
    func judged(_ answer: Bindings, isWhole: Bool) -> Judged {
        var data = answer
        var result = Judged(verdict: .no)
        var told: [String] = []
        for extractor in extractors {
            let values = extractor.values(in: data)
            guard let first = values.first else { continue }
            if let name = extractor.name {
                result.values[name] = .text(first)
                data[name] = .text(first)
            }
            if matchers.isEmpty { result.verdict = .yes }
            if !extractor.isInternal {
                told += values.map { String(String(decoding: $0, as: UTF8.self).prefix(Self.longestTold)) }
            }
        }
        if matchers.isEmpty {
            result.isSilent = told.isEmpty
            result.showsContent = !told.isEmpty
        } else {
            judge(data, isWhole: isWhole, into: &result)
        }
        if result.verdict == .yes { result.extracted = Array(told.prefix(Self.mostTold)) }
        return result
    }

    private func judge(_ data: Bindings, isWhole: Bool, into result: inout Judged) {
        let verdicts = matchers.map { $0.verdict(on: data, isWhole: isWhole) }
        let matched = zip(matchers, verdicts).filter { $0.1 == .yes }.map(\.0)
        result.verdict = .joined(verdicts, all: needsAll)
        result.matchers = matched.compactMap(\.name)
        result.showsContent = matched.contains(where: \.looksForContent)
        result.isSilent = !matched.isEmpty && matched.allSatisfy(\.isInternal)
    }
}
