import TestSupport

/// A small world whose addresses are silent, lossy and slow.
enum NamespaceWorld {
    /// `prefix` is the first three bytes of its addresses.
    static func text(_ prefix: String) -> String {
        """
        name = "Far"
        prefix = "\(prefix).0/26"
        first-day = "2024-01-01"
        last-day = "2024-01-12"

        [zone]
        origin = "ww."
        serial = 1

        [[host]]
        name = "plain"
        address = "\(prefix).10"
        web = "nginx"
        services = ["ssh", "dns"]

        [[host]]
        name = "silent"
        address = "\(prefix).20"
        web = "lighttpd"
        services = ["ssh", "smtp"]
        silent = true

        [[host]]
        name = "lossy"
        address = "\(prefix).30"
        services = ["ssh", "smtp", "ftp"]
        loss = 0.3

        [[host]]
        name = "slow"
        address = "\(prefix).40"
        web = "lighttpd"
        services = ["ssh"]
        delay-ms = 300
        rate-kbit = 32

        [[host]]
        name = "guest"
        address = "\(prefix).50"
        services = ["ssh"]
        days = ["2024-01-02..2024-01-02"]

        [[site]]
        name = "one.ww"
        host = "plain"
        title = "One"
        links = ["three.ww"]

        [[site]]
        name = "two.ww"
        host = "silent"
        title = "Two"

        [[site]]
        name = "three.ww"
        host = "slow"
        title = "Three"

        \(littleContents)
        """
    }
}
