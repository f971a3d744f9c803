# Anonymous memory: as a file, as a sequence, as a buffer; every error.
import mmap
import struct


def attempt(f, *args, **kw):
    try:
        print repr(f(*args, **kw))
    except Exception as e:
        print '%s: %s' % (type(e).__name__, e)


def size_of(*args, **kw):
    return len(mmap.mmap(*args, **kw))


print mmap.error.__mro__[1].__name__, mmap.PAGESIZE, mmap.ALLOCATIONGRANULARITY
print sorted((name, getattr(mmap, name)) for name in dir(mmap) if name.isupper())
attempt(mmap.mmap)
for args in [(-1, 0), (-1, -5), (-1, 'a'), (999, 10), (-1, 2 ** 70), (-1, 10)]:
    attempt(size_of, *args)
for kw in [dict(access=9), dict(access=1, prot=1), dict(access=1, flags=2), dict(offset=-1), dict(flags=0)]:
    attempt(size_of, -1, 10, **kw)

m = mmap.mmap(-1, 16)
print len(m), repr(m[:])
print 'file'
for name, args in [
        ('size', ()), ('tell', ()), ('write', ('hello\nworld',)), ('tell', ()), ('seek', (0,)), ('readline', ()),
        ('read', (3,)), ('read_byte', ()), ('read', (-1,)), ('read', ()), ('read', (100,)), ('readline', ()),
        ('read_byte', ()), ('seek', (0, 2)), ('seek', (-5, 2)), ('tell', ()), ('seek', (1, 1)), ('tell', ()),
        ('seek', (100,)), ('seek', (-1,)), ('seek', (0, 5)), ('seek', ('a',)), ('write', ('x' * 20,)),
        ('seek', (15,)), ('write_byte', ('a',)), ('write_byte', ('b',)), ('write_byte', ('ab',)), ('write', (5,)),
        ('write', (u'ab',)), ('write_byte', (5,))]:
    print name, args,
    attempt(getattr(m, name), *args)
print 'find'
for where in (16, 0, 6):
    m.seek(where)
    for args in [('o',), ('o', 5), ('o', 5, 6), ('o', -10, -1), ('l', 0, 4), ('',), ('o', 100), (5,), ('hello',),
                 ('hello', 1), ('d\0\0',), ('', 3, 2)]:
        print where, args,
        attempt(m.find, *args)
        attempt(m.rfind, *args)
print 'sequence'
for key in (0, -1, 16, -17, 'a', 2 ** 70, slice(0, 5), slice(None, None, 2), slice(5, 0, -1), slice(0, 0), slice(5, 2)):
    print key,
    attempt(m.__getitem__, key)
for key, value in [(0, 'H'), (0, 'HH'), (0, 5), (99, 'a'), (slice(0, 2), 'he'), (slice(0, 2), 'h'),
                   (slice(0, 10, 2), 'abcde'), (slice(0, 10, 2), 'abc'), (slice(0, 3), 5), ('a', 'b'), (0, u'a')]:
    print key, repr(value),
    attempt(m.__setitem__, key, value)
attempt(m.__setslice__, 0, 3, 'xyz')
attempt(m.__setslice__, 0, 3, 'xy')
attempt(m.__delitem__, 0)
attempt(m.__delitem__, slice(0, 1))
attempt(m.__delslice__, 0, 1)
attempt(lambda: m + 'a')
attempt(lambda: m * 2)
print 'a' in m, list(m)[:3], repr(m[:]), bool(m)
print 'move'
for args in [(0, 5, 3), (0, 5, 30), (-1, 0, 1), (0, 0, -1), (16, 0, 0), (0, 15, 2), (3, 0, 8)]:
    print args,
    attempt(m.move, *args)
print repr(m[:])
for args in [(), (0, 16), (1, 5), (0, 17), (-1,), (0, 0)]:
    print args,
    attempt(m.flush, *args)
print 'buffer'
print bytes(buffer(m))[:3], str(buffer(m, 2, 3))
attempt(memoryview, m)
struct.pack_into('<i', m, 0, 0x41424344)
print repr(m[:4]), struct.unpack_from('<i', m, 0)
print 'resize'
for size in (32, 8, 0, -1):
    attempt(m.resize, size)
    print len(m), repr(m[:])
print 'closed'
attempt(m.close)
attempt(m.close)
for name, args in [('__len__', ()), ('read', (1,)), ('__getitem__', (0,)), ('size', ()), ('tell', ()), ('flush', ()),
                   ('resize', (3,)), ('find', ('a',)), ('__setitem__', (0, 'a')), ('move', (0, 1, 2)),
                   ('seek', (0,)), ('write', ('a',)), ('readline', ())]:
    print name,
    attempt(getattr(m, name), *args)

r = mmap.mmap(-1, 10, access=mmap.ACCESS_READ)
attempt(r.__setitem__, 0, 'a')
attempt(r.write, 'a')
attempt(r.move, 0, 1, 2)
attempt(r.resize, 5)
attempt(struct.pack_into, '<i', r, 0, 5)
c = mmap.mmap(-1, 10, mmap.MAP_PRIVATE)
c[0:3] = 'abc'
print repr(c[:]), c == mmap.mmap(-1, 10)


class Sub(mmap.mmap):
    def __new__(cls, n):
        return mmap.mmap.__new__(cls, -1, n)


s = Sub(8)
s.name = 'x'
print len(s), s.name, isinstance(s, mmap.mmap)
