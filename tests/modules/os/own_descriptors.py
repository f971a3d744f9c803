# /proc/self/fd shows the descriptors that the program has open.
import os, sys
start = os.listdir('/proc/self/fd')
fd = os.open(__file__, os.O_RDONLY)
print len(os.listdir('/proc/self/fd')) - len(start), str(fd) in os.listdir('/proc/self/fd')
print os.path.basename(os.readlink('/proc/self/fd/%d' % fd)), os.path.islink('/proc/self/fd/%d' % fd)
print os.stat('/proc/self/fd/%d' % fd).st_size == os.path.getsize(__file__)
print open('/proc/self/fd/%d' % fd).readline() == open(__file__).readline()
os.close(fd)
print len(os.listdir('/proc/self/fd')) - len(start), os.path.exists('/proc/self/fd/%d' % fd)
r, w = os.pipe()
print os.readlink('/proc/self/fd/%d' % r)[:6], os.readlink('/proc/self/fd/%d' % w)[:6]
os.close(r)
os.close(w)
for name in 'x', '99', '01', '-1':
    try:
        os.stat('/proc/self/fd/' + name)
    except OSError as e:
        print name, e.errno
