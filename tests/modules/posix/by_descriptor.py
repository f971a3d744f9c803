# What can be asked of an open file instead of a path.
import os


def show(f, *args):
    try:
        print f.__name__, args, '->', f(*args)
    except Exception as e:
        print f.__name__, args, '->', type(e).__name__, e


for args in [(), (-1,), (999,), ('x',), (1.5,), (1 << 40,)]:
    show(os.fchdir, *args)
for args in [(), (-1, 0), (999, 0), ('x', 0), (0, 'x'), (0, 1.5)]:
    show(os.fchmod, *args)
for args in [(), (-1, 0, 0), (999, 0, 0), ('x', 0, 0), (0, 'x', 0), (0, 1 << 32, 0), (0, -2, 0), (0, 0, -2)]:
    show(os.fchown, *args)
for f in (os.tcgetpgrp, os.fstatvfs):
    for args in [(), (-1,), (999,), ('x',)]:
        show(f, *args)
for args in [(), (-1, 0), (999, 0), ('x', 0)]:
    show(os.tcsetpgrp, *args)

f = open('q', 'w')
print os.fchmod(f.fileno(), 0640), oct(os.stat('q').st_mode)
print os.fchmod(f.fileno(), 0604), oct(os.fstat(f.fileno()).st_mode)
print os.fchown(f.fileno(), -1, -1), os.fchown(f.fileno(), os.getuid(), -1), os.stat('q').st_uid == os.getuid()
r, w = os.pipe()
print os.fchmod(r, 0600)
for fd in (f.fileno(), r):
    for g in (os.fchdir, os.tcgetpgrp):
        try:
            g(fd)
        except OSError as e:
            print g.__name__, e

home = os.getcwd()
os.mkdir('d')
os.mkdir('d/inside')
d = os.open('d', os.O_RDONLY)
print os.fchdir(d), os.listdir('.'), os.getcwd() == os.path.join(home, 'd')
os.chdir('inside')
os.rename(os.path.join(home, 'd'), os.path.join(home, 'other'))
os.fchdir(d)
print os.getcwd() == os.path.join(home, 'other')
os.close(d)

s = os.statvfs('.')
t = os.fstatvfs(f.fileno())
print type(s).__name__, len(s), s.n_fields, s.n_sequence_fields, s.f_namemax, s.f_bsize == s[0] == t.f_bsize
print s.f_blocks >= s.f_bfree >= 0, sorted(n for n in dir(s) if n.startswith('f_'))
for args in [(), ('nope',), ('',), (1,), ('../q/x',)]:
    show(os.statvfs, *args)
for args in [((1,),), (range(10),), (range(14),)]:
    show(os.statvfs_result, *args)
try:
    s.f_bfree = 1
except TypeError as e:
    print e
