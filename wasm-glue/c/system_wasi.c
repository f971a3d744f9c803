/* SPDX-License-Identifier: MIT */
/* host.h where the host is WASI: one user, one process, and no more to know of files than their
 * stat. */
#include "host/host.h"

enum { LINUX_EPERM = 1, LINUX_EINVAL = 22, LINUX_ENOTTY = 25, LINUX_ENOSYS = 38 };

int host_mknod(const char *path, int mode, uint64_t dev)
{
    return -LINUX_ENOSYS;
}

int host_chroot(const char *path)
{
    host_stat_t st;
    int status = host_stat(path, 1, &st);

    return status < 0 ? status : -LINUX_EPERM;
}

int host_statvfs(const char *path, int fd, int64_t out[10])
{
    return -LINUX_ENOSYS;
}

/* What a descriptor that is open answers. */
static int of_open(int fd, int answer)
{
    host_stat_t st;
    int status = host_fstat(fd, &st);

    return status < 0 ? status : answer;
}

int host_fchmod(int fd, int mode)
{
    return of_open(fd, -LINUX_ENOSYS);
}

int host_fchown(int fd, int uid, int gid)
{
    return of_open(fd, -LINUX_ENOSYS);
}

int host_fchdir(int fd)
{
    return of_open(fd, -LINUX_ENOSYS);
}

int host_ids(int group, uint32_t ids[3])
{
    ids[0] = ids[1] = ids[2] = (uint32_t)(group ? host_getgid() : host_getuid());
    return 0;
}

/* There is nobody else to be. */
int host_set_ids(int how, int a, int b, int c)
{
    int own = how & HOST_SET_GROUP ? host_getgid() : host_getuid(), many = (how & 3) >= 2;
    const int wanted[3] = {a, b, c};

    for (int i = 0; i < 3; i++) {
        if (!many && i > 0)
            break;
        if (wanted[i] == -1 && many)
            continue;
        if (wanted[i] == -1)
            return -LINUX_EINVAL;
        if (wanted[i] != own)
            return -LINUX_EPERM;
    }
    return 0;
}

int host_groups(uint32_t *out, int room)
{
    return 0;
}

int host_set_groups(const uint32_t *groups, int n)
{
    return n == 0 ? 0 : -LINUX_EPERM;
}

int host_nice(int increment, int *now)
{
    *now = 0;
    return increment == 0 ? 0 : -LINUX_EPERM;
}

int host_terminal_group(int fd, int set, int group)
{
    return of_open(fd, -LINUX_ENOTTY);
}
