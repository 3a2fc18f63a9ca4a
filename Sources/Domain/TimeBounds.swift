/// When something happened: no earlier than one instant and no later than another, either of which may be unknown.
///
/// What was present at one look and absent at the next was removed between the two, and nothing narrower is known.
package struct TimeBounds: Hashable, Codable, Sendable {
    package var notBefore: Timestamp?
    package var notAfter: Timestamp?

    package init(notBefore: Timestamp?, notAfter: Timestamp?) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// A listing that shows whole minutes, or one in an unknown zone, bounds a time by its grain and zone.
    package init(at instant: Timestamp) {
        self.init(notBefore: instant, notAfter: instant)
    }

    /// Widened to whole seconds, for people: what held within the bounds still does.
    package var inSeconds: TimeBounds { TimeBounds(notBefore: notBefore?.roundedDown, notAfter: notAfter?.roundedUp) }

    package func contains(_ instant: Timestamp) -> Bool {
        (notBefore.map { $0 <= instant } ?? true) && (notAfter.map { instant <= $0 } ?? true)
    }

    /// Whether any instant of `day` lies within the bounds.
    package func overlaps(_ day: Day) -> Bool {
        (notBefore.map { $0 < day.adding(1).start } ?? true) && (notAfter.map { $0 >= day.start } ?? true)
    }
}
