import Domain

/// Finds the productions that names and texts speak of.
///
/// The path is asked first, the file's name before its folders; then the texts read from the file. A code counts
/// only as the first word of a name, before a counted word, or in its own capitals: two to four letters say too little
/// elsewhere.
struct ProjectMatcher: Sendable {
    struct Verdict: Sendable {
        var project: String?
        var isContested = false
        var reasons: [Identification.Reason] = []
        /// The title or code as the path has it.
        var seriesInName: String?
    }

    /// A line of so many words is a label, such as `HBR EP03 C012`, in which a code counts.
    private static let labelLength = 8

    private let needles: [Needle]

    init(_ projects: [Project]) {
        needles = projects.flatMap { project in
            project.titles.map { Needle(project.key, .title, $0) }
                + project.codes.map { Needle(project.key, .code, $0) }
                + project.companies.flatMap { Needle.companies(project.key, $0) }
        }
    }

    func match(parts: [NamePart], texts: [String]) -> Verdict {
        for part in parts.reversed() {
            let words = Words(part.scalars).list
            let written = Words(part.written).texts
            let found = needles.filter { $0.isFound(inPart: words, written: written) }
            if !found.isEmpty {
                return verdict(found, where: part.isFile ? "in the name" : "in a folder's name", isName: true)
            }
        }
        var found: [Needle] = []
        for text in texts {
            let words = Words(text).list
            let isLabel = words.count <= Self.labelLength
            found += needles.filter { needle in
                !found.contains(needle) && (needle.isFound(inText: words) || isLabel && needle.isFound(inLabel: words))
            }
        }
        return found.isEmpty ? Verdict() : verdict(found, where: "in the file's text", isName: false)
    }

    private func verdict(_ found: [Needle], where place: String, isName: Bool) -> Verdict {
        // A title within a longer one ("The Sea", "The Sea of Stars") says less than the longer.
        let strongest = found.filter { needle in
            !found.contains { $0.project != needle.project && $0.holds(needle) }
        }
        let projects = Set(strongest.map(\.project))
        var reasons = strongest.map {
            Identification.Reason(rule: $0.kind.rawValue, evidence: "\($0.written) \(place)")
        }
        guard projects.count == 1, let first = strongest.first else {
            let keys = projects.sorted().joined(separator: ", ")
            reasons.append(.init(rule: "contested", evidence: "\(keys) \(place)"))
            return Verdict(project: nil, isContested: true, reasons: reasons)
        }
        return Verdict(
            project: first.project,
            reasons: reasons,
            seriesInName: isName && first.kind != .company ? first.written : nil
        )
    }
}
