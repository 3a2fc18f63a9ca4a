import CSandbox
import Domain

/// Landlock with an empty rule set: no path may be opened, made, removed or renamed, no TCP port bound or reached.
enum FileRules {
    /// What each version of Landlock can forbid, in the kernel's bits (linux/landlock.h, to version 6).
    private static func rules(version: Int) -> (rules: ajar_landlock_rules, size: Int) {
        var files: UInt64 = 0x1fff
        if version >= 2 { files |= 1 << 13 }
        if version >= 3 { files |= 1 << 14 }
        if version >= 5 { files |= 1 << 15 }
        let rules = ajar_landlock_rules(
            files: files,
            network: version >= 4 ? 0b11 : 0,
            scopes: version >= 6 ? 0b11 : 0
        )
        return (rules, version >= 6 ? 24 : version >= 4 ? 16 : 8)
    }

    static func apply() -> ReaderGreeting.Layer {
        let version = Int(ajar_landlock_version())
        guard version >= 1 else { return Confinement.layer("landlock", -1, "") }
        var (rules, size) = rules(version: version)
        let ruleset = ajar_landlock_create_ruleset(&rules, size)
        guard ruleset >= 0 else { return Confinement.layer("landlock", -1, "") }
        let refused = ajar_landlock_restrict_self(Int32(ruleset))
        close(Int32(ruleset))
        return Confinement.layer("landlock", refused == 0 ? 0 : -1, "version \(version), nothing on disk or network")
    }
}
