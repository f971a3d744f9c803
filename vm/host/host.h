/* SPDX-License-Identifier: MIT */
/* What the VM needs from the world outside, and nothing more: files, time, randomness, terminal,
 * signals, exit. Implemented three times in wasm-glue/c (Emscripten with the JavaScript kernel,
 * WASI, POSIX). Invariants: paths are NUL-terminated byte strings; error numbers and flag values
 * are those of x86-64 Linux on every target; a function that can fail returns a negative error
 * number. No call keeps a pointer into VM memory after it returns. */
#ifndef KRAIT_HOST_H
#define KRAIT_HOST_H
#include <stdint.h>
#include <stddef.h>

/* Answer of a call that may wait, where the host cannot block: the wait is noted, leave the loop,
 * and the same call repeated on re-entry gives the result. */
#define HOST_PENDING (-100000)

typedef struct {
    int64_t dev, ino, size, blocks;
    int64_t atime_ns, mtime_ns, ctime_ns;
    int32_t mode, nlink, uid, gid, blksize, rdev;
} host_stat_t;

typedef struct {
    int32_t year, mon, mday, hour, min, sec; /* year in full, mon 0-11 */
    int32_t wday, yday, isdst;               /* wday 0 = Sunday, as struct tm */
    int32_t gmtoff;                          /* seconds east of UTC */
    char zone[16];
} host_tm_t;

/* Files. Offsets and sizes in bytes; flags are Linux's O_*. */
int host_open(const char *path, int flags, int mode);
int host_close(int fd);
int64_t host_read(int fd, void *buf,
                  size_t n); /* 0 at end; HOST_PENDING possible for terminals, pipes */
int64_t host_write(int fd, const void *buf, size_t n);
int64_t host_lseek(int fd, int64_t offset, int whence);
int host_ftruncate(int fd, int64_t size);
int host_fsync(int fd);
int host_isatty(int fd); /* 1, 0 or negative error */
int host_fchmod(int fd, int mode);
int host_fchown(int fd, int uid, int gid);
int host_fchdir(int fd);
int host_dup(int fd);
int host_dup2(int fd, int fd2);
int host_pipe(int fds[2]);
int host_openpty(int fds[2]); /* master, slave; -ENOSYS where there are none */
int host_fstat(int fd, host_stat_t *out);
int host_stat(const char *path, int follow, host_stat_t *out);
int host_unlink(const char *path);
int host_rename(const char *from, const char *to);
int host_link(const char *from, const char *to);
int host_symlink(const char *target, const char *path);
int64_t host_readlink(const char *path, char *buf, size_t n);
int host_mkdir(const char *path, int mode);
int host_rmdir(const char *path);
int host_chmod(const char *path, int mode);
int host_chown(const char *path, int uid, int gid, int follow);
int host_utime(const char *path, int64_t atime_ns, int64_t mtime_ns);
int host_access(const char *path, int mode);
int host_mknod(const char *path, int mode, uint64_t dev); /* files and FIFOs; perhaps devices */
int host_chroot(const char *path);
/* The ten numbers of a struct statvfs, of the file system of `path`, or where that is NULL of fd.
 */
int host_statvfs(const char *path, int fd, int64_t out[10]);
/* Writes the entries' names, each NUL-terminated, without . and .., in the host's order. Returns
 * the bytes needed; nothing useful is in buf when that is more than n (call again with more). */
int64_t host_listdir(const char *path, char *buf, size_t n);
int64_t host_getcwd(char *buf, size_t n); /* length without NUL */
int host_chdir(const char *path);
int host_umask(int mask);
int host_fcntl(int fd, int cmd, int64_t arg);
/* Locks; neither waits: -EAGAIN when another's stands in the way. */
int host_flock(int fd, int operation); /* 1 shared, 2 exclusive, 8 none; of the open file */
typedef struct {
    int type, pid;         /* 0 shared, 1 exclusive, 2 none; pid: who has it, from a question */
    int64_t start, length; /* from the file's start; length 0: all behind */
} host_lock_t;
/* A record lock of the process; cmd 5 asks what stands in the way, 6 sets. */
int host_lock(int fd, int cmd, host_lock_t *lock);
/* Which descriptors are ready now; never waits. Per descriptor the bits 1 read, 2 write, 4
 * exception; answers how many are. Bit 8 asks as poll(2) does: 8 error, 16 hung up and 32 not open
 * may be answered too, and a closed descriptor is no error of the call. */
int host_poll(int nfds, const uint8_t *want, uint8_t *ready);
/* epoll(7), as Linux has it; -ENOSYS where there is none. The last call never waits: how many
 * events it has stored. */
typedef struct {
    int32_t fd;
    uint32_t events;
} host_epoll_event_t;
int host_epoll_create(void);
int host_epoll_control(int epoll, int operation, int fd, uint32_t events);
int host_epoll_wait(int epoll, host_epoll_event_t *out, int most);

/* Sockets. Families, types, options, flags and the bytes of addresses (struct sockaddr) are those
 * of x86-64 Linux. *addr_n is the room at first, then the length. A call on a socket without
 * O_NONBLOCK may answer HOST_PENDING; connect and listen are then repeated until they say 0 or an
 * error. */
int host_socket(int family, int type, int proto);
int host_socketpair(int family, int type, int proto, int fds[2]);
int host_bind(int fd, const void *addr, int addr_n);
int host_listen(int fd, int backlog);
int host_accept(int fd, void *addr, int *addr_n); /* the new descriptor */
int host_connect(int fd, const void *addr, int addr_n);
int host_shutdown(int fd, int how);
int host_sockname(int fd, int peer, void *addr, int *addr_n);
int host_getsockopt(int fd, int level, int option, void *value, int *n);
int host_setsockopt(int fd, int level, int option, const void *value, int n);
/* addr may be NULL. */
int64_t host_recv(int fd, void *buf, size_t n, int flags, void *addr, int *addr_n);
int64_t host_send(int fd, const void *buf, size_t n, int flags, const void *addr, int addr_n);
/* IPv4 addresses of a name, 4 bytes each: how many, HOST_PENDING, or HOST_GAI plus an EAI_*. */
#define HOST_GAI (-1000)
int host_resolve(const char *name, uint8_t *out, int room);
/* The name of an IPv4 address: its length, HOST_PENDING, or a negative number. */
int host_resolve_back(const uint8_t ip[4], char *name, size_t n);
int host_hostname(char *name, size_t n);

/* Waiting. While blocking is off, no call but host_wait blocks: it answers HOST_PENDING. It is on
 * at the start, where the host can block at all. */
void host_blocking(int on);
/* A number that is another one when a call that answered HOST_PENDING may be worth trying again. */
int host_events(void);
/* Sleeps until that number is not `seen` any more (0), a signal came (-EINTR), or the time in
 * seconds is over (0; negative: no limit). HOST_PENDING where the host cannot block: leave to it.
 * `files` says that a file is
 * waited for, `here` that C is nested and leaving is not possible. */
int host_wait(int seen, double seconds, int files, int here);

/* Time. */
enum { HOST_CLOCK_REALTIME = 0, HOST_CLOCK_MONOTONIC = 1, HOST_CLOCK_CPU = 2 };
int64_t host_clock_ns(int which);
void host_localtime(int64_t seconds, host_tm_t *out);
int host_mktime(const host_tm_t *in, int64_t *seconds); /* local time to seconds, normalising */
int host_tzset(const char *tz);                         /* tz: the value of TZ or NULL */

/* The rest. */
int host_random(void *buf, size_t n);
int host_getpid(void);
int host_getppid(void);
int host_getuid(void);
int host_getgid(void);
/* The real, effective and saved id of the user, or of the group. */
int host_ids(int group, uint32_t ids[3]);
/* setuid(2) and its kin: a for the first, a to c for those that set more; -1 leaves an id as it is
 * where the system call says so. */
enum {
    HOST_SET_USER = 0,
    HOST_SET_EFFECTIVE_USER = 1,
    HOST_SET_TWO_USERS = 2,
    HOST_SET_THREE_USERS = 3,
    HOST_SET_GROUP = 4 /* added: of the group */
};
int host_set_ids(int how, int a, int b, int c);
/* Further groups: how many there are. */
int host_groups(uint32_t *out, int room);
int host_set_groups(const uint32_t *groups, int n);
int host_nice(int increment, int *now);

/* Processes. Where there can be only one, all but the questions about itself answer -ENOSYS. */
/* fork(2) in two steps, because a host may have to copy memory that nothing runs on: the VM leaves
 * to it with PyRun_FORK, and when it comes back asks here. 0 in the child, its pid in the parent.
 */
int host_fork(void);
/* Replaces the program; comes back with a negative error only. */
int host_exec(const char *path, char *const *argv, char *const *envp);
/* Starts a program whose descriptors 0 to n-1 are fds[0..n-1]: its pid. HOST_PENDING: the VM must
 * be left first, and then asked again. */
int host_spawn(const char *path, char *const *argv, char *const *envp, const int *fds, int n);
/* Why there can be only one process, in words: their length, 0 where there is nothing to say. */
int host_why_alone(char *buf, size_t n);
/* waitpid(2): a pid, 0 with WNOHANG, or HOST_PENDING. */
int host_waitpid(int pid, int options, int *status);
int host_kill(int pid, int sig);
int host_getpgid(int pid);
int host_setpgid(int pid, int pgid);
int host_getsid(int pid);
int host_setsid(void);

/* Semaphores and memory that a process shares with those it forks. They are gone when the last
 * process that has them closed them or ended, however it ended. -ENOSYS where there can be none. */
int64_t host_sem_new(int value);
/* Takes one, waiting so many seconds (negative: for ever): 0, -EAGAIN when there was none in time,
 * -EINTR; HOST_PENDING when it must wait and may not. */
int host_sem_wait(int64_t sem, double seconds);
/* Gives one back; -EOVERFLOW when there are `max` already. */
int host_sem_post(int64_t sem, int max);
int host_sem_value(int64_t sem);
void host_sem_close(int64_t sem);
/* `size` bytes of zeros; a segment has a number from 1 on. */
int64_t host_segment_new(size_t size);
/* The bytes of a file from `offset` on, as they are and as they will be; -ENOSYS where a file
 * cannot be mapped, so that it must be read and written. */
int64_t host_segment_of_file(int fd, int64_t offset, size_t size, int writable);
/* Where a segment is, when it is in this process's own memory; NULL: only the next two reach it. */
void *host_segment_memory(int64_t segment);
void host_segment_read(int64_t segment, size_t at, void *buf, size_t n);
void host_segment_write(int64_t segment, size_t at, const void *buf, size_t n);
int host_segment_flush(int64_t segment, size_t at, size_t n); /* to the file it is of */
void host_segment_close(int64_t segment, size_t size);

/* A descriptor's open file to who reads the other end of a socket of the family AF_UNIX, with a
 * byte; the second answers a new descriptor, or -ENOMSG when something else came. */
int host_send_fd(int socket, int fd);
int host_recv_fd(int socket);

int host_cpu_count(void); /* that processes can run on at once */
/* getrlimit(2), setrlimit(2): limits are -1 for "none". */
int host_getrlimit(int which, int64_t *soft, int64_t *hard);
int host_setrlimit(int which, int64_t soft, int64_t hard);
/* getrusage(2): user and system seconds, then the fourteen numbers in its order. who: 0 this
 * process, -1 its children that were waited for. */
int host_rusage(int who, double times[2], int64_t numbers[14]);

void host_exit(int status); /* does not return */
void host_abort(int sig);   /* ends the process as if by that signal */

/* Signals: takes and clears one pending signal number for this process, 0 when there is none. Cheap
 * enough for every few thousand ticks. */
int host_poll_signal(void);
/* The VM tells what it does with a signal: 0 default, 1 ignore, 2 catches it. */
int host_signal_disposition(int sig, int how);

/* The interval timer that sends SIGALRM (which = 0) or counts CPU time (1 SIGVTALRM, 2 SIGPROF).
 * Seconds; value 0 stops it. Where signals come only at polls, it is exact to the next poll. The
 * old setting is stored where the pointers are not NULL. With set = 0 it is only read. */
int host_setitimer(int which, int set, double value, double interval, double *old_value,
                   double *old_interval);

/* The host's stack, on which C nests. How much there is, in KiB, where it is known to be small or
 * large; and a call of run(arg) on another one, so that nesting can go on: 0 when run has returned,
 * -ENOSYS where there is only one stack. */
int host_stack_size(void);
int host_call_on_new_stack(void (*run)(void *), void *arg);

/* Reads a line with editing and history on a terminal. Returns its length with newline, 0 at end of
 * file, negative error, HOST_PENDING; the line is NUL-terminated and cut to n. */
int64_t host_readline(const char *prompt, char *buf, size_t n);
int host_terminal_size(int fd, int *columns, int *rows);
/* The process group in a terminal's foreground; with set, makes `group` it. */
int host_terminal_group(int fd, int set, int group);
#endif
