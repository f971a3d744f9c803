/* SPDX-License-Identifier: MIT */
/* host.h over POSIX, for the native build. Invariants: calls block unless host_blocking(0) has been
 * said; a signal handler only sets a bit, and the VM takes it at its next poll. */
#define _GNU_SOURCE
#include "host/host.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <sys/epoll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "host_posix.h"

#define NS_PER_S INT64_C(1000000000)
#define ANSWER(expression) ((expression) < 0 ? -errno : 0)

static atomic_uint_least64_t pending_signals;
static int may_block = 1;

/* Whether a call on the descriptor would block although it must not. */
static int must_wait(int fd, short events)
{
    struct pollfd polled = {.fd = fd, .events = events};

    return !may_block && poll(&polled, 1, 0) == 0 && !(fcntl(fd, F_GETFL) & O_NONBLOCK);
}

int krait_posix_may_block(void)
{
    return may_block;
}

int krait_posix_must_wait(int fd, int read)
{
    return must_wait(fd, read ? POLLIN : POLLOUT);
}

/* ---- files ---- */

int host_open(const char *path, int flags, int mode)
{
    int fd = open(path, flags, (mode_t)mode);

    return fd < 0 ? -errno : fd;
}

int host_close(int fd)
{
    return ANSWER(close(fd));
}

int64_t host_read(int fd, void *buf, size_t n)
{
    ssize_t got;

    if (must_wait(fd, POLLIN))
        return HOST_PENDING;
    got = read(fd, buf, n);
    return got < 0 ? -errno : got;
}

int64_t host_write(int fd, const void *buf, size_t n)
{
    ssize_t put;

    if (must_wait(fd, POLLOUT))
        return HOST_PENDING;
    /* What is more than a pipe surely takes would block in the middle. */
    put = write(fd, buf, may_block || n < PIPE_BUF ? n : PIPE_BUF);
    return put < 0 ? -errno : put;
}

int64_t host_lseek(int fd, int64_t offset, int whence)
{
    off_t at = lseek(fd, (off_t)offset, whence);

    return at < 0 ? -errno : (int64_t)at;
}

int host_ftruncate(int fd, int64_t size)
{
    return ANSWER(ftruncate(fd, (off_t)size));
}

int host_fsync(int fd)
{
    return ANSWER(fsync(fd));
}

int host_isatty(int fd)
{
    if (isatty(fd))
        return 1;
    return errno == EBADF ? -EBADF : 0;
}

int host_dup(int fd)
{
    int copy = dup(fd);

    return copy < 0 ? -errno : copy;
}

int host_dup2(int fd, int fd2)
{
    int copy = dup2(fd, fd2);

    return copy < 0 ? -errno : copy;
}

int host_pipe(int fds[2])
{
    return ANSWER(pipe(fds));
}

static int64_t ns_of(struct timespec t)
{
    return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

static void copy_stat(const struct stat *st, host_stat_t *out)
{
    *out = (host_stat_t){
        .dev = (int64_t)st->st_dev,
        .ino = (int64_t)st->st_ino,
        .size = (int64_t)st->st_size,
        .blocks = (int64_t)st->st_blocks,
        .atime_ns = ns_of(st->st_atim),
        .mtime_ns = ns_of(st->st_mtim),
        .ctime_ns = ns_of(st->st_ctim),
        .mode = (int32_t)st->st_mode,
        .nlink = (int32_t)st->st_nlink,
        .uid = (int32_t)st->st_uid,
        .gid = (int32_t)st->st_gid,
        .blksize = (int32_t)st->st_blksize,
        .rdev = (int32_t)st->st_rdev,
    };
}

int host_openpty(int fds[2])
{
    return ANSWER(openpty(&fds[0], &fds[1], NULL, NULL, NULL));
}

int host_fstat(int fd, host_stat_t *out)
{
    struct stat st;

    if (fstat(fd, &st) < 0)
        return -errno;
    copy_stat(&st, out);
    return 0;
}

int host_stat(const char *path, int follow, host_stat_t *out)
{
    struct stat st;

    if ((follow ? stat(path, &st) : lstat(path, &st)) < 0)
        return -errno;
    copy_stat(&st, out);
    return 0;
}

int host_unlink(const char *path)
{
    return ANSWER(unlink(path));
}

int host_rename(const char *from, const char *to)
{
    return ANSWER(rename(from, to));
}

int host_link(const char *from, const char *to)
{
    return ANSWER(link(from, to));
}

int host_symlink(const char *target, const char *path)
{
    return ANSWER(symlink(target, path));
}

int64_t host_readlink(const char *path, char *buf, size_t n)
{
    ssize_t length = readlink(path, buf, n);

    return length < 0 ? -errno : length;
}

int host_mkdir(const char *path, int mode)
{
    return ANSWER(mkdir(path, (mode_t)mode));
}

int host_rmdir(const char *path)
{
    return ANSWER(rmdir(path));
}

int host_chmod(const char *path, int mode)
{
    return ANSWER(chmod(path, (mode_t)mode));
}

int host_chown(const char *path, int uid, int gid, int follow)
{
    return ANSWER(follow ? chown(path, (uid_t)uid, (gid_t)gid)
                         : lchown(path, (uid_t)uid, (gid_t)gid));
}

static struct timespec timespec_of(int64_t ns)
{
    struct timespec t = {.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = ns % NS_PER_S};

    if (t.tv_nsec < 0) {
        t.tv_nsec += NS_PER_S;
        t.tv_sec--;
    }
    return t;
}

int host_utime(const char *path, int64_t atime_ns, int64_t mtime_ns)
{
    struct timespec times[2] = {timespec_of(atime_ns), timespec_of(mtime_ns)};

    return ANSWER(utimensat(AT_FDCWD, path, times, 0));
}

int host_access(const char *path, int mode)
{
    return ANSWER(access(path, mode));
}

int64_t host_listdir(const char *path, char *buf, size_t n)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    size_t used = 0;
    int error;

    if (dir == NULL)
        return -errno;
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
    error = errno;
    closedir(dir);
    return error ? -error : (int64_t)used;
}

int64_t host_getcwd(char *buf, size_t n)
{
    if (getcwd(buf, n) == NULL)
        return -errno;
    return (int64_t)strlen(buf);
}

int host_chdir(const char *path)
{
    return ANSWER(chdir(path));
}

int host_umask(int mask)
{
    return (int)umask((mode_t)mask);
}

int host_fcntl(int fd, int cmd, int64_t arg)
{
    int answer = fcntl(fd, cmd, (long)arg);

    return answer < 0 ? -errno : answer;
}

int host_flock(int fd, int operation)
{
    return flock(fd, operation | LOCK_NB) < 0 ? -errno : 0;
}

int host_lock(int fd, int cmd, host_lock_t *lock)
{
    struct flock l = {.l_type = (short)lock->type,
                      .l_whence = SEEK_SET,
                      .l_start = lock->start,
                      .l_len = lock->length};

    if (fcntl(fd, cmd, &l) < 0)
        return errno == EACCES ? -EAGAIN : -errno;
    *lock = (host_lock_t){.type = l.l_type, .pid = l.l_pid, .start = l.l_start, .length = l.l_len};
    return 0;
}

/* Only the wanted ones are handed on: the system takes no more than may be open. */
int host_poll(int nfds, const uint8_t *want, uint8_t *ready)
{
    struct pollfd *polled = calloc(nfds > 0 ? (size_t)nfds : 1, sizeof *polled);
    nfds_t used = 0;
    int count;

    if (polled == NULL)
        return -ENOMEM;
    for (int i = 0; i < nfds; i++) {
        if (!want[i])
            continue;
        polled[used].fd = i;
        polled[used].events = (short)((want[i] & 1 ? POLLIN : 0) | (want[i] & 2 ? POLLOUT : 0) |
                                      (want[i] & 4 ? POLLPRI : 0));
        used++;
    }
    count = poll(polled, used, 0);
    if (count < 0)
        count = -errno;
    memset(ready, 0, nfds > 0 ? (size_t)nfds : 0);
    for (nfds_t n = 0; n < used && count >= 0; n++) {
        short got = polled[n].revents;
        int i = polled[n].fd;

        if (want[i] & 8) {
            ready[i] = (uint8_t)((got & POLLIN ? 1 : 0) | (got & POLLOUT ? 2 : 0) |
                                 (got & POLLPRI ? 4 : 0) | (got & POLLERR ? 8 : 0) |
                                 (got & POLLHUP ? 16 : 0) | (got & POLLNVAL ? 32 : 0));
            continue;
        }
        if (got & POLLNVAL) {
            count = -EBADF;
            break;
        }
        if (got & (POLLIN | POLLHUP | POLLERR))
            ready[i] |= want[i] & 1;
        if (got & (POLLOUT | POLLERR))
            ready[i] |= want[i] & 2;
        if (got & POLLPRI)
            ready[i] |= want[i] & 4;
    }
    free(polled);
    return count;
}

int host_epoll_create(void)
{
    int fd = epoll_create1(0);

    return fd < 0 ? -errno : fd;
}

int host_epoll_control(int epoll, int operation, int fd, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};

    return ANSWER(epoll_ctl(epoll, operation, fd, &event));
}

int host_epoll_wait(int epoll, host_epoll_event_t *out, int most)
{
    struct epoll_event *events = calloc(most > 0 ? (size_t)most : 1, sizeof *events);
    int count;

    if (events == NULL)
        return -ENOMEM;
    count = epoll_wait(epoll, events, most, 0);
    if (count < 0)
        count = -errno;
    for (int i = 0; i < count; i++)
        out[i] = (host_epoll_event_t){.fd = events[i].data.fd, .events = events[i].events};
    free(events);
    return count;
}

/* ---- waiting ---- */

/* How often descriptors that are waited for are looked at, in seconds. */
#define LOOK_EVERY 0.001

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
    if (atomic_load_explicit(&pending_signals, memory_order_relaxed) != 0)
        return -EINTR;
    t.tv_sec = (time_t)seconds;
    t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
    return ANSWER(nanosleep(&t, NULL));
}

/* ---- time ---- */

int64_t host_clock_ns(int which)
{
    struct timespec t;
    clockid_t clock = which == HOST_CLOCK_REALTIME    ? CLOCK_REALTIME
                      : which == HOST_CLOCK_MONOTONIC ? CLOCK_MONOTONIC
                                                      : CLOCK_PROCESS_CPUTIME_ID;

    if (clock_gettime(clock, &t) < 0)
        return -errno;
    return ns_of(t);
}

void host_localtime(int64_t seconds, host_tm_t *out)
{
    time_t when = (time_t)seconds;
    struct tm tm;

    memset(out, 0, sizeof *out);
    if (localtime_r(&when, &tm) == NULL)
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
        .isdst = tm.tm_isdst,
        .gmtoff = (int32_t)tm.tm_gmtoff,
    };
    snprintf(out->zone, sizeof out->zone, "%s", tm.tm_zone ? tm.tm_zone : "");
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
        .tm_isdst = in->isdst,
    };
    time_t when = mktime(&tm);

    /* -1 is also a moment; mktime fills in the day of the week only when it succeeds. */
    if (when == (time_t)-1 && tm.tm_wday == -1)
        return -EOVERFLOW;
    *seconds = (int64_t)when;
    return 0;
}

int host_tzset(const char *tz)
{
    int failed = tz ? setenv("TZ", tz, 1) : unsetenv("TZ");

    tzset();
    return ANSWER(failed);
}

/* ---- the rest ---- */

int host_random(void *buf, size_t n)
{
    unsigned char *at = buf;

    while (n > 0) {
        size_t part = n > 256 ? 256 : n;

        if (getentropy(at, part) < 0)
            return -errno;
        at += part;
        n -= part;
    }
    return 0;
}

int host_getpid(void)
{
    return (int)getpid();
}

int host_getppid(void)
{
    return (int)getppid();
}

int host_getuid(void)
{
    return (int)getuid();
}

int host_getgid(void)
{
    return (int)getgid();
}

int host_kill(int pid, int sig)
{
    return ANSWER(kill((pid_t)pid, sig));
}

int host_fork(void)
{
    pid_t pid = fork();

    return pid < 0 ? -errno : (int)pid;
}

int host_exec(const char *path, char *const *argv, char *const *envp)
{
    execve(path, argv, envp);
    return -errno;
}

/* In the child: descriptors 0 to n-1 become fds[], and the program starts. */
static void become(const char *path, char *const *argv, char *const *envp, const int *fds, int n)
{
    int copies[16];

    /* Out of the way first: a target may be another's source. */
    for (int i = 0; i < n; i++)
        if ((copies[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, n + 64)) < 0)
            _exit(127);
    for (int i = 0; i < n; i++)
        if (dup2(copies[i], i) < 0)
            _exit(127);
    for (int sig = 1; sig < 32; sig++)
        signal(sig, SIG_DFL);
    execve(path, argv, envp);
    _exit(127);
}

int host_spawn(const char *path, char *const *argv, char *const *envp, const int *fds, int n)
{
    pid_t pid;

    if (n > 16)
        return -EINVAL;
    if (access(path, X_OK) < 0)
        return -errno;
    pid = fork();
    if (pid == 0)
        become(path, argv, envp, fds, n);
    return pid < 0 ? -errno : (int)pid;
}

int host_why_alone(char *buf, size_t n)
{
    return 0;
}

int host_waitpid(int pid, int options, int *status)
{
    pid_t ended = waitpid(pid, status, may_block ? options : options | WNOHANG);

    if (ended < 0)
        return -errno;
    return ended == 0 && !(options & WNOHANG) ? HOST_PENDING : (int)ended;
}

int host_getpgid(int pid)
{
    pid_t group = getpgid(pid);

    return group < 0 ? -errno : (int)group;
}

int host_setpgid(int pid, int pgid)
{
    return ANSWER(setpgid(pid, pgid));
}

int host_getsid(int pid)
{
    pid_t session = getsid(pid);

    return session < 0 ? -errno : (int)session;
}

int host_setsid(void)
{
    pid_t session = setsid();

    return session < 0 ? -errno : (int)session;
}

/* ---- what forked processes share ---- */

int64_t host_segment_new(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return memory == MAP_FAILED ? -errno : (int64_t)(intptr_t)memory;
}

int64_t host_segment_of_file(int fd, int64_t offset, size_t size, int writable)
{
    int prot = writable ? PROT_READ | PROT_WRITE : PROT_READ;
    void *memory = mmap(NULL, size, prot, MAP_SHARED, fd, (off_t)offset);

    return memory == MAP_FAILED ? -errno : (int64_t)(intptr_t)memory;
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
    return ANSWER(msync((char *)(intptr_t)segment + at, n, MS_SYNC));
}

void host_segment_close(int64_t segment, size_t size)
{
    munmap((void *)(intptr_t)segment, size);
}

static sem_t *sem_of(int64_t sem)
{
    return (sem_t *)(intptr_t)sem;
}

/* A page each: the system counts who has it. */
int64_t host_sem_new(int value)
{
    int64_t sem;

    if (value < 0)
        return -EINVAL;
    sem = host_segment_new(sizeof(sem_t));
    if (sem > 0 && sem_init(sem_of(sem), 1, (unsigned)value) < 0) {
        int error = errno;

        host_segment_close(sem, sizeof(sem_t));
        return -error;
    }
    return sem;
}

int host_sem_wait(int64_t sem, double seconds)
{
    struct timespec until;
    int64_t ns;

    if (sem_trywait(sem_of(sem)) == 0)
        return 0;
    if (errno != EAGAIN || seconds == 0)
        return -errno;
    if (!may_block)
        return HOST_PENDING;
    if (seconds < 0 || seconds > 1e9)
        return ANSWER(sem_wait(sem_of(sem)));
    ns = host_clock_ns(HOST_CLOCK_REALTIME) + (int64_t)(seconds * 1e9);
    until = (struct timespec){.tv_sec = (time_t)(ns / NS_PER_S), .tv_nsec = ns % NS_PER_S};
    if (sem_timedwait(sem_of(sem), &until) == 0)
        return 0;
    return errno == ETIMEDOUT ? -EAGAIN : -errno;
}

int host_sem_post(int64_t sem, int max)
{
    int value;

    if (sem_getvalue(sem_of(sem), &value) == 0 && value >= max)
        return -EOVERFLOW;
    return ANSWER(sem_post(sem_of(sem)));
}

int host_sem_value(int64_t sem)
{
    int value = 0;

    return sem_getvalue(sem_of(sem), &value) < 0 ? -errno : value;
}

void host_sem_close(int64_t sem)
{
    host_segment_close(sem, sizeof(sem_t));
}

/* The room for one descriptor beside a message. */
union rights {
    char bytes[CMSG_SPACE(sizeof(int))];
    struct cmsghdr align;
};

static struct msghdr rights_message(struct iovec *byte, union rights *room)
{
    return (struct msghdr){.msg_iov = byte,
                           .msg_iovlen = 1,
                           .msg_control = room->bytes,
                           .msg_controllen = sizeof room->bytes};
}

int host_send_fd(int socket, int fd)
{
    char byte = 0;
    union rights room = {{0}};
    struct msghdr message = rights_message(&(struct iovec){&byte, 1}, &room);
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);

    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    return ANSWER(sendmsg(socket, &message, 0));
}

int host_recv_fd(int socket)
{
    char byte;
    union rights room = {{0}};
    struct msghdr message = rights_message(&(struct iovec){&byte, 1}, &room);
    struct cmsghdr *c;
    int fd;

    if (must_wait(socket, POLLIN))
        return HOST_PENDING;
    if (recvmsg(socket, &message, 0) < 0)
        return -errno;
    c = CMSG_FIRSTHDR(&message);
    if (c == NULL || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
        c->cmsg_len < CMSG_LEN(sizeof fd))
        return -ENOMSG;
    memcpy(&fd, CMSG_DATA(c), sizeof fd);
    return fd;
}

/* ---- limits and usage ---- */

int host_cpu_count(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : (int)n;
}

static int64_t limit_of(rlim_t limit)
{
    return limit == RLIM_INFINITY ? -1 : (int64_t)limit;
}

int host_getrlimit(int which, int64_t *soft, int64_t *hard)
{
    struct rlimit limit;

    if (getrlimit(which, &limit) < 0)
        return -errno;
    *soft = limit_of(limit.rlim_cur);
    *hard = limit_of(limit.rlim_max);
    return 0;
}

int host_setrlimit(int which, int64_t soft, int64_t hard)
{
    struct rlimit limit = {.rlim_cur = (rlim_t)soft, .rlim_max = (rlim_t)hard};

    return ANSWER(setrlimit(which, &limit));
}

int host_rusage(int who, double times[2], int64_t numbers[14])
{
    struct rusage u;

    if (getrusage(who, &u) < 0)
        return -errno;
    times[0] = (double)u.ru_utime.tv_sec + (double)u.ru_utime.tv_usec * 1e-6;
    times[1] = (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec * 1e-6;
    memcpy(numbers,
           (int64_t[14]){u.ru_maxrss, u.ru_ixrss, u.ru_idrss, u.ru_isrss, u.ru_minflt, u.ru_majflt,
                         u.ru_nswap, u.ru_inblock, u.ru_oublock, u.ru_msgsnd, u.ru_msgrcv,
                         u.ru_nsignals, u.ru_nvcsw, u.ru_nivcsw},
           14 * sizeof *numbers);
    return 0;
}

void host_exit(int status)
{
    _exit(status);
}

void host_abort(int sig)
{
    signal(sig, SIG_DFL);
    raise(sig);
    abort();
}

static void note_signal(int sig)
{
    atomic_fetch_or(&pending_signals, UINT64_C(1) << (sig - 1));
}

int host_poll_signal(void)
{
    uint64_t pending = atomic_load_explicit(&pending_signals, memory_order_relaxed);

    for (int sig = 1; pending != 0; sig++, pending >>= 1) {
        uint64_t bit = UINT64_C(1) << (sig - 1);

        if ((pending & 1) && (atomic_fetch_and(&pending_signals, ~bit) & bit))
            return sig;
    }
    return 0;
}

int host_signal_disposition(int sig, int how)
{
    struct sigaction action;

    if (sig < 1 || sig > 64)
        return -EINVAL;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_handler = how == 0 ? SIG_DFL : how == 1 ? SIG_IGN : note_signal;
    return ANSWER(sigaction(sig, &action, NULL));
}

int host_setitimer(int which, int set, double value, double interval, double *old_value,
                   double *old_interval)
{
    struct itimerval now, old;

    now.it_value.tv_sec = (time_t)value;
    now.it_value.tv_usec = (suseconds_t)((value - (double)(time_t)value) * 1e6);
    now.it_interval.tv_sec = (time_t)interval;
    now.it_interval.tv_usec = (suseconds_t)((interval - (double)(time_t)interval) * 1e6);
    if ((set ? setitimer(which, &now, &old) : getitimer(which, &old)) < 0)
        return -errno;
    if (old_value)
        *old_value = (double)old.it_value.tv_sec + (double)old.it_value.tv_usec * 1e-6;
    if (old_interval)
        *old_interval = (double)old.it_interval.tv_sec + (double)old.it_interval.tv_usec * 1e-6;
    return 0;
}

/* A terminal's driver hands out one line a read; other inputs are taken byte by byte, so that
 * nothing after the line is lost to whoever reads next. */
int64_t host_readline(const char *prompt, char *buf, size_t n)
{
    size_t used = 0;

    if (n < 2)
        return -EINVAL;
    if (prompt && *prompt && write(2, prompt, strlen(prompt)) < 0)
        return -errno;
    while (used + 1 < n) {
        ssize_t got = read(0, buf + used, 1);

        if (got < 0)
            return -errno;
        if (got == 0 || buf[used++] == '\n')
            break;
    }
    buf[used] = '\0';
    return (int64_t)used;
}

int host_terminal_size(int fd, int *columns, int *rows)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) < 0)
        return -errno;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

int host_stack_size(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_STACK, &limit) < 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur > (64u << 20))
        return 64 << 10;
    return (int)(limit.rlim_cur >> 10);
}

int host_call_on_new_stack(void (*run)(void *), void *arg)
{
    return -ENOSYS;
}
