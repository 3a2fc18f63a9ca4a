package import Domain

/// A practice country as its world file describes it. The file's format is in `docs/lab.md`.
package struct World: Hashable, Sendable {
    /// The file's text, as it was read.
    package var source: String
    package var name: String
    /// The addresses of the country; every host lies inside.
    package var prefix: CIDR
    /// The first and the last day that `day` may be asked for.
    package var firstDay: Day
    package var lastDay: Day
    package var zone: Zone
    package var hosts: [Host]
    package var sites: [Site]
    package var redirects: [Redirect]
    package var storage: StorageWorld
    package var accessLog: AccessLogWorld
    package var served: Served
}

extension World {
    /// The country's names: a top-level zone whose transfer is open, and subzones whose transfer is refused.
    package struct Zone: Hashable, Sendable {
        /// The mistakes found in real zones that a world may contain.
        package enum Trap: String, Hashable, Sendable, CaseIterable {
            /// `vspf1 ipv4:…` where `v=spf1 ip4:…` was meant.
            case spfTypo = "spf-typo"
            /// The reverse zones' SOA has a mailbox without its last dot, so that the zone's own name is appended.
            case reverseSOAMissingDot = "reverse-soa-missing-dot"
            /// A name server of the zone has no address in it.
            case missingGlue = "missing-glue"
        }

        /// With a final dot, such as `zz.`.
        package var origin: String
        package var serial: UInt32
        package var transferAllowed: Bool
        /// Zones below ``origin``, each with a final dot, served by the same servers and never transferred.
        package var closed: [String]
        package var traps: [Trap]
    }

    /// One address and what runs there.
    package struct Host: Hashable, Sendable {
        /// A web server's program.
        package enum WebServer: String, Hashable, Sendable, CaseIterable {
            case nginx
            case apache2
            case lighttpd
        }

        /// A service other than the web.
        package enum Service: String, Hashable, Sendable, CaseIterable {
            case dns
            case ssh
            case smtp
            case ftp
            case rsync
        }

        /// Unique in the world; with the zone's origin it is the host's name in the zone, when ``isNamed``.
        package var name: String
        package var address: IPAddress
        package var web: WebServer?
        package var services: [Service]
        /// Whether the zone and the reverse zone know the host by its name.
        package var isNamed: Bool
        /// The days on which the host is there; empty means all days.
        package var days: [ClosedRange<Day>]
        /// Whether FTP lets anyone in, and rsync lists a module to anyone.
        package var isOpen: Bool
        /// The site that answers to unknown names, by its name; nil answers 404.
        package var fallback: String?
        package var conditions: Conditions

        package func isPresent(on day: Day) -> Bool { days.isEmpty || days.contains { $0.contains(day) } }
    }

    /// A website.
    package struct Site: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable, CaseIterable {
            /// Small pages with links to other sites.
            case pages
            /// The storage server: a login page, and its data folder served without the session.
            case storage
            /// A login page beside a `/data/` that answers 200 with a page that says nothing.
            case placeholder
            /// A twin of the storage server whose `/data/` answers 401.
            case guarded
            /// An application that answers every path with its login page.
            case loginEverywhere = "login-everywhere"
            /// A server that answers every path with 200 and the same page.
            case catchAll = "catch-all"
            /// An open listing of public downloads below `/pub/`, and no login.
            case downloads
        }

        /// The full name, without a final dot; nil for a site that answers to its address alone.
        package var name: String?
        package var host: String
        package var kind: Kind
        package var title: String
        /// What the pages are about: picks the phrases.
        package var topic: String
        /// The port as the world has it (80, 443, 8888 …).
        package var port: UInt16
        package var usesTLS: Bool
        /// The names of sites that its pages link to.
        package var links: [String]

        /// The name the site is known by, in the truth and in files.
        package func label(on address: IPAddress) -> String { name ?? address.description }
    }

    /// A name that only sends its visitors to another site.
    package struct Redirect: Hashable, Decodable, Sendable {
        package var name: String
        package var host: String
        /// The name of a site.
        package var to: String
    }

    /// How the storage server serves its contents.
    package struct Served: Hashable, Decodable, Sendable {
        /// Where the copy of the server's own log lies below the user's home, such as `log/access.log`; nil for none.
        ///
        /// The copy is made anew with each batch, so it grows no more once the batches stop.
        package var log: String?
    }
}
