/* SPDX-License-Identifier: MIT */
/* host.h over WASI preview 1 through wasi-libc. Invariants: every call may block and never answers
 * HOST_PENDING; what preview 1 has no call for (duplicating descriptors, pipes, modes and owners,
 * processes, signals) is -ENOSYS or Linux's answer for a lone process; error numbers, open flags
 * and file modes, which differ in wasi-libc, are turned into Linux's here and nowhere else. */
#define _GNU_SOURCE
#include "host/host.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NS_PER_S INT64_C(1000000000)

static int may_block = 1;

enum linux_errno {
#define KRAIT_ERRNO(name, number) LINUX_##name = number,
#include "errno.def"
#undef KRAIT_ERRNO
};

/* wasi-libc's number and Linux's, for every error preview 1 can give. */
static const struct {
    int wasi;
    int linux_number;
} errno_pairs[] = {
    {E2BIG, LINUX_E2BIG},
    {EACCES, LINUX_EACCES},
    {EAGAIN, LINUX_EAGAIN},
    {EBADF, LINUX_EBADF},
    {EBUSY, LINUX_EBUSY},
    {ECANCELED, LINUX_ECANCELED},
    {EDOM, LINUX_EDOM},
    {EDQUOT, LINUX_EDQUOT},
    {EEXIST, LINUX_EEXIST},
    {EFAULT, LINUX_EFAULT},
    {EFBIG, LINUX_EFBIG},
    {EILSEQ, LINUX_EILSEQ},
    {EINTR, LINUX_EINTR},
    {EINVAL, LINUX_EINVAL},
    {EIO, LINUX_EIO},
    {EISDIR, LINUX_EISDIR},
    {ELOOP, LINUX_ELOOP},
    {EMFILE, LINUX_EMFILE},
    {EMLINK, LINUX_EMLINK},
    {ENAMETOOLONG, LINUX_ENAMETOOLONG},
    {ENFILE, LINUX_ENFILE},
    {ENODEV, LINUX_ENODEV},
    {ENOENT, LINUX_ENOENT},
    {ENOEXEC, LINUX_ENOEXEC},
    {ENOLCK, LINUX_ENOLCK},
    {ENOMEM, LINUX_ENOMEM},
    {ENOSPC, LINUX_ENOSPC},
    {ENOSYS, LINUX_ENOSYS},
    {ENOTDIR, LINUX_ENOTDIR},
    {ENOTEMPTY, LINUX_ENOTEMPTY},
    {ENOTSUP, LINUX_EOPNOTSUPP},
    {ENOTTY, LINUX_ENOTTY},
    {ENXIO, LINUX_ENXIO},
    {EOVERFLOW, LINUX_EOVERFLOW},
    {EPERM, LINUX_EPERM},
    {EPIPE, LINUX_EPIPE},
    {ERANGE, LINUX_ERANGE},
    {EROFS, LINUX_EROFS},
    {ESPIPE, LINUX_ESPIPE},
    {ESRCH, LINUX_ESRCH},
    {ESTALE, LINUX_ESTALE},
    {ETIMEDOUT, LINUX_ETIMEDOUT},
    {ETXTBSY, LINUX_ETXTBSY},
    {EXDEV, LINUX_EXDEV},
    /* A path outside the directories the runtime was given. */
    {ENOTCAPABLE, LINUX_EACCES},
};

static int failure(void)
{
    for (size_t i = 0; i < sizeof errno_pairs / sizeof *errno_pairs; i++)
        if (errno_pairs[i].wasi == errno)
            return -errno_pairs[i].linux_number;
    return -LINUX_EIO;
}

static int answer(int result)
{
    return result < 0 ? failure() : 0;
}

/* ---- files ---- */

enum linux_open {
    LINUX_O_ACCMODE = 3,
    LINUX_O_CREAT = 0100,
    LINUX_O_EXCL = 0200,
    LINUX_O_TRUNC = 01000,
    LINUX_O_APPEND = 02000,
    LINUX_O_NONBLOCK = 04000,
    LINUX_O_DIRECTORY = 0200000,
    LINUX_O_NOFOLLOW = 0400000
};

int host_open(const char *path, int flags, int mode)
{
    static const int access_modes[] = {O_RDONLY, O_WRONLY, O_RDWR};
    int wasi_flags, fd;

    if ((flags & LINUX_O_ACCMODE) == 3)
        return -LINUX_EINVAL;
    wasi_flags = access_modes[flags & LINUX_O_ACCMODE];
    wasi_flags |= flags & LINUX_O_CREAT ? O_CREAT : 0;
    wasi_flags |= flags & LINUX_O_EXCL ? O_EXCL : 0;
    wasi_flags |= flags & LINUX_O_TRUNC ? O_TRUNC : 0;
    wasi_flags |= flags & LINUX_O_APPEND ? O_APPEND : 0;
    wasi_flags |= flags & LINUX_O_NONBLOCK ? O_NONBLOCK : 0;
    wasi_flags |= flags & LINUX_O_DIRECTORY ? O_DIRECTORY : 0;
    wasi_flags |= flags & LINUX_O_NOFOLLOW ? O_NOFOLLOW : 0;
    fd = open(path, wasi_flags, (mode_t)mode);
    return fd < 0 ? failure() : fd;
}

int host_close(int fd)
{
    return answer(close(fd));
}

int64_t host_read(int fd, void *buf, size_t n)
{
    ssize_t got;

    if (!may_block) {
        struct pollfd polled = {.fd = fd, .events = POLLIN};
        struct stat st;

        if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode) && poll(&polled, 1, 0) == 0)
            return HOST_PENDING;
    }
    got = read(fd, buf, n);
    return got < 0 ? failure() : got;
}

int64_t host_write(int fd, const void *buf, size_t n)
{
    ssize_t put = write(fd, buf, n);

    return put < 0 ? failure() : put;
}

int64_t host_lseek(int fd, int64_t offset, int whence)
{
    /* wasi-libc numbers the three directions in its own way. */
    static const int directions[] = {SEEK_SET, SEEK_CUR, SEEK_END};
    off_t at;

    if (whence < 0 || whence > 2)
        return -LINUX_EINVAL;
    at = lseek(fd, (off_t)offset, directions[whence]);
    return at < 0 ? failure() : (int64_t)at;
}

int host_ftruncate(int fd, int64_t size)
{
    return answer(ftruncate(fd, (off_t)size));
}

int host_fsync(int fd)
{
    return answer(fsync(fd));
}

int host_isatty(int fd)
{
    struct stat st;

    if (isatty(fd))
        return 1;
    return fstat(fd, &st) < 0 ? failure() : 0;
}

int host_dup(int fd)
{
    return -LINUX_ENOSYS;
}

int host_dup2(int fd, int fd2)
{
    return -LINUX_ENOSYS;
}

int host_pipe(int fds[2])
{
    return -LINUX_ENOSYS;
}

static int64_t ns_of(struct timespec t)
{
    return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* Preview 1 tells a file's type but no permissions: plausible ones are filled in. */
static int linux_mode(mode_t mode)
{
    if (S_ISDIR(mode))
        return 0040755;
    if (S_ISLNK(mode))
        return 0120777;
    if (S_ISCHR(mode))
        return 0020666;
    if (S_ISBLK(mode))
        return 0060666;
    if (S_ISSOCK(mode))
        return 0140666;
    if (S_ISREG(mode))
        return 0100644;
    /* A pipe has no type of its own in preview 1. */
    return 0010600;
}

static void copy_stat(const struct stat *st, host_stat_t *out)
{
    *out = (host_stat_t){
        .dev = (int64_t)st->st_dev,
        .ino = (int64_t)st->st_ino,
        .size = (int64_t)st->st_size,
        .blocks = (int64_t)(st->st_size + 511) / 512,
        .atime_ns = ns_of(st->st_atim),
        .mtime_ns = ns_of(st->st_mtim),
        .ctime_ns = ns_of(st->st_ctim),
        .mode = linux_mode(st->st_mode),
        .nlink = (int32_t)st->st_nlink,
        .blksize = 4096,
    };
}

int host_openpty(int fds[2])
{
    return -LINUX_ENOSYS;
}

int host_fstat(int fd, host_stat_t *out)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return failure();
    copy_stat(&st, out);
    return 0;
}

int host_stat(const char *path, int follow, host_stat_t *out)
{
    struct stat st;

    if ((follow ? stat(path, &st) : lstat(path, &st)) < 0)
        return failure();
    copy_stat(&st, out);
    return 0;
}

int host_unlink(const char *path)
{
    return answer(unlink(path));
}

int host_rename(const char *from, const char *to)
{
    return answer(rename(from, to));
}

int host_link(const char *from, const char *to)
{
    return answer(link(from, to));
}

int host_symlink(const char *target, const char *path)
{
    return answer(symlink(target, path));
}

int64_t host_readlink(const char *path, char *buf, size_t n)
{
    ssize_t length = readlink(path, buf, n);

    return length < 0 ? failure() : length;
}

int host_mkdir(const char *path, int mode)
{
    return answer(mkdir(path, (mode_t)mode));
}

int host_rmdir(const char *path)
{
    return answer(rmdir(path));
}

int host_chmod(const char *path, int mode)
{
    return -LINUX_ENOSYS;
}

int host_chown(const char *path, int uid, int gid, int follow)
{
    return -LINUX_ENOSYS;
}

static struct timespec timespec_of(int64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = (int32_t)(ns % NS_PER_S)};

    if (t.tv_nsec < 0) {
        t.tv_nsec += (int32_t)NS_PER_S;
        t.tv_sec--;
    }
    return t;
}

int host_utime(const char *path, int64_t atime_ns, int64_t mtime_ns)
{
    struct timespec times[2] = {timespec_of(atime_ns), timespec_of(mtime_ns)};

    return answer(utimensat(AT_FDCWD, path, times, 0));
}

int host_access(const char *path, int mode)
{
    int wasi_mode = F_OK;

    wasi_mode |= mode & 4 ? R_OK : 0;
    wasi_mode |= mode & 2 ? W_OK : 0;
    wasi_mode |= mode & 1 ? X_OK : 0;
    return answer(access(path, wasi_mode));
}

int64_t host_listdir(const char *path, char *buf, size_t n)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    size_t used = 0;
    int failed;

    if (dir == NULL)
        return failure();
    for (;;) {
        size_t length;

        errno = 0;
        entry = readdir(dir);
        if (entry == NULL)
            break;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        length = strlen(entry->d_name) + 1;
        if (used + length <= n)
            memcpy(buf + used, entry->d_name, length);
        used += length;
    }
    failed = errno ? failure() : 0;
    closedir(dir);
    return failed ? failed : (int64_t)used;
}

/* WASI has no current folder: a shell's is taken over from PWD, when it is opened to us. */
__attribute__((constructor)) static void enter_first_folder(void)
{
    const char *folder = getenv("PWD");

    if (folder != NULL && folder[0] == '/' && chdir(folder) != 0)
        errno = 0;
}

int64_t host_getcwd(char *buf, size_t n)
{
    if (getcwd(buf, n) == NULL)
        return failure();
    return (int64_t)strlen(buf);
}

int host_chdir(const char *path)
{
    return answer(chdir(path));
}

/* Nothing here has permissions for a mask to clear; the value is kept for who asks. */
int host_umask(int mask)
{
    static int current = 022;
    int old = current;

    current = mask & 0777;
    return old;
}

enum linux_fcntl { LINUX_F_GETFD = 1, LINUX_F_SETFD = 2, LINUX_F_GETFL = 3, LINUX_F_SETFL = 4 };

/* One process: what it locks stands in nobody's way. */
int host_flock(int fd, int operation)
{
    struct stat st;

    return fstat(fd, &st) < 0 ? failure() : 0;
}

int host_lock(int fd, int cmd, host_lock_t *lock)
{
    if (cmd == 5)
        lock->type = 2;
    return host_flock(fd, 1);
}

int host_fcntl(int fd, int cmd, int64_t arg)
{
    int flags, linux_flags;

    switch (cmd) {
    case LINUX_F_GETFD:
    case LINUX_F_SETFD: {
        struct stat st;

        return fstat(fd, &st) < 0 ? failure() : 0;
    }
    case LINUX_F_GETFL:
        flags = fcntl(fd, F_GETFL);
        if (flags < 0)
            return failure();
        linux_flags = (flags & O_ACCMODE) == O_RDONLY ? 0 : (flags & O_ACCMODE) == O_WRONLY ? 1 : 2;
        linux_flags |= flags & O_APPEND ? LINUX_O_APPEND : 0;
        linux_flags |= flags & O_NONBLOCK ? LINUX_O_NONBLOCK : 0;
        return linux_flags;
    case LINUX_F_SETFL:
        flags = arg & LINUX_O_APPEND ? O_APPEND : 0;
        flags |= arg & LINUX_O_NONBLOCK ? O_NONBLOCK : 0;
        return answer(fcntl(fd, F_SETFL, flags));
    default:
        return -LINUX_EINVAL;
    }
}

int host_epoll_create(void)
{
    return -LINUX_ENOSYS;
}

int host_epoll_control(int epoll, int operation, int fd, uint32_t events)
{
    return -LINUX_ENOSYS;
}

int host_epoll_wait(int epoll, host_epoll_event_t *out, int most)
{
    return -LINUX_ENOSYS;
}

int host_poll(int nfds, const uint8_t *want, uint8_t *ready)
{
    struct pollfd *polled = calloc(nfds > 0 ? (size_t)nfds : 1, sizeof *polled);
    nfds_t used = 0;
    int count = 0;

    if (polled == NULL)
        return -LINUX_ENOMEM;
    for (int i = 0; i < nfds; i++) {
        ready[i] = 0;
        if (!want[i])
            continue;
        polled[used].fd = i;
        polled[used].events = (short)((want[i] & 1 ? POLLIN : 0) | (want[i] & 2 ? POLLOUT : 0));
        used++;
    }
    if (used > 0)
        count = poll(polled, used, 0);
    if (count < 0)
        count = failure();
    for (nfds_t i = 0; i < used && count >= 0; i++) {
        short got = polled[i].revents;
        int fd = polled[i].fd;

        if (got & POLLNVAL) {
            count = -LINUX_EBADF;
            break;
        }
        if (got & (POLLIN | POLLHUP | POLLERR))
            ready[fd] |= want[fd] & 1;
        if (got & (POLLOUT | POLLERR))
            ready[fd] |= want[fd] & 2;
    }
    free(polled);
    return count;
}

/* ---- waiting ---- */

/* How often descriptors that are waited for are looked at, in seconds. */
#define LOOK_EVERY 0.002

void host_blocking(int on)
{
    may_block = on;
}

int host_events(void)
{
    return (int)((double)host_clock_ns(HOST_CLOCK_MONOTONIC) / (LOOK_EVERY * 1e9)) & INT_MAX;
}

int host_wait(int seen, double seconds, int files, int here)
{
    struct timespec t;

    if (seconds < 0 || seconds > 1e9)
        seconds = 1e9;
    if (files && seconds > LOOK_EVERY)
        seconds = LOOK_EVERY;
    t.tv_sec = (time_t)seconds;
    t.tv_nsec = (int32_t)((seconds - (double)t.tv_sec) * 1e9);
    return answer(nanosleep(&t, NULL));
}

/* ---- time ---- */

int64_t host_clock_ns(int which)
{
    struct timespec t;
    /* Not every runtime has a clock of CPU time; a process that never sleeps long is near enough.
     */
    int failed = clock_gettime(which == HOST_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC, &t);
    static int64_t start = -1;

    if (failed < 0)
        return failure();
    if (which != HOST_CLOCK_CPU)
        return ns_of(t);
    if (start < 0)
        start = ns_of(t);
    return ns_of(t) - start;
}

/* wasi-libc has no time zones: local time is UTC. */
void host_localtime(int64_t seconds, host_tm_t *out)
{
    time_t when = (time_t)seconds;
    struct tm tm;

    memset(out, 0, sizeof *out);
    if (gmtime_r(&when, &tm) == NULL)
        return;
    *out = (host_tm_t){
        .year = tm.tm_year + 1900,
        .mon = tm.tm_mon,
        .mday = tm.tm_mday,
        .hour = tm.tm_hour,
        .min = tm.tm_min,
        .sec = tm.tm_sec,
        .wday = tm.tm_wday,
        .yday = tm.tm_yday,
        .zone = "UTC",
    };
}

int host_mktime(const host_tm_t *in, int64_t *seconds)
{
    struct tm tm = {
        .tm_year = in->year - 1900,
        .tm_mon = in->mon,
        .tm_mday = in->mday,
        .tm_hour = in->hour,
        .tm_min = in->min,
        .tm_sec = in->sec,
        .tm_wday = -1,
    };
    time_t when = timegm(&tm);

    if (when == (time_t)-1 && tm.tm_wday == -1)
        return -LINUX_EOVERFLOW;
    *seconds = (int64_t)when;
    return 0;
}

int host_tzset(const char *tz)
{
    return 0;
}

/* ---- the rest ---- */

int host_random(void *buf, size_t n)
{
    unsigned char *at = buf;

    while (n > 0) {
        size_t part = n > 256 ? 256 : n;

        if (getentropy(at, part) < 0)
            return failure();
        at += part;
        n -= part;
    }
    return 0;
}

/* A lone process: its number is what a container's first process has. */
int host_getpid(void)
{
    return 1;
}

int host_getppid(void)
{
    return 0;
}

int host_getuid(void)
{
    return 0;
}

int host_getgid(void)
{
    return 0;
}

static uint64_t pending_signals, caught_signals, ignored_signals;

int host_kill(int pid, int sig)
{
    uint64_t bit;

    if (sig < 0 || sig > 64)
        return -LINUX_EINVAL;
    if (pid != host_getpid())
        return -LINUX_ESRCH;
    if (sig == 0)
        return 0;
    bit = UINT64_C(1) << (sig - 1);
    if (caught_signals & bit)
        pending_signals |= bit;
    else if (!(ignored_signals & bit))
        host_abort(sig);
    return 0;
}

int host_fork(void)
{
    return -LINUX_ENOSYS;
}

int host_exec(const char *path, char *const *argv, char *const *envp)
{
    return -LINUX_ENOSYS;
}

int host_spawn(const char *path, char *const *argv, char *const *envp, const int *fds, int n)
{
    return -LINUX_ENOSYS;
}

int host_why_alone(char *buf, size_t n)
{
    return 0;
}

int host_waitpid(int pid, int options, int *status)
{
    return -LINUX_ECHILD;
}

int host_getpgid(int pid)
{
    return pid == 0 || pid == host_getpid() ? host_getpid() : -LINUX_ESRCH;
}

int host_setpgid(int pid, int pgid)
{
    return -LINUX_EPERM;
}

int host_getsid(int pid)
{
    return host_getpgid(pid);
}

int host_setsid(void)
{
    return -LINUX_EPERM;
}

/* ---- what other targets' processes share ---- */

int64_t host_sem_new(int value)
{
    return -LINUX_ENOSYS;
}

int host_sem_wait(int64_t sem, double seconds)
{
    return -LINUX_ENOSYS;
}

int host_sem_post(int64_t sem, int max)
{
    return -LINUX_ENOSYS;
}

int host_sem_value(int64_t sem)
{
    return -LINUX_ENOSYS;
}

void host_sem_close(int64_t sem) {}

int64_t host_segment_new(size_t size)
{
    void *memory = calloc(size, 1);

    return memory == NULL ? -LINUX_ENOMEM : (int64_t)(intptr_t)memory;
}

int64_t host_segment_of_file(int fd, int64_t offset, size_t size, int writable)
{
    return -LINUX_ENOSYS;
}

void *host_segment_memory(int64_t segment)
{
    return (void *)(intptr_t)segment;
}

void host_segment_read(int64_t segment, size_t at, void *buf, size_t n)
{
    memcpy(buf, (char *)(intptr_t)segment + at, n);
}

void host_segment_write(int64_t segment, size_t at, const void *buf, size_t n)
{
    memcpy((char *)(intptr_t)segment + at, buf, n);
}

int host_segment_flush(int64_t segment, size_t at, size_t n)
{
    return 0;
}

void host_segment_close(int64_t segment, size_t size)
{
    free((void *)(intptr_t)segment);
}

int host_send_fd(int socket, int fd)
{
    return -LINUX_ENOSYS;
}

int host_recv_fd(int socket)
{
    return -LINUX_ENOSYS;
}

int host_cpu_count(void)
{
    return 1;
}

/* Nothing is limited that preview 1 could tell, or change. */
int host_getrlimit(int which, int64_t *soft, int64_t *hard)
{
    *soft = *hard = -1;
    return 0;
}

int host_setrlimit(int which, int64_t soft, int64_t hard)
{
    return hard != -1 && (soft == -1 || soft > hard) ? -LINUX_EINVAL : -LINUX_EPERM;
}

int host_rusage(int who, double times[2], int64_t numbers[14])
{
    memset(numbers, 0, 14 * sizeof *numbers);
    times[0] = who == 0 ? (double)host_clock_ns(HOST_CLOCK_CPU) / 1e9 : 0;
    times[1] = 0;
    return who == 0 || who == -1 ? 0 : -LINUX_EINVAL;
}

void host_exit(int status)
{
    _Exit(status);
}

void host_abort(int sig)
{
    _Exit(128 + sig);
}

int host_poll_signal(void)
{
    for (int sig = 1; pending_signals >> (sig - 1); sig++) {
        uint64_t bit = UINT64_C(1) << (sig - 1);

        if (pending_signals & bit) {
            pending_signals &= ~bit;
            return sig;
        }
        if (sig == 64)
            break;
    }
    return 0;
}

int host_signal_disposition(int sig, int how)
{
    uint64_t bit;

    if (sig < 1 || sig > 64)
        return -LINUX_EINVAL;
    bit = UINT64_C(1) << (sig - 1);
    caught_signals &= ~bit;
    ignored_signals &= ~bit;
    if (how == 2)
        caught_signals |= bit;
    if (how == 1)
        ignored_signals |= bit;
    return 0;
}

int host_setitimer(int which, int set, double value, double interval, double *old_value,
                   double *old_interval)
{
    return -LINUX_ENOSYS;
}

int64_t host_readline(const char *prompt, char *buf, size_t n)
{
    size_t used = 0;

    if (n < 2)
        return -LINUX_EINVAL;
    if (prompt && *prompt && write(2, prompt, strlen(prompt)) < 0)
        return failure();
    while (used + 1 < n) {
        ssize_t got = read(0, buf + used, 1);

        if (got < 0)
            return failure();
        if (got == 0 || buf[used++] == '\n')
            break;
    }
    buf[used] = '\0';
    return (int64_t)used;
}

int host_terminal_size(int fd, int *columns, int *rows)
{
    return -LINUX_ENOTTY;
}

/* Preview 1 cannot tell; runtimes commonly give a megabyte. */
int host_stack_size(void)
{
    return 1250;
}

int host_call_on_new_stack(void (*run)(void *), void *arg)
{
    return -LINUX_ENOSYS;
}

/* ---- sockets: preview 1 cannot make any ---- */

int host_socket(int family, int type, int proto)
{
    return -LINUX_ENOSYS;
}

int host_socketpair(int family, int type, int proto, int fds[2])
{
    return -LINUX_ENOSYS;
}

int host_bind(int fd, const void *addr, int addr_n)
{
    return -LINUX_ENOSYS;
}

int host_listen(int fd, int backlog)
{
    return -LINUX_ENOSYS;
}

int host_accept(int fd, void *addr, int *addr_n)
{
    return -LINUX_ENOSYS;
}

int host_connect(int fd, const void *addr, int addr_n)
{
    return -LINUX_ENOSYS;
}

int host_shutdown(int fd, int how)
{
    return -LINUX_ENOSYS;
}

int host_sockname(int fd, int peer, void *addr, int *addr_n)
{
    return -LINUX_ENOSYS;
}

int host_getsockopt(int fd, int level, int option, void *value, int *n)
{
    return -LINUX_ENOSYS;
}

int host_setsockopt(int fd, int level, int option, const void *value, int n)
{
    return -LINUX_ENOSYS;
}

int64_t host_recv(int fd, void *buf, size_t n, int flags, void *addr, int *addr_n)
{
    return -LINUX_ENOSYS;
}

int64_t host_send(int fd, const void *buf, size_t n, int flags, const void *addr, int addr_n)
{
    return -LINUX_ENOSYS;
}

int host_resolve(const char *name, uint8_t *out, int room)
{
    enum { NO_NAME = -2 };
    static const uint8_t loopback[4] = {127, 0, 0, 1};

    if (room < 1 || (strcmp(name, "localhost") != 0 && strcmp(name, "krait") != 0))
        return HOST_GAI + NO_NAME;
    memcpy(out, loopback, 4);
    return 1;
}

int host_resolve_back(const uint8_t ip[4], char *name, size_t n)
{
    if (ip[0] != 127)
        return -LINUX_ENOENT;
    return snprintf(name, n, "localhost");
}

int host_hostname(char *name, size_t n)
{
    return snprintf(name, n, "krait");
}
