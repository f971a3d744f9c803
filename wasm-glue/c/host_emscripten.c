/* SPDX-License-Identifier: MIT */
/* host.h where the host is JavaScript: each call is one import of module "krait", answered by
 * wasm-glue/js/imports.js over the kernel. Nothing of Emscripten's own runtime is used but malloc,
 * libm and memory growth. Invariant: no 64-bit integer crosses the boundary in a parameter or an
 * answer (sizes and times go as doubles, exact up to 2**53; stat fields through memory), so that no
 * call pays for a BigInt. An answer too big for an int is a double. */
#define _GNU_SOURCE /* sbrk */
#include "host/host.h"
#include <string.h>
#include <unistd.h>
#include "entry.h"

#define IMPORT(name) __attribute__((import_module("krait"), import_name(#name))) extern

IMPORT(open) int krait_js_open(const char *path, int flags, int mode);
IMPORT(close) int krait_js_close(int fd);
IMPORT(read) int krait_js_read(int fd, void *buf, size_t n);
IMPORT(write) int krait_js_write(int fd, const void *buf, size_t n);
IMPORT(lseek) double krait_js_lseek(int fd, double offset, int whence);
IMPORT(ftruncate) int krait_js_ftruncate(int fd, double size);
IMPORT(fsync) int krait_js_fsync(int fd);
IMPORT(isatty) int krait_js_isatty(int fd);
IMPORT(dup) int krait_js_dup(int fd);
IMPORT(dup2) int krait_js_dup2(int fd, int fd2);
IMPORT(pipe) int krait_js_pipe(int *fds);
IMPORT(fstat) int krait_js_fstat(int fd, host_stat_t *out);
IMPORT(stat) int krait_js_stat(const char *path, int follow, host_stat_t *out);
IMPORT(unlink) int krait_js_unlink(const char *path);
IMPORT(rename) int krait_js_rename(const char *from, const char *to);
IMPORT(link) int krait_js_link(const char *from, const char *to);
IMPORT(symlink) int krait_js_symlink(const char *target, const char *path);
IMPORT(readlink) int krait_js_readlink(const char *path, char *buf, size_t n);
IMPORT(mkdir) int krait_js_mkdir(const char *path, int mode);
IMPORT(rmdir) int krait_js_rmdir(const char *path);
IMPORT(chmod) int krait_js_chmod(const char *path, int mode);
IMPORT(chown) int krait_js_chown(const char *path, int uid, int gid, int follow);
IMPORT(utime) int krait_js_utime(const char *path, const int64_t *times);
IMPORT(access) int krait_js_access(const char *path, int mode);
IMPORT(mknod) int krait_js_mknod(const char *path, int mode, double dev);
IMPORT(chroot) int krait_js_chroot(const char *path);
IMPORT(statvfs) int krait_js_statvfs(const char *path, int fd, double *out);
IMPORT(fchmod) int krait_js_fchmod(int fd, int mode);
IMPORT(fchown) int krait_js_fchown(int fd, int uid, int gid);
IMPORT(fchdir) int krait_js_fchdir(int fd);
IMPORT(listdir) int krait_js_listdir(const char *path, char *buf, size_t n);
IMPORT(getcwd) int krait_js_getcwd(char *buf, size_t n);
IMPORT(chdir) int krait_js_chdir(const char *path);
IMPORT(umask) int krait_js_umask(int mask);
IMPORT(fcntl) int krait_js_fcntl(int fd, int cmd, double arg);
IMPORT(flock) int krait_js_flock(int fd, int operation);
IMPORT(lock) int krait_js_lock(int fd, int cmd, double *lock);
IMPORT(poll) int krait_js_poll(int nfds, const uint8_t *want, uint8_t *ready);
IMPORT(epoll_create) int krait_js_epoll_create(void);
IMPORT(epoll_control) int krait_js_epoll_control(int epoll, int operation, int fd, uint32_t events);
IMPORT(epoll_wait) int krait_js_epoll_wait(int epoll, host_epoll_event_t *out, int most);
IMPORT(socket) int krait_js_socket(int family, int type, int proto);
IMPORT(socketpair) int krait_js_socketpair(int family, int type, int proto, int *fds);
IMPORT(bind) int krait_js_bind(int fd, const void *addr, int addr_n);
IMPORT(listen) int krait_js_listen(int fd, int backlog);
IMPORT(accept) int krait_js_accept(int fd, void *addr, int *addr_n);
IMPORT(connect) int krait_js_connect(int fd, const void *addr, int addr_n);
IMPORT(shutdown) int krait_js_shutdown(int fd, int how);
IMPORT(sockname) int krait_js_sockname(int fd, int peer, void *addr, int *addr_n);
IMPORT(getsockopt) int krait_js_getsockopt(int fd, int level, int option, void *value, int *n);
IMPORT(setsockopt) int krait_js_setsockopt(int fd, int level, int option, const void *value, int n);
IMPORT(recv) int krait_js_recv(int fd, void *buf, size_t n, int flags, void *addr, int *addr_n);
IMPORT(send)
int krait_js_send(int fd, const void *buf, size_t n, int flags, const void *addr, int addr_n);
IMPORT(resolve) int krait_js_resolve(const char *name, uint8_t *out, int room);
IMPORT(resolve_back) int krait_js_resolve_back(const uint8_t *ip, char *name, size_t n);
IMPORT(hostname) int krait_js_hostname(char *name, size_t n);
IMPORT(blocking) void krait_js_blocking(int on);
IMPORT(events) int krait_js_events(void);
IMPORT(wait) int krait_js_wait(int seen, double seconds, int files, int here);
IMPORT(clock) double krait_js_clock(int which);
IMPORT(localtime) void krait_js_localtime(double seconds, host_tm_t *out);
IMPORT(mktime) int krait_js_mktime(const host_tm_t *in, int64_t *seconds);
IMPORT(tzset) int krait_js_tzset(const char *tz);
IMPORT(random) int krait_js_random(void *buf, size_t n);
IMPORT(getpid) int krait_js_getpid(void);
IMPORT(getppid) int krait_js_getppid(void);
IMPORT(getuid) int krait_js_getuid(void);
IMPORT(getgid) int krait_js_getgid(void);
IMPORT(ids) int krait_js_ids(int group, uint32_t *ids);
IMPORT(set_ids) int krait_js_set_ids(int how, int a, int b, int c);
IMPORT(groups) int krait_js_groups(uint32_t *out, int room);
IMPORT(set_groups) int krait_js_set_groups(const uint32_t *groups, int n);
IMPORT(nice) int krait_js_nice(int increment, int *now);
IMPORT(terminal_group) int krait_js_terminal_group(int fd, int set, int group);
IMPORT(kill) int krait_js_kill(int pid, int sig);
IMPORT(fork) int krait_js_fork(void);
IMPORT(exec) int krait_js_exec(const char *path, char *const *argv, char *const *envp);
IMPORT(spawn)
int krait_js_spawn(const char *path, char *const *argv, char *const *envp, const int *fds, int n);
IMPORT(why_alone) int krait_js_why_alone(char *buf, size_t n);
IMPORT(waitpid) int krait_js_waitpid(int pid, int options, int *status);
IMPORT(getpgid) int krait_js_getpgid(int pid);
IMPORT(setpgid) int krait_js_setpgid(int pid, int pgid);
IMPORT(getsid) int krait_js_getsid(int pid);
IMPORT(setsid) int krait_js_setsid(void);
IMPORT(sem_new) int krait_js_sem_new(int value);
IMPORT(sem_wait) int krait_js_sem_wait(int sem, double seconds);
IMPORT(sem_post) int krait_js_sem_post(int sem, int max);
IMPORT(sem_value) int krait_js_sem_value(int sem);
IMPORT(segment_new) int krait_js_segment_new(size_t size);
IMPORT(segment_read) void krait_js_segment_read(int segment, size_t at, void *buf, size_t n);
IMPORT(segment_write)
void krait_js_segment_write(int segment, size_t at, const void *buf, size_t n);
IMPORT(shared_close) void krait_js_shared_close(int object);
IMPORT(send_fd) int krait_js_send_fd(int socket, int fd);
IMPORT(recv_fd) int krait_js_recv_fd(int socket);
IMPORT(cpu_count) int krait_js_cpu_count(void);
IMPORT(getrlimit) int krait_js_getrlimit(int which, double *limits);
IMPORT(setrlimit) int krait_js_setrlimit(int which, double soft, double hard);
IMPORT(rusage) int krait_js_rusage(int who, double *values);
IMPORT(exit) void krait_js_exit(int status);
IMPORT(abort) void krait_js_abort(int sig);
IMPORT(poll_signal) int krait_js_poll_signal(void);
IMPORT(signal_disposition) int krait_js_signal_disposition(int sig, int how);
IMPORT(setitimer)
int krait_js_setitimer(int which, int set, double value, double interval, double *old);
IMPORT(readline) int krait_js_readline(const char *prompt, char *buf, size_t n);
IMPORT(terminal_size) int krait_js_terminal_size(int fd, int *columns, int *rows);

IMPORT(stack_size) int krait_js_stack_size(void);
IMPORT(new_stack) int krait_js_new_stack(void (*run)(void *), void *arg);

#define ENOSYS_LINUX 38

/* One read or write is at most this long, as on Linux, so that its answer fits an int. */
#define MOST_BYTES 0x7ffff000u

static size_t clip(size_t n)
{
    return n < MOST_BYTES ? n : MOST_BYTES;
}

int host_open(const char *path, int flags, int mode)
{
    return krait_js_open(path, flags, mode);
}

int host_close(int fd)
{
    return krait_js_close(fd);
}

int64_t host_read(int fd, void *buf, size_t n)
{
    return krait_js_read(fd, buf, clip(n));
}

int64_t host_write(int fd, const void *buf, size_t n)
{
    return krait_js_write(fd, buf, clip(n));
}

int64_t host_lseek(int fd, int64_t offset, int whence)
{
    return (int64_t)krait_js_lseek(fd, (double)offset, whence);
}

int host_ftruncate(int fd, int64_t size)
{
    return krait_js_ftruncate(fd, (double)size);
}

int host_fsync(int fd)
{
    return krait_js_fsync(fd);
}

int host_isatty(int fd)
{
    return krait_js_isatty(fd);
}

int host_dup(int fd)
{
    return krait_js_dup(fd);
}

int host_dup2(int fd, int fd2)
{
    return krait_js_dup2(fd, fd2);
}

int host_pipe(int fds[2])
{
    return krait_js_pipe(fds);
}

int host_openpty(int fds[2])
{
    return -ENOSYS_LINUX;
}

int host_fstat(int fd, host_stat_t *out)
{
    return krait_js_fstat(fd, out);
}

int host_stat(const char *path, int follow, host_stat_t *out)
{
    return krait_js_stat(path, follow, out);
}

int host_unlink(const char *path)
{
    return krait_js_unlink(path);
}

int host_rename(const char *from, const char *to)
{
    return krait_js_rename(from, to);
}

int host_link(const char *from, const char *to)
{
    return krait_js_link(from, to);
}

int host_symlink(const char *target, const char *path)
{
    return krait_js_symlink(target, path);
}

int64_t host_readlink(const char *path, char *buf, size_t n)
{
    return krait_js_readlink(path, buf, n);
}

int host_mkdir(const char *path, int mode)
{
    return krait_js_mkdir(path, mode);
}

int host_rmdir(const char *path)
{
    return krait_js_rmdir(path);
}

int host_chmod(const char *path, int mode)
{
    return krait_js_chmod(path, mode);
}

int host_chown(const char *path, int uid, int gid, int follow)
{
    return krait_js_chown(path, uid, gid, follow);
}

int host_utime(const char *path, int64_t atime_ns, int64_t mtime_ns)
{
    int64_t times[2] = {atime_ns, mtime_ns};

    return krait_js_utime(path, times);
}

int host_access(const char *path, int mode)
{
    return krait_js_access(path, mode);
}

int64_t host_listdir(const char *path, char *buf, size_t n)
{
    return krait_js_listdir(path, buf, n);
}

int64_t host_getcwd(char *buf, size_t n)
{
    return krait_js_getcwd(buf, n);
}

int host_chdir(const char *path)
{
    return krait_js_chdir(path);
}

int host_umask(int mask)
{
    return krait_js_umask(mask);
}

int host_flock(int fd, int operation)
{
    return krait_js_flock(fd, operation);
}

int host_lock(int fd, int cmd, host_lock_t *lock)
{
    double fields[4] = {lock->type, (double)lock->start, (double)lock->length, 0};
    int status = krait_js_lock(fd, cmd, fields);

    if (status == 0)
        *lock = (host_lock_t){.type = (int)fields[0],
                              .start = (int64_t)fields[1],
                              .length = (int64_t)fields[2],
                              .pid = (int)fields[3]};
    return status;
}

int host_fcntl(int fd, int cmd, int64_t arg)
{
    return krait_js_fcntl(fd, cmd, (double)arg);
}

int host_poll(int nfds, const uint8_t *want, uint8_t *ready)
{
    return krait_js_poll(nfds, want, ready);
}

int host_epoll_create(void)
{
    return krait_js_epoll_create();
}

int host_epoll_control(int epoll, int operation, int fd, uint32_t events)
{
    return krait_js_epoll_control(epoll, operation, fd, events);
}

int host_epoll_wait(int epoll, host_epoll_event_t *out, int most)
{
    return krait_js_epoll_wait(epoll, out, most);
}

int host_socket(int family, int type, int proto)
{
    return krait_js_socket(family, type, proto);
}

int host_socketpair(int family, int type, int proto, int fds[2])
{
    return krait_js_socketpair(family, type, proto, fds);
}

int host_bind(int fd, const void *addr, int addr_n)
{
    return krait_js_bind(fd, addr, addr_n);
}

int host_listen(int fd, int backlog)
{
    return krait_js_listen(fd, backlog);
}

int host_accept(int fd, void *addr, int *addr_n)
{
    return krait_js_accept(fd, addr, addr_n);
}

int host_connect(int fd, const void *addr, int addr_n)
{
    return krait_js_connect(fd, addr, addr_n);
}

int host_shutdown(int fd, int how)
{
    return krait_js_shutdown(fd, how);
}

int host_sockname(int fd, int peer, void *addr, int *addr_n)
{
    return krait_js_sockname(fd, peer, addr, addr_n);
}

int host_getsockopt(int fd, int level, int option, void *value, int *n)
{
    return krait_js_getsockopt(fd, level, option, value, n);
}

int host_setsockopt(int fd, int level, int option, const void *value, int n)
{
    return krait_js_setsockopt(fd, level, option, value, n);
}

int64_t host_recv(int fd, void *buf, size_t n, int flags, void *addr, int *addr_n)
{
    return krait_js_recv(fd, buf, clip(n), flags, addr, addr_n);
}

int64_t host_send(int fd, const void *buf, size_t n, int flags, const void *addr, int addr_n)
{
    return krait_js_send(fd, buf, clip(n), flags, addr, addr_n);
}

int host_resolve(const char *name, uint8_t *out, int room)
{
    return krait_js_resolve(name, out, room);
}

int host_resolve_back(const uint8_t ip[4], char *name, size_t n)
{
    return krait_js_resolve_back(ip, name, n);
}

int host_hostname(char *name, size_t n)
{
    return krait_js_hostname(name, n);
}

void host_blocking(int on)
{
    krait_js_blocking(on);
}

int host_events(void)
{
    return krait_js_events();
}

int host_wait(int seen, double seconds, int files, int here)
{
    return krait_js_wait(seen, seconds, files, here);
}

int64_t host_clock_ns(int which)
{
    return (int64_t)krait_js_clock(which);
}

void host_localtime(int64_t seconds, host_tm_t *out)
{
    memset(out, 0, sizeof *out);
    krait_js_localtime((double)seconds, out);
}

int host_mktime(const host_tm_t *in, int64_t *seconds)
{
    return krait_js_mktime(in, seconds);
}

int host_tzset(const char *tz)
{
    return krait_js_tzset(tz);
}

int host_random(void *buf, size_t n)
{
    return krait_js_random(buf, n);
}

int host_getpid(void)
{
    return krait_js_getpid();
}

int host_getppid(void)
{
    return krait_js_getppid();
}

int host_getuid(void)
{
    return krait_js_getuid();
}

int host_getgid(void)
{
    return krait_js_getgid();
}

int host_kill(int pid, int sig)
{
    return krait_js_kill(pid, sig);
}

int host_fork(void)
{
    return krait_js_fork();
}

int host_exec(const char *path, char *const *argv, char *const *envp)
{
    return krait_js_exec(path, argv, envp);
}

int host_spawn(const char *path, char *const *argv, char *const *envp, const int *fds, int n)
{
    return krait_js_spawn(path, argv, envp, fds, n);
}

int host_why_alone(char *buf, size_t n)
{
    return krait_js_why_alone(buf, n);
}

int host_waitpid(int pid, int options, int *status)
{
    return krait_js_waitpid(pid, options, status);
}

int host_getpgid(int pid)
{
    return krait_js_getpgid(pid);
}

int host_setpgid(int pid, int pgid)
{
    return krait_js_setpgid(pid, pgid);
}

int host_getsid(int pid)
{
    return krait_js_getsid(pid);
}

int host_setsid(void)
{
    return krait_js_setsid();
}

int64_t host_sem_new(int value)
{
    return krait_js_sem_new(value);
}

int host_sem_wait(int64_t sem, double seconds)
{
    return krait_js_sem_wait((int)sem, seconds);
}

int host_sem_post(int64_t sem, int max)
{
    return krait_js_sem_post((int)sem, max);
}

int host_sem_value(int64_t sem)
{
    return krait_js_sem_value((int)sem);
}

void host_sem_close(int64_t sem)
{
    krait_js_shared_close((int)sem);
}

int64_t host_segment_new(size_t size)
{
    return krait_js_segment_new(size);
}

int64_t host_segment_of_file(int fd, int64_t offset, size_t size, int writable)
{
    return -ENOSYS_LINUX;
}

void *host_segment_memory(int64_t segment)
{
    return NULL;
}

void host_segment_read(int64_t segment, size_t at, void *buf, size_t n)
{
    krait_js_segment_read((int)segment, at, buf, n);
}

void host_segment_write(int64_t segment, size_t at, const void *buf, size_t n)
{
    krait_js_segment_write((int)segment, at, buf, n);
}

int host_segment_flush(int64_t segment, size_t at, size_t n)
{
    return 0;
}

void host_segment_close(int64_t segment, size_t size)
{
    krait_js_shared_close((int)segment);
}

int host_send_fd(int socket, int fd)
{
    return krait_js_send_fd(socket, fd);
}

int host_recv_fd(int socket)
{
    return krait_js_recv_fd(socket);
}

int host_cpu_count(void)
{
    return krait_js_cpu_count();
}

int host_getrlimit(int which, int64_t *soft, int64_t *hard)
{
    double limits[2] = {-1, -1};
    int answer = krait_js_getrlimit(which, limits);

    *soft = (int64_t)limits[0];
    *hard = (int64_t)limits[1];
    return answer;
}

int host_setrlimit(int which, int64_t soft, int64_t hard)
{
    return krait_js_setrlimit(which, (double)soft, (double)hard);
}

int host_rusage(int who, double times[2], int64_t numbers[14])
{
    double values[16] = {0};
    int answer = krait_js_rusage(who, values);

    memcpy(times, values, 2 * sizeof *times);
    for (int i = 0; i < 14; i++)
        numbers[i] = (int64_t)values[i + 2];
    return answer;
}

/* The import throws; the trap is for a host that does not keep its word. */
void host_exit(int status)
{
    krait_js_exit(status);
    __builtin_trap();
}

void host_abort(int sig)
{
    krait_js_abort(sig);
    __builtin_trap();
}

int host_poll_signal(void)
{
    return krait_js_poll_signal();
}

int host_signal_disposition(int sig, int how)
{
    return krait_js_signal_disposition(sig, how);
}

int host_setitimer(int which, int set, double value, double interval, double *old_value,
                   double *old_interval)
{
    double old[2] = {0, 0};
    int answer = krait_js_setitimer(which, set, value, interval, old);

    if (old_value)
        *old_value = old[0];
    if (old_interval)
        *old_interval = old[1];
    return answer;
}

int64_t host_readline(const char *prompt, char *buf, size_t n)
{
    return krait_js_readline(prompt, buf, clip(n));
}

int host_terminal_size(int fd, int *columns, int *rows)
{
    return krait_js_terminal_size(fd, columns, rows);
}

int host_stack_size(void)
{
    return krait_js_stack_size();
}

int host_call_on_new_stack(void (*run)(void *), void *arg)
{
    return krait_js_new_stack(run, arg);
}

int host_mknod(const char *path, int mode, uint64_t dev)
{
    return krait_js_mknod(path, mode, (double)dev);
}

int host_chroot(const char *path)
{
    return krait_js_chroot(path);
}

int host_statvfs(const char *path, int fd, int64_t out[10])
{
    double values[10];
    int status = krait_js_statvfs(path, fd, values);

    for (int i = 0; status >= 0 && i < 10; i++)
        out[i] = (int64_t)values[i];
    return status;
}

int host_fchmod(int fd, int mode)
{
    return krait_js_fchmod(fd, mode);
}

int host_fchown(int fd, int uid, int gid)
{
    return krait_js_fchown(fd, uid, gid);
}

int host_fchdir(int fd)
{
    return krait_js_fchdir(fd);
}

int host_ids(int group, uint32_t ids[3])
{
    return krait_js_ids(group, ids);
}

int host_set_ids(int how, int a, int b, int c)
{
    return krait_js_set_ids(how, a, b, c);
}

int host_groups(uint32_t *out, int room)
{
    return krait_js_groups(out, room);
}

int host_set_groups(const uint32_t *groups, int n)
{
    return krait_js_set_groups(groups, n);
}

int host_nice(int increment, int *now)
{
    return krait_js_nice(increment, now);
}

int host_terminal_group(int fd, int set, int group)
{
    return krait_js_terminal_group(fd, set, group);
}

size_t krait_memory_used(void)
{
    return (size_t)sbrk(0);
}

extern char __stack_low; /* the linker's */

size_t krait_stack_low(void)
{
    return (size_t)&__stack_low;
}
