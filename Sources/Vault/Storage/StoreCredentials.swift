/// What shows a store who asks. Never written, never logged: its description does not hold the secret.
package struct StoreCredentials: Sendable {
    package let accessKeyID: String
    let secretKey: String
    let sessionToken: String?

    package init(accessKeyID: String, secretKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretKey = secretKey
        self.sessionToken = sessionToken
    }

    /// The longest file of credentials that is read.
    package static let longestFile = 1 << 16

    /// Reads a section of a file in the form of `~/.aws/credentials`: `[name]`, then lines `key = value`. Nil when the
    /// section, or one of its two keys, is not there. Of a key that comes twice, the last counts.
    package init?(file: [UInt8], profile: String) {
        var section = ""
        var values: [String: String] = [:]
        for line in String(decoding: file.prefix(Self.longestFile), as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = Self.trimmed(line)
            if line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("["), let end = line.firstIndex(of: "]") {
                section = Self.trimmed(line[..<end].dropFirst())
                continue
            }
            guard section == profile, let mark = line.firstIndex(of: "=") else { continue }
            values[Self.trimmed(line[..<mark])] = Self.trimmed(line[mark...].dropFirst())
        }
        guard let id = values["aws_access_key_id"], let secret = values["aws_secret_access_key"], !id.isEmpty,
            !secret.isEmpty
        else { return nil }
        self.init(accessKeyID: id, secretKey: secret, sessionToken: values["aws_session_token"])
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace ?? false { text = text.dropFirst() }
        while text.last?.isWhitespace ?? false { text = text.dropLast() }
        return String(text)
    }
}

extension StoreCredentials: CustomStringConvertible, CustomReflectable {
    package var description: String { "credentials" }

    package var customMirror: Mirror { Mirror(self, children: [] as [(label: String?, value: Any)]) }
}
