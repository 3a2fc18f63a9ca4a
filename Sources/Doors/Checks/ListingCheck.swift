import Domain

/// Folders that the server lists: at the root, where the website's own pages lead, and at a few customary names.
package struct ListingCheck: Check {
    package let name = "listing"

    /// Names under which downloads and left-overs are customarily kept.
    static let customaryFolders = [
        "data", "files", "pub", "public", "uploads", "upload", "download", "downloads", "backup", "backups", "static",
        "share", "shared", "media", "images", "docs", "ftp", "archive", "video", "tmp",
    ]

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        if survey.answersEverything {
            // A folder that is listed may still stand out from what every name gets.
            findings.reject(survey.random, name, "a random name is answered with status 200, as everything is")
        }
        let known = survey.linkedFolders.union(survey.mentionedFolders).sorted { ($0.count, $0) < ($1.count, $1) }
        for folder in ["/"] + known {
            guard let page = try await visit.get(path: folder), page.listing != nil else { continue }
            findings.folders.append(.init(address: page.address, kind: page.listingKind))
        }
        for folder in Self.customaryFolders.map({ "/\($0)/" }) where !known.contains(folder) {
            guard let page = try await visit.get(path: folder) else { continue }
            if page.listing != nil {
                findings.folders.append(.init(address: page.address, kind: page.listingKind))
            } else if !survey.answersEverything, let reason = page.decoyReason(survey) {
                findings.reject(page, name, reason)
            }
        }
        return findings
    }
}

extension Findings {
    mutating func reject(_ page: Page?, _ check: String, _ reason: String) {
        guard let page else { return }
        rejections.append(DoorRejection(address: page.address, check: check, reason: reason, seal: page.seal))
    }
}

extension Page {
    /// What a folder is that a server lists and no login guards.
    fileprivate var listingKind: DoorKind { BucketCheck.keys(of: self) == nil ? .listing : .bucket }

    /// Why the answer at a guessed folder is no door although something is there; nil where nothing is.
    func decoyReason(_ survey: Survey) -> String? {
        switch status {
        case 200 where isLogin: "serves its login page here"
        case 200 where seal.payload == survey.front?.seal.payload: "serves its front page here"
        case 200 where seal.payload == survey.random?.seal.payload: "serves the same page as at a random name"
        case 200: "status 200, but a page of \(seal.length) bytes and no listing"
        case 401: "asks for a credential (401)"
        case 403: "refused (403)"
        case 300..<400 where location.map { $0.path.lowercased().contains("login") } == true: "redirects to its login"
        case 300..<400: "redirects (\(status))"
        default: nil
        }
    }
}
