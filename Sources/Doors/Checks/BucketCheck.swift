import Domain

/// Buckets of object stores that list their keys to anyone: S3 and its kin (MinIO, Ceph), and OpenStack Swift's containers.
///
/// A store answers with a document of its own form; one of the keys it lists has to be served. Buckets are looked for at the
/// root and where the website's own addresses begin.
package struct BucketCheck: Check {
    package let name = "bucket"

    private static let bucketsTried = 8
    private static let keysTried = 4

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        var buckets = ["/"]
        if let front = survey.front, Self.isStore(front) || survey.random.map(Self.isStore) == true {
            let named = survey.linkedFolders.union(survey.mentionedFolders).union(Self.buckets(listedBy: front))
            buckets += named.filter { $0.count(where: { $0 == "/" }) == 2 }.sorted()
        }
        for bucket in buckets.prefix(Self.bucketsTried) {
            guard let page = try await visit.get(path: bucket) else { continue }
            guard let keys = Self.keys(of: page) else {
                if page.status == 403, Self.isStore(page) { findings.reject(page, name, "refused (403)") }
                continue
            }
            guard !keys.isEmpty else {
                findings.reject(page, name, "lists no key")
                continue
            }
            try await judge(page, keys, visit, &findings)
        }
        return findings
    }

    private func judge(
        _ page: Page,
        _ keys: [WebAddress],
        _ visit: Visit,
        _ findings: inout Findings
    ) async throws(DoorsError) {
        let listing = "lists \(keys.count) keys, no credential sent"
        for key in keys.prefix(Self.keysTried) {
            guard let file = try await visit.get(key, upTo: 65_536), file.status == 200, !file.body.isEmpty else {
                continue
            }
            let content = Candidate.Step(.content, file, "\(file.body.count) bytes, no credential sent")
            findings.candidates.append(Candidate(.bucket, page.address, [.init(.listing, page, listing), content]))
            return
        }
        // The list alone is a way in as well, though a smaller one.
        var candidate = Candidate(.bucket, content: page, listing)
        candidate.doubt = (.likely, "the keys are listed, but none of \(Self.keysTried) was served")
        findings.candidates.append(candidate)
    }

    /// The keys that a document lists, as addresses below it, objects of some length first; nil where it is no such list.
    static func keys(of page: Page) -> [WebAddress]? {
        guard page.status == 200, page.address.target.hasSuffix("/") else { return nil }
        let markup = Markup(page.body)
        let names: [[UInt8]]
        switch markup.root {
        case "listbucketresult": names = markup.texts(of: "key")
        case "container": names = markup.texts(of: "name")
        default: return nil
        }
        return names.compactMap { name in
            let path = PathName(bytes: name)
            guard !name.isEmpty, !path.components.contains(where: { [[0x2e], [0x2e, 0x2e]].contains($0.bytes) }) else {
                return nil
            }
            var address = page.address
            address.target += path.description
            return name.last == UInt8(ascii: "/") ? nil : address
        }
    }

    /// The buckets that an account's own list names.
    private static func buckets(listedBy page: Page) -> [String] {
        let markup = Markup(page.body)
        guard markup.root == "listallmybucketsresult" else { return [] }
        return markup.texts(of: "name").map { "/\(PathName(bytes: $0))/" }
    }

    /// Whether an answer is a store's own, a refusal as well: `<Error><Code>AccessDenied</Code>…`.
    private static func isStore(_ page: Page) -> Bool {
        let markup = Markup(page.body)
        switch markup.root {
        case "listbucketresult", "listallmybucketsresult": return true
        case "error":
            let codes = markup.texts(of: "code").map { String(decoding: $0, as: UTF8.self) }
            return codes.contains { ["AccessDenied", "NoSuchKey", "NoSuchBucket"].contains($0) }
        default: return false
        }
    }
}
