import Domain

/// An entry on its way to an identification.
struct Candidate: Sendable {
    var item: IdentifyJob.Item
    var name: DecodedName
    var work: WorkName
    var isReference = false
    /// The project that the entry's own name or texts speak of.
    var project: String?
    /// Whether two projects are spoken of equally: nothing is concluded, and nothing inherited.
    var isContested = false
    var reasons: [Identification.Reason] = []

    init(_ item: IdentifyJob.Item, grammar: NameGrammar, matcher: ProjectMatcher) {
        self.item = item
        name = DecodedName(item.path)
        work = grammar.read(name.text)
        let parts = NamePart.parts(of: name.text)
        if let word = ReferenceWords.find(in: parts) {
            isReference = true
            reasons.append(.init(rule: "reference", evidence: word))
        }
        let verdict = matcher.match(parts: parts, texts: item.texts)
        reasons += verdict.reasons
        project = verdict.project
        isContested = verdict.isContested
        if !isReference, let seen = verdict.seriesInName, work.tradition != nil, work.series == nil {
            work.series = seen
        }
    }

    /// Whether it is a sheet, a list or a letter: papers speak of what lies beside them, drawings only of themselves.
    var isPaper: Bool {
        if let mime = item.mime {
            return ["text/", "application/pdf"].contains { mime.hasPrefix($0) }
                || ["spreadsheet", "ms-excel", "word", "opendocument.text"].contains { mime.contains($0) }
        }
        return Self.paperExtensions.contains { item.path.lastComponent.display.lowercased().hasSuffix($0) }
    }

    private static let paperExtensions = [
        ".csv", ".doc", ".docx", ".md", ".ods", ".odt", ".pdf", ".rtf", ".txt", ".xls", ".xlsx",
    ]

    /// The folder of the entry, with its source; nil for what lies in the source's root.
    var folder: Folder? { Folder(item) }

    var identification: Identification {
        Identification(
            source: item.source,
            path: item.path,
            payload: item.payload,
            status: isReference ? .reference : project.map { .identified(project: $0) } ?? .unidentified,
            work: work,
            decodedName: name.text,
            encoding: name.encoding,
            reasons: reasons
        )
    }
}

/// A folder of a source, by its bytes.
struct Folder: Hashable, Sendable {
    var source: WebAddress
    var components: ArraySlice<PathName>

    init?(_ item: IdentifyJob.Item) {
        let folders = item.path.components.dropLast()
        guard !folders.isEmpty else { return nil }
        source = item.source
        components = folders
    }

    /// The folder above; nil below the source's root, from which nothing is inherited.
    var parent: Folder? {
        guard components.count > 1 else { return nil }
        var folder = self
        folder.components = components.dropLast()
        return folder
    }
}
