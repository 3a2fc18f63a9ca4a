import Scope
import Wire

/// A name server's answer as templates read it: the sections as text, as `dig` prints them.
struct DNSShown {
    let values: [String: Value]

    init(_ reply: DNSReply) {
        let question =
            ";\(reply.question.name)\t\(Self.name(ofClass: reply.question.recordClass))\t \(reply.question.type)"
        let code = Self.codes[reply.code] ?? "RCODE\(reply.code)"
        let (answer, authority, extra) = (
            Self.text(reply.answers), Self.text(reply.authorities), Self.text(reply.additional)
        )
        let flags = reply.isAuthoritative ? "qr aa" : "qr"
        let raw = """
            ;; opcode: QUERY, status: \(code), id: 0
            ;; flags: \(flags); QUERY: 1, ANSWER: \(reply.answers.count), AUTHORITY: \(reply.authorities.count), \
            ADDITIONAL: \(reply.additional.count)

            ;; QUESTION SECTION:
            \(question)

            ;; ANSWER SECTION:
            \(answer)

            ;; AUTHORITY SECTION:
            \(authority)

            ;; ADDITIONAL SECTION:
            \(extra)
            """
        values = [
            "rcode": Value(Int(reply.code)), "question": Value(question), "answer": Value(answer),
            "ns": Value(authority),
            "extra": Value(extra), "raw": Value(raw), "response": Value(raw), "body": Value(raw),
        ]
    }

    private static let codes: [UInt8: String] = [
        0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED",
    ]

    private static func name(ofClass number: UInt16) -> String {
        switch number {
        case 1: "IN"
        case 3: "CH"
        default: "CLASS\(number)"
        }
    }

    private static func text(_ records: [DNSRecord]) -> String {
        records.map { "\($0.owner)\t\($0.timeToLive)\t\(name(ofClass: $0.recordClass))\t\($0.type)\t\($0.data)" }
            .joined(separator: "\n")
    }
}
