import Foundation

/// File systems that only one process and its children see: small disks, for what happens when one is full.
package enum OwnMounts {
    /// Whether this machine lets us mount one.
    package static let arePossible: Bool = {
        let probe = Process()
        probe.executableURL = URL(filePath: "/usr/bin/unshare")
        probe.arguments = ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        probe.standardError = FileHandle.nullDevice
        guard (try? probe.run()) != nil else { return false }
        probe.waitUntilExit()
        return probe.terminationStatus == 0
    }()
}
