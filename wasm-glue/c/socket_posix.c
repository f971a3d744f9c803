/* SPDX-License-Identifier: MIT */
/* The sockets of host.h over POSIX, on Linux, whose numbers they are. As host_posix.c: a call
 * blocks unless host_blocking(0) has been said, and then a socket without O_NONBLOCK answers
 * HOST_PENDING where it would. */
#define _GNU_SOURCE
#include "host/host.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "host_posix.h"

#define ANSWER(expression) ((expression) < 0 ? -errno : 0)

/* A failed call's answer: one that was made not to block has to be repeated. */
static int64_t failure(int fd)
{
    int error = errno;

    if (error == EAGAIN && !krait_posix_may_block() && !(fcntl(fd, F_GETFL) & O_NONBLOCK))
        return HOST_PENDING;
    return -error;
}

static int call_flags(int flags)
{
    return flags | (krait_posix_may_block() ? 0 : MSG_DONTWAIT);
}

int host_socket(int family, int type, int proto)
{
    int fd = socket(family, type, proto);

    return fd < 0 ? -errno : fd;
}

int host_socketpair(int family, int type, int proto, int fds[2])
{
    return ANSWER(socketpair(family, type, proto, fds));
}

int host_bind(int fd, const void *addr, int addr_n)
{
    return ANSWER(bind(fd, addr, (socklen_t)addr_n));
}

int host_listen(int fd, int backlog)
{
    return ANSWER(listen(fd, backlog));
}

int host_accept(int fd, void *addr, int *addr_n)
{
    socklen_t n = (socklen_t)*addr_n;
    int got;

    if (krait_posix_must_wait(fd, 1) && !(fcntl(fd, F_GETFL) & O_NONBLOCK)) {
        int listening = 0;
        socklen_t size = sizeof listening;

        if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening)
            return HOST_PENDING;
    }
    got = accept(fd, addr, &n);
    if (got < 0)
        return (int)failure(fd);
    *addr_n = (int)n;
    return got;
}

/* Without blocking: begun so, and repeated until it says how it ended. */
int host_connect(int fd, const void *addr, int addr_n)
{
    int flags = fcntl(fd, F_GETFL), status;

    if (krait_posix_may_block() || flags < 0 || (flags & O_NONBLOCK))
        return ANSWER(connect(fd, addr, (socklen_t)addr_n));
    if (fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0)
        return -errno;
    status = ANSWER(connect(fd, addr, (socklen_t)addr_n));
    fcntl(fd, F_SETFL, flags);
    return status == -EINPROGRESS || status == -EALREADY || status == -EAGAIN ? HOST_PENDING
                                                                              : status;
}

int host_shutdown(int fd, int how)
{
    return ANSWER(shutdown(fd, how));
}

int host_sockname(int fd, int peer, void *addr, int *addr_n)
{
    socklen_t n = (socklen_t)*addr_n;
    int status = peer ? getpeername(fd, addr, &n) : getsockname(fd, addr, &n);

    *addr_n = (int)n;
    return ANSWER(status);
}

int host_getsockopt(int fd, int level, int option, void *value, int *n)
{
    socklen_t size = (socklen_t)*n;
    int status = getsockopt(fd, level, option, value, &size);

    *n = (int)size;
    return ANSWER(status);
}

int host_setsockopt(int fd, int level, int option, const void *value, int n)
{
    return ANSWER(setsockopt(fd, level, option, value, (socklen_t)n));
}

int64_t host_recv(int fd, void *buf, size_t n, int flags, void *addr, int *addr_n)
{
    socklen_t size = addr ? (socklen_t)*addr_n : 0;
    ssize_t got = recvfrom(fd, buf, n, call_flags(flags), addr, addr ? &size : NULL);

    if (got < 0)
        return flags & MSG_DONTWAIT ? -errno : failure(fd);
    if (addr)
        *addr_n = (int)size;
    return got;
}

int64_t host_send(int fd, const void *buf, size_t n, int flags, const void *addr, int addr_n)
{
    ssize_t put = sendto(fd, buf, n, call_flags(flags), addr, (socklen_t)addr_n);

    if (put < 0)
        return flags & MSG_DONTWAIT ? -errno : failure(fd);
    return put;
}

int host_resolve(const char *name, uint8_t *out, int room)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *list, *at;
    int error = getaddrinfo(name, NULL, &hints, &list), count = 0;

    if (error != 0)
        return HOST_GAI + error;
    for (at = list; at != NULL && count < room; at = at->ai_next) {
        struct sockaddr_in in;

        memcpy(&in, at->ai_addr, sizeof in);
        memcpy(out + 4 * count++, &in.sin_addr, 4);
    }
    freeaddrinfo(list);
    return count;
}

int host_resolve_back(const uint8_t ip[4], char *name, size_t n)
{
    struct sockaddr_in in = {.sin_family = AF_INET};

    memcpy(&in.sin_addr, ip, 4);
    if (getnameinfo((struct sockaddr *)&in, sizeof in, name, (socklen_t)n, NULL, 0, NI_NAMEREQD))
        return -ENOENT;
    return (int)strlen(name);
}

int host_hostname(char *name, size_t n)
{
    if (gethostname(name, n) < 0)
        return -errno;
    name[n - 1] = '\0';
    return (int)strlen(name);
}
