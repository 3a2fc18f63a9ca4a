import Domain

/// What a website answers to names that cannot be there, in several depths and shapes: against it a page must stand out.
struct Backdrop {
    let visit: Visit

    /// What the comparison says of a page.
    enum Verdict: Sendable {
        /// It stands out. The page is the random sibling; the others are random names that got content of another kind.
        case apart(sibling: Page, others: [Page], grade: Grade, reason: String)
        /// A random name gets the same page.
        case same(Page)
        /// A random name was not answered.
        case unknown
    }

    /// Compares a page with random names: beside it with its ending, beside it without, its own name with something
    /// added, and its own name in a folder that cannot be there.
    func compare(_ page: Page, by method: Visit.Method = .get) async throws(DoorsError) -> Verdict {
        var (answers, refusals): ([Page], [Page]) = ([], [])
        var isRefusedBeside = true
        for (place, path) in Self.paths(around: page.address).enumerated() {
            guard let other = try await visit.get(path: path, by: method), !other.isBusy else {
                return .unknown
            }
            if other.refuses {
                refusals.append(other)
                continue
            }
            guard !Likeness.isSamePage(page, other) else { return .same(other) }
            isRefusedBeside = isRefusedBeside && place == 3
            answers.append(other)
        }
        if isRefusedBeside, let sibling = refusals.first {
            return .apart(sibling: sibling, others: [], grade: .proven, reason: Door.provenReason)
        }
        guard let sibling = answers.first else { return .unknown }
        let reason = "a random name is answered too, with status \(sibling.status), though with another content"
        return .apart(sibling: sibling, others: Array(answers.dropFirst()), grade: .likely, reason: reason)
    }

    private static func paths(around address: WebAddress) -> [String] {
        let path = address.path
        // A folder's siblings are folders beside it.
        let isFolder = path.hasSuffix("/") && path != "/"
        let bare = isFolder ? String(path.dropLast()) : path
        let folder = String(bare.prefix(through: bare.lastIndex(of: "/") ?? bare.startIndex))
        let name = String(bare.dropFirst(folder.count))
        let dot = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? $0 : nil }
        let stem = dot.map { String(name[..<$0]) } ?? name
        let ending = dot.map { String(name[$0...].prefix(8)) } ?? ""
        let slash = isFolder ? "/" : ""
        // The folder's own folder; the root has none, and stands for it.
        let parent = folder.dropLast()
        let elsewhere = parent.lastIndex(of: "/").map { String(folder[...$0]) } ?? "/"
        return [
            folder + randomName() + ending + slash,
            folder + randomName() + slash,
            folder + stem + randomName() + ending + slash,
            elsewhere + randomName() + "/" + name + slash,
        ]
    }
}

extension Page {
    /// Whether the server, or what stands before it, only says that it cannot answer now.
    var isBusy: Bool { [429, 502, 503, 504].contains(status) }

    /// Whether the answer keeps to itself what was asked for: a refusal, or a redirect away from it.
    var refuses: Bool { [400, 401, 403, 404, 405, 410, 451].contains(status) || (300..<400).contains(status) }
}
