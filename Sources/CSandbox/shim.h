#pragma once


#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Variadic functions and function-like macros are not imported.
static inline int ajar_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int ajar_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }
static inline int ajar_die_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }
static inline uint32_t ajar_errno_action(uint16_t code) { return SCMP_ACT_ERRNO(code); }
static inline int ajar_limit(int resource, rlim_t soft, rlim_t hard) {
    struct rlimit limit = {soft, hard};
    return setrlimit((__rlimit_resource_t)resource, &limit);
}
static inline long ajar_landlock_version(void) {
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}
// The kernel's structure as of Landlock's sixth version; Debian 12's header knows the first alone.
struct ajar_landlock_rules {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};
static inline long ajar_landlock_create_ruleset(const struct ajar_landlock_rules *rules, size_t size) {
    return syscall(SYS_landlock_create_ruleset, rules, size, 0);
}
static inline long ajar_landlock_restrict_self(int ruleset) {
    return syscall(SYS_landlock_restrict_self, ruleset, 0);
}
static inline int ajar_open(const char *path, int flags) { return open(path, flags, 0600); }
static inline long ajar_trace_me(void) { return ptrace(PTRACE_TRACEME, 0, NULL, NULL); }
static inline int ajar_seccomp_allow_if_equal(scmp_filter_ctx filter, int call, unsigned int argument, uint64_t value) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_CMP64(argument, SCMP_CMP_EQ, value));
}
static inline int ajar_seccomp_allow_if_clear(scmp_filter_ctx filter, int call, unsigned int argument, uint64_t bits) {
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, bits, 0));
}
static inline long ajar_fork(void) { return syscall(SYS_fork); }
// Needs _GNU_SOURCE, which Swift's own view of the C library lacks.
static inline uint64_t ajar_at_empty_path(void) { return 0x1000; }
static inline long ajar_processor_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec;
}
