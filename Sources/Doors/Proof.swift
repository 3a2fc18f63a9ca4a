import Domain
import Wire

/// Makes the proof of a door, or says why there is none.
struct Proof {
    let visit: Visit
    let survey: Survey

    enum Verdict: Sendable {
        case open([ProofStep], Grade, String)
        case rejected(String, Seal?)
    }

    /// Folders below the door that are looked into for a file.
    private static let foldersTried = 24
    /// Files that are asked for before the door counts as closed.
    private static let filesTried = 4

    func of(_ folder: Findings.Folder) async throws(DoorsError) -> Verdict {
        guard let top = try await visit.get(folder.address), top.listing != nil else {
            return .rejected("the listing could not be read again", nil)
        }
        var steps: [ProofStep] = []
        if folder.kind == .dataFolder, let page = survey.guardPage {
            steps.append(ProofStep(.loginPage, page, page.guards ?? "a page that asks for a credential"))
        }
        let content: (page: Page, listing: Page)
        switch try await findContent(from: top) {
        case .failure(let reason): return .rejected(reason.words, reason.seal)
        case .success(let found): content = found
        }
        let name = "the server lists \(top.listing?.rows.count ?? 0) entries"
        if folder.kind != .dataFolder || content.listing.address == top.address {
            steps.append(ProofStep(.listing, top, name))
        } else {
            steps.append(ProofStep(.listing, top, name))
            steps.append(ProofStep(.listing, content.listing, "the folder that holds the file"))
        }
        steps.append(ProofStep(.content, content.page, "\(content.page.seal.length) bytes, no credential sent"))
        return try await compared(steps, content.page)
    }

    /// The proof of what a check saw open that is no listing.
    func of(_ candidate: Candidate) async throws(DoorsError) -> Verdict {
        let steps = candidate.steps.map { ProofStep($0.role, $0.page, $0.shows) }
        guard let content = candidate.steps.last(where: { $0.role == .content })?.page else {
            return .rejected("shows no content", steps.last?.seal)
        }
        if [survey.front, survey.login].contains(where: { $0.map { Likeness.isSamePage($0, content) } ?? false }),
            content.address.path != "/"
        {
            return .rejected("is answered with the website's front or login page", content.seal)
        }
        let verdict = try await compared(steps, content, by: candidate.method)
        guard case .open(let steps, let grade, let reason) = verdict, let doubt = candidate.doubt, grade != .cannotTell,
            doubt.grade != .proven, !(grade == .likely && doubt.grade == .likely)
        else { return verdict }
        return .open(steps, doubt.grade, grade == .proven ? doubt.reason : "\(doubt.reason); \(reason)")
    }

    /// Adds the answer to random names, and grades.
    private func compared(
        _ steps: [ProofStep],
        _ content: Page,
        by method: Visit.Method = .get
    ) async throws(DoorsError) -> Verdict {
        switch try await Backdrop(visit: visit).compare(content, by: method) {
        case .same(let other):
            let reason = "a random sibling is answered with status \(other.status), as everything is"
            return .rejected(reason, other.seal)
        case .unknown:
            return .open(steps, .cannotTell, "content came, but a random name beside it was not answered")
        case .apart(let sibling, let others, let grade, let reason):
            let words =
                sibling.refuses
                ? "a name that cannot be there is refused" : "a name that cannot be there gets another content"
            let siblings = ([sibling] + others).map { ProofStep(.sibling, $0, words) }
            return .open(steps + siblings, grade, reason)
        }
    }

    private struct Reason: Error {
        var words: String
        var seal: Seal?
    }

    /// Looks for a file below a listing, breadth first, and reads it.
    private func findContent(
        from top: Page
    ) async throws(DoorsError) -> Result<(page: Page, listing: Page), Reason> {
        var queue = [top]
        var (folders, files) = (0, 0)
        var reason = Reason(words: "lists no file that could be read", seal: top.seal)
        while !queue.isEmpty, folders < Self.foldersTried {
            let page = queue.removeFirst()
            folders += 1
            guard let listing = page.listing else { continue }
            let rows = listing.rows.filter { !$0.isFolder && $0.size?.atMost != 0 }.sorted(by: Self.isBetter)
            for row in rows.prefix(Self.filesTried) where files < Self.filesTried {
                files += 1
                guard let file = try await visit.get(path: row.target) else { continue }
                guard let fault = fault(of: file, row: row) else {
                    return .success((file, page))
                }
                reason = Reason(words: fault, seal: file.seal)
            }
            guard files < Self.filesTried else { break }
            for row in listing.rows.filter(\.isFolder).prefix(Self.foldersTried - queue.count) {
                if let next = try await visit.get(path: row.target) { queue.append(next) }
            }
        }
        return .failure(reason)
    }

    /// Small files first: they are proof enough, and the least trouble for the server.
    private static func isBetter(_ left: ListingRow, _ right: ListingRow) -> Bool {
        (left.size?.atMost ?? 1 << 40, left.target) < (right.size?.atMost ?? 1 << 40, right.target)
    }

    /// Why an answer is not the file that the listing shows; nil when it is.
    private func fault(of file: Page, row: ListingRow) -> String? {
        let payload = file.seal.payload
        if file.status != 200 { return "\(row.name.display) is listed, but answered with status \(file.status)" }
        if file.body.isEmpty { return "\(row.name.display) is empty" }
        if file.isLogin { return "\(row.name.display) is answered with a page that asks for a password" }
        if payload == survey.front?.seal.payload { return "\(row.name.display) is answered with the front page" }
        if payload == survey.random?.seal.payload { return "\(row.name.display) is answered as a random name is" }
        if file.isWhole, let size = row.size, !size.contains(file.seal.length) {
            return "\(row.name.display) has \(file.seal.length) bytes, and the listing says otherwise"
        }
        return nil
    }
}

extension ProofStep {
    fileprivate init(_ role: Role, _ page: Page, _ shows: String) {
        self.init(role: role, address: page.address, status: page.status, shows: shows, seal: page.seal, at: page.at)
    }
}
