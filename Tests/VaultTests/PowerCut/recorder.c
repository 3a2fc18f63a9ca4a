// Loaded before a program (LD_PRELOAD), it writes down, in the order in which they were done, all changes that the
// program makes below the folder WRITE_ROOT, and what it prints: to the file WRITE_LOG.
//
// An entry is: operation (1 byte), inode (8), number (8), lengths of two texts (4 each), and the texts.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int out = -1;
static char root[4096];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("WRITE_LOG"), *folder = getenv("WRITE_ROOT");
    if (!log || !folder) return;
    snprintf(root, sizeof root, "%s/", folder);
    out = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int inside(const char *path) { return out >= 0 && strncmp(path, root, strlen(root)) == 0; }

static const char *relative(const char *path) { return path + strlen(root); }

static void put(char operation, uint64_t inode, uint64_t number, const void *a, uint32_t la, const void *b, uint32_t lb) {
    size_t size = 25 + (size_t)la + lb;
    char *entry = malloc(size);
    entry[0] = operation;
    memcpy(entry + 1, &inode, 8);
    memcpy(entry + 9, &number, 8);
    memcpy(entry + 17, &la, 4);
    memcpy(entry + 21, &lb, 4);
    if (la) memcpy(entry + 25, a, la);
    if (lb) memcpy(entry + 25 + la, b, lb);
    if (REAL(write)(out, entry, size) != (ssize_t)size) abort();
    free(entry);
}

static int path_of(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 2);
    if (length < 0) return 0;
    path[length] = 0;
    return 1;
}

// The inode of an open file below the folder; 0 for any other.
static uint64_t inode_of(int fd) {
    char path[4096];
    struct stat status;
    if (out < 0 || !path_of(fd, path, sizeof path) || !inside(path) || fstat(fd, &status) != 0) return 0;
    return S_ISREG(status.st_mode) ? status.st_ino : 0;
}

static int open_recorded(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    if (!(flags & O_CREAT) || !inside(path)) return real(path, flags, mode);
    pthread_mutex_lock(&lock);
    int was = access(path, F_OK) == 0;
    int fd = real(path, flags, mode), error = errno;
    if (fd >= 0 && !was) put('C', inode_of(fd), 0, relative(path), strlen(relative(path)), 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return open_recorded(REAL(open), path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return open_recorded(REAL(open64), path, flags, mode);
}

static ssize_t pwrite_recorded(int fd, const void *bytes, size_t count, off_t offset) {
    uint64_t inode = inode_of(fd);
    pthread_mutex_lock(&lock);
    ssize_t done = REAL(pwrite)(fd, bytes, count, offset);
    int error = errno;
    if (inode && done > 0) put('W', inode, offset, bytes, done, 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite_recorded(fd, bytes, count, offset); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return pwrite_recorded(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    if (fd != 1 || out < 0) return REAL(write)(fd, bytes, count);
    pthread_mutex_lock(&lock);
    put('A', 0, 0, bytes, count, 0, 0);
    ssize_t done = REAL(write)(fd, bytes, count);
    pthread_mutex_unlock(&lock);
    return done;
}

static int ftruncate_recorded(int fd, off_t length) {
    uint64_t inode = inode_of(fd);
    pthread_mutex_lock(&lock);
    int result = REAL(ftruncate)(fd, length), error = errno;
    if (inode && result == 0) put('T', inode, length, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int ftruncate(int fd, off_t length) { return ftruncate_recorded(fd, length); }
int ftruncate64(int fd, off_t length) { return ftruncate_recorded(fd, length); }

static int sync_recorded(int (*real)(int), int fd) {
    char path[4096];
    struct stat status;
    pthread_mutex_lock(&lock);
    int result = real(fd), error = errno;
    if (out >= 0 && result == 0 && path_of(fd, path, sizeof path) && fstat(fd, &status) == 0) {
        // A folder's path ends with a slash here, so that the root itself is inside.
        if (S_ISDIR(status.st_mode)) strcat(path, "/");
        if (inside(path)) {
            int isFolder = S_ISDIR(status.st_mode);
            put(isFolder ? 'D' : 'S', status.st_ino, 0, relative(path), strlen(relative(path)), 0, 0);
        }
    }
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int fsync(int fd) { return sync_recorded(REAL(fsync), fd); }
int fdatasync(int fd) { return sync_recorded(REAL(fdatasync), fd); }

int rename(const char *from, const char *to) {
    pthread_mutex_lock(&lock);
    int result = REAL(rename)(from, to), error = errno;
    if (result == 0 && inside(from) && inside(to))
        put('R', 0, 0, relative(from), strlen(relative(from)), relative(to), strlen(relative(to)));
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int unlink(const char *path) {
    pthread_mutex_lock(&lock);
    int result = REAL(unlink)(path), error = errno;
    if (result == 0 && inside(path)) put('U', 0, 0, relative(path), strlen(relative(path)), 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}

int mkdir(const char *path, mode_t mode) {
    pthread_mutex_lock(&lock);
    int result = REAL(mkdir)(path, mode), error = errno;
    if (result == 0 && inside(path)) put('M', 0, 0, relative(path), strlen(relative(path)), 0, 0);
    pthread_mutex_unlock(&lock);
    errno = error;
    return result;
}
