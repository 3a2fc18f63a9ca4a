import CaseFile
import Foundation

/// News on its way to somebody, as text and as JSON.
struct Message: Codable, Hashable, Sendable {
    /// One line of ASCII.
    var subject: String
    var text: String
    /// The news as JSON; see ``News``.
    var json: String

    init(_ news: News) throws {
        subject = news.subject
        text = news.text
        json = try Output.json(news, isPretty: false)
    }

    /// Both for a webhook: chat services show what stands under `text`.
    var posted: Data {
        get throws {
            let news = try JSONSerialization.jsonObject(with: Data(json.utf8))
            return try JSONSerialization.data(
                withJSONObject: ["text": text, "subject": subject, "news": news],
                options: [.sortedKeys, .withoutEscapingSlashes]
            )
        }
    }

    /// A mail message (RFC 5322) with the text and the JSON as its two parts (RFC 2046), for whoever is named.
    func mail(to recipients: String) -> String {
        let boundary = "ajar-\(UUID().uuidString)"
        func part(_ type: String, _ content: String) -> [String] {
            let encoded = Data(content.utf8).base64EncodedString(options: [
                .lineLength76Characters, .endLineWithLineFeed,
            ])
            return [
                "--\(boundary)", "Content-Type: \(type); charset=utf-8", "Content-Transfer-Encoding: base64", "",
                encoded,
            ]
        }
        let head = [
            "To: \(recipients)", "Subject: \(subject.prefix(200))", "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated", "Content-Type: multipart/mixed; boundary=\"\(boundary)\"", "",
        ]
        let parts = part("text/plain", text) + part("application/json; name=\"news.json\"", json)
        return (head + parts + ["--\(boundary)--", ""]).joined(separator: "\n")
    }
}
