import CSandbox
import Glibc

/// What a taken-over reader would try, tried on purpose: `reader --try ACT` does it after confinement and tells.
enum Trial: String, CaseIterable {
    case open
    case write
    case connect
    case exec
    case fork
    case trace
    case signal
    case executableMemory = "executable-memory"

    /// Prints one line, `open: refused (Operation not permitted)` or `open: DONE`; true when the act was refused.
    func run() -> Bool {
        errno = 0
        let succeeded = attempt()
        let reason = String(cString: strerror(errno))
        print("\(rawValue): \(succeeded ? "DONE" : "refused (\(reason))")")
        return !succeeded
    }

    private func attempt() -> Bool {
        switch self {
        case .open: return ajar_open("/etc/hostname", O_RDONLY) >= 0
        case .write: return ajar_open("/tmp/ajar-reader-trial", O_WRONLY | O_CREAT) >= 0
        case .connect: return connects()
        case .exec:
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
            var environment: [UnsafeMutablePointer<CChar>?] = [nil]
            // Only returns when refused: had it worked, `true` would end with 0 and print nothing.
            execve("/bin/true", &arguments, &environment)
            return false
        case .fork: return syscallFork()
        case .trace: return ajar_trace_me() == 0
        case .signal: return kill(getppid(), 0) == 0
        case .executableMemory:
            return mmap(nil, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED
        }
    }

    private func connects() -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { return false }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(9).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        // A refused connection was still an attempt that left the process.
        return result == 0 || errno == ECONNREFUSED
    }

    private func syscallFork() -> Bool {
        let child = ajar_fork()
        if child == 0 { _exit(0) }
        return child > 0
    }
}
