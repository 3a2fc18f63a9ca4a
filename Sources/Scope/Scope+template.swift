extension Scope {
    /// A commented scope file, for a case that begins. The texts are written safely quoted; `ranges` are blocks or addresses.
    package static func template(
        name: String = "my case",
        contact: String = "name@example.org",
        ranges: [String] = ["192.0.2.0/24"]
    ) -> String {
        """
        # What this case may look at. Nothing outside it is ever contacted, whatever a server answers.

        name = \(quoted(name))
        # Sent with every request, so that the people on the other side can reach you: an address for mail, or a page.
        contact = \(quoted(contact))

        # How far collection may go: "observe" reads listings, "sample" a few files as proof, "mirror" everything.
        # More than "observe" needs the line below it.
        level = "observe"
        # authority = "who authorised this, when, and in what words"

        # From where you look, in your words; it is written down with every run.
        vantage = "not stated"

        # Names that may be looked up, and zones whose names are looked for; "*.suffix" is every name below it.
        names = []
        zones = []
        # The only servers that are asked for names: addresses, with ":port" where it is not 53.
        name_servers = []

        # The ports that a census tries.
        ports = [21, 22, 25, 53, 80, 443, 873, 8000, 8080, 8443]

        # Who is asked for a time-stamp (RFC 3161) on each checkpoint, and at which address. Nothing else is asked of them.
        # time_stamps = ["http://time.example.org/tsa 192.0.2.1"]

        [ranges]
        # Addresses, blocks with their host bits zero, or "first-last". IPv6 as well.
        in = [\(ranges.map(quoted).joined(separator: ", "))]
        # These are never contacted, though they lie inside.
        out = []

        [rate]
        # Contacts a second with one address, and with all together; connections at one time.
        per_address = 5
        total = 100
        concurrent = 32

        """
    }

    /// A TOML basic string.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": return "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7f:
                let digits = String(scalar.value, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: return String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
