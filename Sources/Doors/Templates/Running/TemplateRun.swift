import Domain
import Scope

/// One template on one website or service: asks what it asks, in its order, and judges what comes.
struct TemplateRun {
    /// What a run of a template gave.
    struct Result: Sendable {
        var matches: [Match] = []
        /// Whether an answer that was asked for did not come: then not matching means nothing.
        var isPartial = false
        /// Questions that were not asked, because something in them was not known.
        var unasked = 0
        /// Whether an answer that did not match was cut short, or said that the server is too busy.
        var isUnclear = false
        /// Whether a matcher could not tell.
        var isUntold = false

        /// Whether everything was asked and answered, and nothing matched.
        var isAbsent: Bool { matches.isEmpty && !isPartial && unasked == 0 && !isUnclear && !isUntold }
    }

    /// One answer that matched.
    struct Match: Sendable {
        var judged: Judged
        var answer: Answer
        /// Answers before it in the same block.
        var earlier: [Answer]
    }

    let template: Template
    let visit: TemplateVisit
    let surroundings: Surroundings
    let shape: AddressShape
    private var data: Bindings
    private var result = Result()

    /// `random` gives the values of `{{randstr}}`, the same in each shape.
    init(
        _ template: Template,
        on visit: TemplateVisit,
        in surroundings: Surroundings,
        shape: AddressShape = .asWritten,
        random: String
    ) {
        self.template = template
        self.visit = visit
        self.surroundings = surroundings
        self.shape = shape
        data = Bindings(visit.target.variables, in: surroundings)
        data["randstr"] = Value(random)
        for number in 0...9 { data["randstr_\(number)"] = Value("\(random)\(number)") }
    }

    /// Runs the whole template.
    mutating func perform() async throws(DoorsError) -> Result {
        for variable in template.variables {
            do { data[variable.name] = .text(try data.text(of: variable.value)) } catch {
                return Result(isPartial: true)
            }
        }
        guard let flow = template.flow else {
            for number in template.blocks.indices { _ = try await block(number) }
            return result
        }
        // What a flow ends by refusing is not told, whatever its parts saw.
        if try await !value(of: flow) { result.matches = [] }
        return result
    }

    private mutating func value(of flow: Flow) async throws(DoorsError) -> Bool {
        switch flow {
        case .block(let number): return try await block(number)
        case .all(let numbers):
            var matched = true
            for number in numbers where try await !block(number) { matched = false }
            return matched
        case .and(let left, let right):
            guard try await value(of: left) else { return false }
            return try await value(of: right)
        case .or(let left, let right):
            if try await value(of: left) { return true }
            return try await value(of: right)
        case .not(let inner):
            let (isPartial, unasked, isUnclear) = (result.isPartial, result.unasked, result.isUnclear)
            let matched = try await value(of: inner)
            // That nothing was asked, or came, or could be told of it, is no reason to say that it is not so.
            return !matched && result.isPartial == isPartial && result.unasked == unasked
                && result.isUnclear == isUnclear
        case .sequence(let parts):
            var matched = false
            for part in parts where try await value(of: part) { matched = true }
            return matched
        }
    }

    /// Runs one block; true where an answer matched.
    private mutating func block(_ number: Int) async throws(DoorsError) -> Bool {
        let block = template.blocks[number]
        var matched = false
        var once: Set<Int> = []
        for combination in 0..<block.payloads.count {
            var bound = data
            for (name, value) in block.payloads.combination(combination).sorted(by: { $0.key < $1.key }) {
                bound[name] = .text(bound.textAsFarAsKnown(of: TextTemplate(value)))
            }
            var earlier: [Answer] = []
            for (place, question) in block.questions.enumerated() {
                guard !question.isSentOnce || once.insert(place).inserted else { continue }
                guard var answer = try await self.answer(to: question, of: block, bound) else { continue }
                if case .http(let asking) = block.action, let longest = asking.longestBody { answer.cut(to: longest) }
                bound.take(answer, number: place + 1)
                let judged = block.judgement.judged(bound, isWhole: answer.isWhole && earlier.allSatisfy(\.isWhole))
                for (name, value) in judged.values {
                    bound[name] = value
                    data[name] = value
                }
                remember(answer, of: block, number)
                note(judged.verdict, of: answer)
                if judged.verdict == .yes {
                    matched = true
                    if !judged.isSilent {
                        result.matches.append(Match(judged: judged, answer: answer, earlier: earlier))
                    }
                    if block.stopsAtFirstMatch { return true }
                }
                earlier.append(answer)
            }
        }
        return matched
    }

    private mutating func note(_ verdict: Verdict, of answer: Answer) {
        guard verdict != .yes else { return }
        if !answer.isWhole || answer.isBusy { result.isUnclear = true }
        if verdict != .no { result.isUntold = true }
    }

    /// Later blocks may speak of an answer by the block's id, or its protocol and number.
    private mutating func remember(_ answer: Answer, of block: Template.Block, _ number: Int) {
        let own = template.blocks.prefix(number + 1).count { $0.protocolName == block.protocolName }
        var prefixes = [block.protocolName, "\(block.protocolName)_\(own)"]
        if let id = block.id { prefixes.append(id) }
        guard template.blocks.count > 1 else { return }
        for prefix in prefixes {
            for (name, value) in answer.values { data["\(prefix)_\(name)"] = value }
        }
    }

    private mutating func answer(
        to question: Template.Block.Question,
        of block: Template.Block,
        _ bound: Bindings
    ) async throws(DoorsError) -> Answer? {
        guard let asked = self.question(question, block, bound) else {
            result.unasked += 1
            return nil
        }
        guard var answer = try await visit.answer(to: asked) else {
            result.isPartial = true
            return nil
        }
        guard case .http(let asking) = block.action, case .followed(let most) = asking.redirects else { return answer }
        guard case .http(let method, _, let headers) = asked else { return answer }
        for _ in 0..<most {
            // A redirect is followed to the same host alone.
            guard let code = answer.status, [301, 302, 303, 307, 308].contains(code), let next = answer.location,
                next.host == visit.target.host, next.scheme == .http || next.scheme == .https
            else { break }
            guard let further = try await visit.answer(to: .http(method, next, headers)) else {
                result.isPartial = true
                return nil
            }
            answer = further
        }
        return answer
    }

    /// The question with its placeholders filled in; nil where one cannot be, or it leads to another host.
    private func question(
        _ question: Template.Block.Question,
        _ block: Template.Block,
        _ bound: Bindings
    ) -> TemplateVisit.Question? {
        let endpoint = visit.target.endpoint
        switch (question.kind, block.action) {
        case (.http(let ask), .http):
            guard let text = try? bound.text(of: ask.address), let address = RequestAddress.read(text),
                address.host == visit.target.host
            else { return nil }
            var headers: [TemplateVisit.HTTPHeader] = []
            for header in ask.headers {
                guard let value = try? bound.text(of: header.value) else { return nil }
                headers.append(.init(name: header.name, value: String(decoding: value, as: UTF8.self)))
            }
            return .http(ask.method, shape.applied(to: address), headers)
        case (.tcp(let port), .tcp(let asking)):
            let place = Endpoint(endpoint.address, port ?? endpoint.port)
            return .tcp(place, usesTLS: asking.usesTLS, asking.inputs, size: asking.readSize)
        case (.dns(let asking), _):
            guard let name = try? bound.text(of: asking.name) else { return nil }
            let text = String(decoding: name, as: UTF8.self)
            // Only names of the website itself, and only where the scope lets them be looked up.
            guard IPAddress(visit.target.host) == nil, visit.gate.scope.permits(name: text),
                text == visit.target.host || text.hasSuffix("." + visit.target.host)
            else { return nil }
            return .dns(text, asking.type, asking.recordClass)
        case (.tls(let asking), _):
            return .tls(Endpoint(endpoint.address, asking.port ?? endpoint.port), asking.versions)
        default: return nil
        }
    }
}

extension Bindings {
    /// What an answer holds, by name, and by name with the number of its request.
    fileprivate mutating func take(_ answer: Answer, number: Int) {
        for (name, value) in answer.values {
            self[name] = value
            self["\(name)_\(number)"] = value
        }
    }
}

extension Template.Block {
    /// One question that a block asks for each combination of payloads.
    struct Question {
        enum Kind {
            case http(HTTPAsk)
            case tcp(UInt16?)
            case dns(DNSAsking)
            case tls(TLSAsking)
        }

        var kind: Kind
        var isSentOnce = false
    }

    var questions: [Question] {
        switch action {
        case .http(let asking): asking.requests.map { Question(kind: .http($0), isSentOnce: $0.isSentOnce) }
        case .tcp(let asking):
            asking.ports.isEmpty ? [Question(kind: .tcp(nil))] : asking.ports.map { Question(kind: .tcp($0)) }
        case .dns(let asking): [Question(kind: .dns(asking))]
        case .tls(let asking): [Question(kind: .tls(asking))]
        }
    }
}
