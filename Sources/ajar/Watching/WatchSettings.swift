/// Where `ajar watch` tells what is new. Each way is the operator's own, so the scope does not speak of it.
struct WatchSettings: Codable, Equatable, Sendable {
    /// `https://…`, or `http://` on a loopback address: news is posted there as JSON.
    var webhook: String?
    /// A file with the certificates (PEM) that the webhook's own must lead to, besides those of the system.
    var certificates: String?
    /// Who gets mail, one address or several behind commas.
    var mail: String?
    /// The program that takes a message on its standard input; `/usr/sbin/sendmail` when nil.
    var sendmail: String?
    /// News is written at the end of this file: a line of JSON each where its name ends in `.jsonl`, else text.
    var file: String?

    static let keys: Set<String> = ["webhook", "certificates", "mail", "sendmail", "file"]

    /// Whether anything is told to anybody.
    var tellsAnybody: Bool { webhook != nil || mail != nil || file != nil }

    /// What is wrong with the settings, and what is allowed.
    var problem: String? {
        if let webhook, !Self.isWebhook(webhook) {
            return "webhook is https://…; http is taken for 127.0.0.1, [::1] and localhost only"
        }
        if let mail, !mail.split(separator: ",", omittingEmptySubsequences: false).allSatisfy(Self.isMailbox) {
            return "mail is an address such as desk@example.org, or several behind commas"
        }
        if let sendmail, !sendmail.hasPrefix("/") { return "sendmail is the whole path of a program" }
        return nil
    }

    private static func isWebhook(_ text: String) -> Bool {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return false }
        if text.hasPrefix("https://") { return text.dropFirst(8).first.map { $0 != "/" } ?? false }
        guard text.hasPrefix("http://") else { return false }
        let host = text.dropFirst(7).prefix { $0 != "/" }
        let name = host.hasPrefix("[") ? host.prefix { $0 != "]" } + "]" : host.prefix { $0 != ":" }
        let digits = name.split(separator: ".", omittingEmptySubsequences: false)
        return name == "localhost" || name == "[::1]"
            || digits.count == 4 && digits[0] == "127" && digits.allSatisfy { UInt8($0) != nil }
    }

    /// Narrower than RFC 5322: an address that says nothing to a shell or a mail program but itself.
    private static func isMailbox(_ text: Substring) -> Bool {
        let text = text.trimmingPrefix(" ")
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_{|}~-")
        return text.count <= 254 && parts.count == 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(letters.contains) }
            && text.first != "-"
    }
}
