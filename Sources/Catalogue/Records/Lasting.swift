package import Domain

/// Something seen over time, as far as it was looked at.
package struct Lasting<Value: Sendable>: Sendable {
    /// As it was when it was last seen.
    package var value: Value
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    /// The first look that asked for it and did not find it; nil while nothing says that it is gone.
    package var absentSince: Timestamp?

    package init(_ value: Value, firstSeen: Timestamp, lastSeen: Timestamp, absentSince: Timestamp? = nil) {
        self.value = value
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.absentSince = absentSince
    }

    package var isPresent: Bool { absentSince == nil }

    /// When it went: after it was last seen, and no later than the look that missed it. Nil while it is present.
    package var gone: TimeBounds? {
        absentSince.map { TimeBounds(notBefore: lastSeen, notAfter: $0) }
    }
}

extension Lasting: Encodable where Value: Encodable {}

extension Lasting<Door> {
    /// Whether it is a door that stands open as far as is known; what nobody can tell is no claim.
    package var isOpen: Bool { isPresent && value.grade != .cannotTell }
}
