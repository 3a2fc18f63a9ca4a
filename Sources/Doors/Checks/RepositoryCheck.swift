import Domain

/// The store of a version control system that was put online with the website: git, Subversion, Mercurial.
///
/// Two files of the store have to agree, each by the form that its program writes; nothing of the history is read.
package struct RepositoryCheck: Check {
    package let name = "repository"

    /// A store: its folder, the file that shows it, and one more.
    private struct Store {
        var folder: String
        var system: String
        var first: (file: String, isRight: @Sendable ([UInt8]) -> Bool)
        var second: (file: String, isRight: @Sendable ([UInt8]) -> Bool)
    }

    /// Bytes of a file that are read.
    private static let length = 16_384

    private static let stores = [
        Store(
            folder: ".git/",
            system: "git",
            first: ("HEAD", { isGitHead($0) }),
            second: ("config", { holds("[core]", $0) })
        ),
        Store(
            folder: ".svn/",
            system: "Subversion",
            first: ("wc.db", { $0.starts(with: Array("SQLite format 3".utf8) + [0]) }),
            second: ("entries", { isNumber($0) })
        ),
        Store(
            folder: ".hg/",
            system: "Mercurial",
            first: ("requires", { holds("revlogv1\n", $0) || holds("revlogv2\n", $0) }),
            second: ("00changelog.i", { $0.starts(with: [0, 0]) && $0.count >= 57 })
        ),
    ]

    package init() {}

    package func look(at visit: Visit) async throws(DoorsError) -> Findings {
        let survey = try await visit.surveyed()
        var findings = Findings()
        for root in survey.roots {
            for store in Self.stores {
                let folder = root + store.folder
                guard let first = try await visit.get(path: folder + store.first.file, upTo: Self.length) else {
                    continue
                }
                guard first.status == 200, store.first.isRight(first.body) else {
                    if first.status == 200, !survey.answersEverything {
                        findings.reject(first, name, "status 200, but no file of \(store.system)")
                    }
                    continue
                }
                guard let second = try await visit.get(path: folder + store.second.file, upTo: Self.length),
                    second.status == 200, store.second.isRight(second.body)
                else {
                    findings.reject(first, name, "a file of \(store.system) without its companion \(store.second.file)")
                    continue
                }
                var address = first.address
                address.target = folder
                findings.candidates.append(
                    Candidate(
                        .repository,
                        address,
                        [
                            .init(.content, second, "settings of a \(store.system) store"),
                            .init(.content, first, "the file by which \(store.system) knows its store"),
                        ]
                    )
                )
            }
        }
        return findings
    }

    /// `ref: refs/heads/…`, or the name of a commit.
    private static func isGitHead(_ bytes: [UInt8]) -> Bool {
        guard let line = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).first, bytes.count < 1_024
        else {
            return false
        }
        if line.starts(with: "ref: refs/".utf8) { return true }
        return [40, 64].contains(line.count)
            && line.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix { $0 != 0x0a }
        return (1...3).contains(line.count) && line.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func holds(_ text: String, _ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains(text)
    }
}
