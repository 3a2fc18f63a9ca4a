import Domain

/// A name that may be a website, and how it came to be known.
struct Candidate: Sendable {
    var name: String
    var origins: Set<NameOrigin>
    /// Where it resolves to, in scope.
    var addresses: Set<IPAddress> = []
    /// Where a certificate or a redirect named it, for names that do not resolve.
    var namedAt: Set<IPAddress> = []

    /// Where to ask for it.
    var places: Set<IPAddress> { addresses.isEmpty ? namedAt : addresses }
}

/// How good a name's claim to a default page is: the smallest wins.
///
/// The page's own word counts most, then its certificate's; then whether anybody speaks of the name as a website; a
/// machine's name in the reverse zone comes last.
package struct ClaimRank: Comparable, Hashable, Sendable {
    package enum Ground: Int, Comparable, Sendable {
        case page
        case certificate
        case spokenOf
        case zone
        case machine

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package var ground: Ground
    package var name: String

    package init(ground: Ground, name: String) {
        (self.ground, self.name) = (ground, name)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.ground, left.labels, left.name.utf8.count, left.name)
            < (right.ground, right.labels, right.name.utf8.count, right.name)
    }

    private var labels: Int { name.split(separator: ".").count }
}
