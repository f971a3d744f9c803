# Users and groups: what is taken for an id, and what every process may do.
import os


def show(f, *args):
    try:
        print f.__name__, args, '->', f(*args)
    except Exception as e:
        print f.__name__, args, '->', type(e).__name__, e


ODD = [(), ('x',), (1 << 32,), (-2,), (1.5,), (None,), (1 << 70,), (-1 << 70,), (1, 2), (u'x',), (-1,)]
for name in ('setuid', 'setgid', 'seteuid', 'setegid'):
    for args in ODD:
        show(getattr(os, name), *args)
for name in ('setreuid', 'setregid'):
    for args in [(), ('x', 0), (0, 'x'), (1 << 32, 0), (0, 1 << 32), (-1, -1), (-2, 0), (1.5, 0), (0, -2)]:
        show(getattr(os, name), *args)
for name in ('setresuid', 'setresgid'):
    for args in [(), ('x', 0, 0), (0, 'x', 0), (1 << 32, 0, 0), (0, 0, 1 << 32), (-1, -1, -1), (0, -2, 0)]:
        show(getattr(os, name), *args)
show(os.getresuid, 1)
print os.getresuid() == (os.getuid(), os.geteuid(), os.geteuid())
print os.getresgid() == (os.getgid(), os.getegid(), os.getegid())
print os.setuid(os.getuid()), os.setegid(os.getegid()), os.setreuid(os.getuid(), -1)

for args in [(), (1,), ('x',), (['x'],), ([1.5],), ([-2],), ([1 << 32],), ([1 << 70],), ({1: 2},)]:
    show(os.setgroups, *args)
for args in [(), ('root',), ('root', 'x'), ('root', 1 << 32), (1, 0), ('root', -1), ('root', 1.5)]:
    show(os.initgroups, *args)
print type(os.getgroups())
show(os.nice)
show(os.nice, 'x')
show(os.nice, 1.5)
