import Glibc

/// Who works with a case: the name in its settings, or the account and the machine that this program runs as and on.
enum Operator {
    static func name(_ configuration: Configuration) -> String {
        configuration.actor ?? "\(account)@\(machine)"
    }

    private static var account: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "uid-\(getuid())" }
        return String(cString: name)
    }

    private static var machine: String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            buffer.initialize(repeating: 0)
            guard let name = buffer.baseAddress, gethostname(name, buffer.count - 1) == 0 else { return "unnamed" }
            return String(cString: name)
        }
    }
}
