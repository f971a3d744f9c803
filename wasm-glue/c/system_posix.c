/* SPDX-License-Identifier: MIT */
/* host.h where the host is POSIX: who the process is, and file systems. */
#define _GNU_SOURCE
#include "host/host.h"
#include <errno.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <termios.h>
#include <unistd.h>

#define ANSWER(call) ((call) < 0 ? -errno : 0)

int host_mknod(const char *path, int mode, uint64_t dev)
{
    return ANSWER(mknod(path, (mode_t)mode, (dev_t)dev));
}

int host_chroot(const char *path)
{
    return ANSWER(chroot(path));
}

int host_statvfs(const char *path, int fd, int64_t out[10])
{
    struct statvfs st;

    if ((path != NULL ? statvfs(path, &st) : fstatvfs(fd, &st)) < 0)
        return -errno;
    out[0] = (int64_t)st.f_bsize;
    out[1] = (int64_t)st.f_frsize;
    out[2] = (int64_t)st.f_blocks;
    out[3] = (int64_t)st.f_bfree;
    out[4] = (int64_t)st.f_bavail;
    out[5] = (int64_t)st.f_files;
    out[6] = (int64_t)st.f_ffree;
    out[7] = (int64_t)st.f_favail;
    out[8] = (int64_t)st.f_flag;
    out[9] = (int64_t)st.f_namemax;
    return 0;
}

int host_fchmod(int fd, int mode)
{
    return ANSWER(fchmod(fd, (mode_t)mode));
}

int host_fchown(int fd, int uid, int gid)
{
    return ANSWER(fchown(fd, (uid_t)uid, (gid_t)gid));
}

int host_fchdir(int fd)
{
    return ANSWER(fchdir(fd));
}

int host_ids(int group, uint32_t ids[3])
{
    uid_t a, b, c;
    int status = group ? getresgid(&a, &b, &c) : getresuid(&a, &b, &c);

    if (status < 0)
        return -errno;
    ids[0] = a;
    ids[1] = b;
    ids[2] = c;
    return 0;
}

int host_set_ids(int how, int a, int b, int c)
{
    uid_t x = (uid_t)a, y = (uid_t)b, z = (uid_t)c;

    switch (how) {
    case HOST_SET_USER:
        return ANSWER(setuid(x));
    case HOST_SET_EFFECTIVE_USER:
        return ANSWER(seteuid(x));
    case HOST_SET_TWO_USERS:
        return ANSWER(setreuid(x, y));
    case HOST_SET_THREE_USERS:
        return ANSWER(setresuid(x, y, z));
    case HOST_SET_USER | HOST_SET_GROUP:
        return ANSWER(setgid(x));
    case HOST_SET_EFFECTIVE_USER | HOST_SET_GROUP:
        return ANSWER(setegid(x));
    case HOST_SET_TWO_USERS | HOST_SET_GROUP:
        return ANSWER(setregid(x, y));
    case HOST_SET_THREE_USERS | HOST_SET_GROUP:
        return ANSWER(setresgid(x, y, z));
    default:
        return -EINVAL;
    }
}

_Static_assert(sizeof(gid_t) == sizeof(uint32_t), "ids have 32 bits");

int host_groups(uint32_t *out, int room)
{
    int n = getgroups(room, (gid_t *)out);

    return n < 0 ? -errno : n;
}

int host_set_groups(const uint32_t *groups, int n)
{
    return ANSWER(setgroups((size_t)n, (const gid_t *)groups));
}

int host_nice(int increment, int *now)
{
    errno = 0;
    *now = nice(increment);
    return *now == -1 && errno != 0 ? -errno : 0;
}

int host_terminal_group(int fd, int set, int group)
{
    pid_t now;

    if (set)
        return ANSWER(tcsetpgrp(fd, group));
    now = tcgetpgrp(fd);
    return now < 0 ? -errno : (int)now;
}
