/// How much one website may be asked while doors are looked for.
package struct DoorsLimits: Hashable, Sendable {
    /// Requests to one website, all checks and proofs together.
    package var requests = 400
    /// Pages that are read for their links.
    package var pages = 60
    /// Links from the front page to the last page that is read.
    package var depth = 2
    /// Bytes of one answer that are read.
    package var bodyBytes = 1 << 20
    /// How long one website may keep us; a server that drips its answers is left alone after that.
    package var time = Duration.seconds(900)
    /// How long one answer may take.
    package var answerTime = Duration.seconds(60)
    /// Bytes of all answers of one website: so much of it is held in memory while it is tried.
    package var siteBytes = 32 * 1_024 * 1_024
    /// Websites and services that are tried at a time.
    package var atOnce = 16
    /// Requests kept back from the survey and the checks, so that what they find can be proven.
    package var keptForProof = 60
    /// How long one service that is no website may keep us, all checks together.
    package var serviceTime = Duration.seconds(120)

    package init() {}
}
