/// How much templates may ask of one website or service.
package struct TemplateLimits: Hashable, Sendable {
    /// Requests to one website, all templates together.
    package var requests = 20_000
    /// Bytes of one answer that are read.
    package var bodyBytes = 1 << 20
    /// Bytes of answers that are held for other templates; beyond that they are read again from the vault.
    package var heldBytes = 64 << 20
    /// How long one answer may take.
    package var answerTime = Duration.seconds(30)
    /// How long a service is listened to.
    package var listenTime = Duration.seconds(5)
    /// How long one website may keep us.
    package var time = Duration.seconds(7_200)
    /// Requests in a row that fail before a website is left alone.
    package var failures = 5
    /// Websites and services at a time.
    package var targets = 4

    package init() {}
}
