# FIFOs, nodes, links' modes, other roots.
import os
import stat


def show(f, *args):
    try:
        print f.__name__, args, '->', f(*args)
    except Exception as e:
        print f.__name__, args, '->', type(e).__name__, e


os.umask(022)
open('q', 'w').close()
os.symlink('q', 'link')
os.symlink('nowhere', 'dangling')
for args in [(), ('q',), ('',), ('nodir/x',), ('f1',), ('f2', 0600), ('f3', 'x'), (1,), ('a\0b',), ('link',),
             ('dangling',), ('q/x',)]:
    show(os.mkfifo, *args)
for args in [(), ('q',), ('n1',), ('n2', 0644), ('n3', 0600, 0), ('n4', stat.S_IFIFO | 0660), ('n5', stat.S_IFDIR | 0700),
             ('n7', 'x'), ('', 0600), ('nodir/x', 0600)]:
    show(os.mknod, *args)
for name in ['f1', 'f2', 'n1', 'n2', 'n3', 'n4']:
    print name, oct(os.lstat(name).st_mode)
print sorted(os.listdir('.'))

# A FIFO joins two ends.
fd = os.open('f1', os.O_RDWR)
print os.write(fd, 'through'), os.read(fd, 20), stat.S_ISFIFO(os.fstat(fd).st_mode)
os.close(fd)

for args in [(), ('nope', 0), ('', 0), (1, 0), ('q', 'x'), ('dangling', 0600), ('link', 0600), ('q', 0600)]:
    show(os.lchmod, *args)
print oct(os.stat('q').st_mode)
for args in [(), ('nope',), ('q/x',), ('',), (1,)]:
    show(os.chroot, *args)
