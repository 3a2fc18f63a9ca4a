#pragma once

#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Variadic functions and function-like macros are not imported.
static inline int ajar_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
static inline int ajar_die_with_parent(int signal) { return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0); }
static inline unsigned int ajar_errno_action(unsigned short code) { return SCMP_ACT_ERRNO(code); }
static inline long ajar_landlock_create_ruleset(const struct landlock_ruleset_attr *attributes, size_t size, unsigned int flags) {
    return syscall(SYS_landlock_create_ruleset, attributes, size, flags);
}
static inline long ajar_landlock_restrict_self(int ruleset) {
    return syscall(SYS_landlock_restrict_self, ruleset, 0);
}
