# What is taken for an id, and what is not found.
import grp
import os
import pwd


def show(f, *args):
    try:
        print f.__name__, args, '->', f(*args)
    except Exception as e:
        print f.__name__, args, '->', type(e).__name__, e


for args in [(), (3.14,), ('x',), (2 ** 32,), (2 ** 70,), (-1,), (-2,), (54321,), (54321L,), (None,), (0, 1)]:
    show(pwd.getpwuid, *args)
for args in [(), ('x',), (2 ** 32,), (2 ** 70,), (-1,), (-2,), (54321,), (54321L,), (54321.9,), (None,), ('54321',)]:
    show(grp.getgrgid, *args)
for f in (pwd.getpwnam, grp.getgrnam):
    show(f)
    show(f, 'no_such_name')
show(pwd.getpwnam, 1)
show(grp.getgrnam, 1)
print pwd.getpwuid(os.getuid()).pw_uid == os.getuid()
