import Domain

/// What an entry's folder and the papers in it say of an entry that does not speak for itself.
///
/// Two rules, and their limits:
/// - `sheet`: a text in the same folder or one above names one project and lists the entry's name.
/// - `folder`: all papers in the entry's folder that name a project name the same one, be it in their names or texts.
///   It reaches the folder and what lies below, never starts from the root of a source, and stops where anything below
///   names another project.
///
/// Papers are sheets, lists and letters. A drawing speaks for itself alone, and no paper speaks for another: a folder
/// of the day's pictures, or of letters, is where several productions meet.
///
/// Reference material, logs and the droppings of systems inherit nothing.
struct Neighbours: Sendable {
    /// Who is named directly in a folder, and by what.
    private struct Sheet: Sendable {
        var project: String
        var name: String
        var words: Set<String>
    }

    private var namedBelow: [Folder: Set<String>] = [:]
    private var evidence: [Folder: [String: String]] = [:]
    private var sheets: [Folder: [Sheet]] = [:]

    /// A folder's own name that carries a project needs no rule here: it is in every path below.
    init(_ candidates: [Candidate]) {
        for candidate in candidates {
            guard let folder = candidate.folder else { continue }
            let isContested = candidate.isContested
            guard candidate.project != nil || isContested else { continue }
            let keys = isContested ? ["", "contested"] : [candidate.project ?? ""]
            for ancestor in sequence(first: folder, next: \.parent) {
                namedBelow[ancestor, default: []].formUnion(keys)
            }
            guard let project = candidate.project, !candidate.isReference, candidate.isPaper else { continue }
            let file = candidate.item.path.lastComponent.display
            evidence[folder, default: [:]][project] = evidence[folder]?[project] ?? file
            guard !candidate.item.texts.isEmpty else { continue }
            let words = Set(
                candidate.item.texts.flatMap { $0.lowercased().split { $0.isWhitespace || $0 == "," } }.map(String.init)
            )
            sheets[folder, default: []].append(Sheet(project: project, name: file, words: words))
        }
    }

    func identify(_ candidates: inout [Candidate]) {
        for index in candidates.indices {
            let candidate = candidates[index]
            guard candidate.project == nil, !candidate.isContested, !candidate.isReference,
                let folder = candidate.folder, !candidate.isPaper,
                !SystemFiles.contains(candidate.item.path)
            else { continue }
            guard let (project, reason) = listed(candidate, folder) ?? inherited(folder) else { continue }
            candidates[index].project = project
            candidates[index].reasons.append(reason)
        }
    }

    private func listed(_ candidate: Candidate, _ folder: Folder) -> (String, Identification.Reason)? {
        let parts = NamePart.parts(of: candidate.name.text)
        guard let file = parts.last, file.scalars.count >= 4 else { return nil }
        let stem = String(String.UnicodeScalarView(file.scalars))
        let names = [stem] + (file.fileExtension.map { ["\(stem).\($0)"] } ?? [])
        for place in sequence(first: folder, next: \.parent) {
            let listing = (sheets[place] ?? []).filter { sheet in names.contains(where: sheet.words.contains) }
            guard let sheet = listing.first else { continue }
            guard Set(listing.map(\.project)).count == 1 else { return nil }
            return (sheet.project, .init(rule: "sheet", evidence: "\(sheet.name) lists \(stem)"))
        }
        return nil
    }

    private func inherited(_ folder: Folder) -> (String, Identification.Reason)? {
        for place in sequence(first: folder, next: \.parent) {
            guard let named = evidence[place] else { continue }
            guard let (project, file) = named.first, named.count == 1, namedBelow[place]?.count == 1 else { return nil }
            let path = place.components.map(\.display).joined(separator: "/")
            return (project, .init(rule: "folder", evidence: "\(file) in \(path)"))
        }
        return nil
    }
}
