package import Catalogue
package import Domain

/// A notice to the owner of a door: what stands open, how that is known, how to check it, and how to close it.
package struct Notice: Sendable, Encodable {
    /// An exchange of the proof, by which the owner finds it in his own log.
    package struct Exchange: Sendable, Encodable {
        package var role: ProofStep.Role
        package var address: WebAddress
        package var status: Int?
        package var shows: String
        package var at: Timestamp
        /// The SHA-256 of what came.
        package var payload: Digest?
        package var record: String
        package var leaf: UInt64
    }

    package var language: NoticeLanguage
    package var subject: String
    package var website: String
    package var endpoint: Endpoint
    package var address: WebAddress
    package var kind: DoorKind
    package var grade: Grade
    package var reason: String
    package var finding: String
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    /// When it was shut, as bounds; nil while no later look missed it.
    package var gone: TimeBounds?
    package var exchanges: [Exchange]
    package var checks: [String]
    package var remedies: [String]
    package var contact: String

    /// `contact` is whom to answer, as the scope file has it.
    package init(_ door: Lasting<Door>, contact: String, in language: NoticeLanguage) {
        self.language = language
        self.contact = contact.shown
        subject = language.subject("\(door.value.address)")
        website = door.value.website.shown
        endpoint = door.value.endpoint
        address = door.value.address
        kind = door.value.kind
        grade = door.value.grade
        reason = door.value.reason.shown
        finding = language.finding(door.value)
        (firstSeen, lastSeen, gone) = (door.firstSeen, door.lastSeen, door.gone)
        checks = language.checks(door.value)
        remedies = language.remedies(door.value)
        exchanges = door.value.proof.map { step in
            Exchange(
                role: step.role,
                address: step.address,
                status: step.status,
                shows: step.shows.shown,
                at: step.at,
                payload: step.seal.payload,
                record: step.seal.record,
                leaf: step.seal.leaf
            )
        }
    }

    /// The notice as a letter: plain text, without control characters.
    package var text: String {
        let seen = language.seen(
            first: "\(firstSeen.roundedDown)",
            last: "\(lastSeen.roundedDown)",
            missed: gone?.notAfter.map { "\($0.roundedDown)" }
        )
        var parts = [
            subject, language.opening(website, "\(endpoint)"), finding,
            language.certainty(grade, reason) + "\n" + seen, language.exchangesHeading,
        ]
        parts += exchanges.enumerated().map { number, exchange in
            let line = language.exchange(
                exchange.role,
                "\(exchange.address)",
                exchange.status,
                exchange.shows,
                "\(exchange.at.roundedDown)"
            )
            let digest = exchange.payload.map { "\n    " + language.sealed("\($0)", leaf: exchange.leaf) } ?? ""
            return "\(number + 1). \(line)\(digest)"
        }
        parts.append(([language.checkHeading] + checks.map { "    \($0)" }).joined(separator: "\n"))
        parts.append(([language.closeHeading] + remedies.map { "  - \($0)" }).joined(separator: "\n"))
        return (parts + language.closing(contact)).joined(separator: "\n\n") + "\n"
    }
}
