package import Scope

/// How a census goes about its work. The scope's rate holds as well; whichever is slower rules.
package struct CensusSettings: Sendable {
    /// How the port sweep asks.
    package var sweep = SweepTiming()
    /// How long an open port is listened to before anything is said to it.
    package var greetingWait = Duration.milliseconds(1_500)
    /// How long an answer may take once something was asked.
    package var answerWait = Duration.seconds(3)
    package var connectWait = Duration.seconds(3)
    /// How often a connection to a port that was open a moment ago is tried, while it gives no answer.
    package var connectAttempts = 3
    /// Open ports asked at one time.
    package var servicesAtOnce = 64
    /// Front pages asked for at one time.
    package var pagesAtOnce = 32
    /// Questions to name servers under way at one time.
    package var questionsAtOnce = 64
    /// Bytes that one dialogue takes from a server.
    package var dialogueLength = 64 * 1024
    /// Bytes of a front page that are fetched.
    package var pageLength = 1 << 20
    /// Hops that a redirect within the scope is followed.
    package var redirects = 5
    /// Rounds of asking for names that earlier pages led to.
    package var rounds = 4
    /// Names that are tried as websites; the rest is remarked on.
    package var names = 5_000
    /// Zones that are read, those found on the way included.
    package var zones = 256
    /// Records of names that are taken; the rest is counted.
    package var records = 200_000

    package init() {}

    /// The same with twice as long for a server to answer, for one that was not heard.
    package var patient: CensusSettings {
        var settings = self
        settings.greetingWait *= 2
        settings.answerWait *= 2
        settings.connectWait *= 2
        return settings
    }
}
