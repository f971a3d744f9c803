# What is taken for a descriptor.
import fcntl
import os


class F(object):
    def __init__(self, n):
        self.n = n

    def fileno(self):
        return self.n


def show(name, f, *args):
    try:
        print name, '->', f(*args)
    except Exception as e:
        print name, '->', type(e).__name__, e


for fd in (2 ** 31, 2 ** 31 - 1, -2 ** 31 - 1, 2 ** 70, -1, 1.5, 'x', None, 2L ** 31, -1L):
    show(('fcntl', fd), fcntl.fcntl, fd, fcntl.F_GETFD)
    show(('fcntl', 'F', fd), fcntl.fcntl, F(fd), fcntl.F_GETFD)
    show(('ioctl', fd), fcntl.ioctl, fd, 0)
    show(('fsync', fd), os.fsync, fd)
    show(('flock', fd), fcntl.flock, fd, fcntl.LOCK_SH)
