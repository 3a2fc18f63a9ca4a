import CSandbox
import Domain
import Glibc

/// A seccomp filter that lets through the few system calls that decoding in memory needs, and refuses every other.
enum CallFilter {
    /// Calls that need no look at their arguments.
    private static let allowed = [
        SYS_read, SYS_write, SYS_writev, SYS_munmap, SYS_mremap, SYS_madvise, SYS_brk, SYS_futex, SYS_exit,
        SYS_exit_group, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_clock_gettime,
        SYS_gettimeofday, SYS_getpid, SYS_gettid, SYS_close, SYS_fstat, SYS_lseek, SYS_sched_yield,
        SYS_sched_getaffinity, SYS_getrandom, SYS_getrusage, SYS_tgkill, SYS_getcpu,
    ]

    static func apply() -> ReaderGreeting.Layer {
        guard let filter = seccomp_init(ajar_errno_action(UInt16(EPERM))) else {
            return Confinement.layer("seccomp", -1, "")
        }
        defer { seccomp_release(filter) }
        var refused: Int32 = 0
        for call in allowed {
            refused |= seccomp_rule_add_array(filter, UInt32(SCMP_ACT_ALLOW), Int32(call), 0, nil)
        }
        // Memory may be mapped, but never made executable; of limits, only the own processor time may be set.
        refused |= ajar_seccomp_allow_if_clear(filter, Int32(SYS_mmap), 2, UInt64(PROT_EXEC))
        refused |= ajar_seccomp_allow_if_clear(filter, Int32(SYS_mprotect), 2, UInt64(PROT_EXEC))
        refused |= ajar_seccomp_allow_if_equal(filter, Int32(SYS_prlimit64), 1, UInt64(RLIMIT_CPU.rawValue))
        // C's fstat is this call with an empty path.
        refused |= ajar_seccomp_allow_if_equal(filter, Int32(SYS_newfstatat), 3, ajar_at_empty_path())
        refused |= seccomp_load(filter)
        return Confinement.layer("seccomp", refused, "\(allowed.count + 4) system calls allowed, the others refused")
    }
}
