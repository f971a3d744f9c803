# Files as memory: sizes, access, flush, resize, offsets, errors.
import mmap
import os


def attempt(f, *args, **kw):
    try:
        print repr(f(*args, **kw))
    except Exception as e:
        print '%s: %s' % (type(e).__name__, e)


def content():
    with open('f', 'rb') as f:
        return f.read()


def size_of(*args, **kw):
    return len(mmap.mmap(*args, **kw))


with open('f', 'wb') as f:
    f.write('line one\nline two\n')
f = open('f', 'r+b')
fd = f.fileno()
m = mmap.mmap(fd, 0)
print len(m), m.size(), repr(m[:])
m[0:4] = 'LINE'
m.flush()
print repr(content())
attempt(m.resize, 30)
print len(m), m.size(), repr(m[:])
m[20] = 'z'
m.close()
print repr(content()), f.tell()
for args, kw in [((100,), {}), ((0,), dict(offset=5)), ((0,), dict(offset=4096)), ((4,), dict(offset=4096)), ((31,), {}),
                 ((2 ** 33,), {}), ((30,), {}), ((3,), {})]:
    print args, kw,
    attempt(size_of, fd, *args, **kw)
attempt(mmap.mmap, f, 0)
r = mmap.mmap(fd, 0, access=mmap.ACCESS_READ)
for name, args in [('__setitem__', (0, 'a')), ('write', ('a',)), ('write_byte', ('a',)), ('move', (0, 1, 2)),
                   ('resize', (10,)), ('flush', ())]:
    print name,
    attempt(getattr(r, name), *args)
c = mmap.mmap(fd, 0, access=mmap.ACCESS_COPY)
c[0] = 'Q'
attempt(c.flush)
attempt(c.resize, 10)
print c[:4], repr(content())
c.close()
p = mmap.mmap(fd, 0, mmap.MAP_PRIVATE)
p[0] = 'P'
p.close()
print repr(content())
p = mmap.mmap(fd, 0, prot=mmap.PROT_READ)
attempt(p.__setitem__, 0, 'a')
p.close()
g = open('f')
attempt(mmap.mmap, g.fileno(), 0)
m = mmap.mmap(g.fileno(), 0, prot=mmap.PROT_READ)
g.close()
print len(m), m[:4], m.size()
m.close()
open('e', 'w').close()
e = open('e', 'r+')
attempt(mmap.mmap, e.fileno(), 0)
attempt(mmap.mmap, e.fileno(), 10)
with open('big', 'wb') as big:
    for i in range(3):
        big.write(chr(97 + i) * 4096)
big = open('big', 'r+b')
m = mmap.mmap(big.fileno(), 0, offset=4096)
print len(m), m[0], m[4096], m.find('c'), m.rfind('b')
m[0] = 'X'
m.close()
print open('big').read(4097)[-2:]
m = mmap.mmap(big.fileno(), 4096)
m.resize(5000)
print os.path.getsize('big'), len(m), m[4095:4098]
del m
f.close()
