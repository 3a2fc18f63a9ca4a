import Domain

/// A language that notices are written in. All words of a notice stand in this file and in ``NoticeLanguage`` alone: a
/// translation is a case, and an answer to each question below.
package enum NoticeLanguage: String, Codable, CaseIterable, Sendable {
    case english = "en"
}

extension NoticeLanguage {
    func subject(_ address: String) -> String {
        switch self {
        case .english: "\(address) can be read by anyone"
        }
    }

    func opening(_ website: String, _ endpoint: String) -> String {
        switch self {
        case .english: "To whoever looks after \(website) (\(endpoint)),"
        }
    }

    /// What stands open, in one sentence.
    func finding(_ door: Door) -> String {
        switch self {
        case .english: "\(door.website.shown) \(door.kind.inWords(at: door.address))."
        }
    }

    func certainty(_ grade: Grade, _ reason: String) -> String {
        switch (self, grade) {
        case (.english, .proven): "We hold this to be proven: \(reason)."
        case (.english, .likely): "We hold this to be likely, and not proven: \(reason)."
        case (.english, .cannotTell): "We cannot tell whether this is so: \(reason)."
        }
    }

    func seen(first: String, last: String, missed: String?) -> String {
        switch self {
        case .english:
            missed.map {
                "We first saw this at \(first) and last at \(last). A later look, no later than \($0), did not."
            }
                ?? "We first saw this at \(first) and last at \(last); how long it stood open before and since, we do not know."
        }
    }

    var exchangesHeading: String {
        switch self {
        case .english: "What was asked, and what came (times are UTC; no credential was sent):"
        }
    }

    func exchange(_ role: ProofStep.Role, _ address: String, _ status: Int?, _ shows: String, _ at: String) -> String {
        switch self {
        case .english:
            "\(at)  \(role.rawValue): \(address)\(status.map { " -> \($0)" } ?? "")\n    \(shows)"
        }
    }

    func sealed(_ digest: String, leaf: UInt64) -> String {
        switch self {
        case .english: "SHA-256 of what came: \(digest) (leaf \(leaf) of our ledger)"
        }
    }

    var checkHeading: String {
        switch self {
        case .english: "How to check it:"
        }
    }

    var closeHeading: String {
        switch self {
        case .english: "How to close it:"
        }
    }

    /// What was done and what was not, and whom to answer.
    func closing(_ contact: String) -> [String] {
        switch self {
        case .english:
            [
                "We read what is served to anyone who asks. We sent no password, tried none, used no flaw, and changed "
                    + "nothing. Of what came we keep sealed copies, so that you and we can show what was seen and when.",
                "To close the door does not tell who else came through it: please keep your access logs.",
                "Questions, and word that it is closed, to \(contact).",
            ]
        }
    }
}
