# Truncated, corrupt, empty and several streams: what is read before the error, and tell() after it.
import bz2, os, sys

def put(data, name="f.bz2"):
    f = open(name, "wb")
    f.write(data)
    f.close()

def ask(f, *args, **kw):
    try:
        answer = f(*args, **kw)
    except Exception as e:
        return "%s: %s" % (type(e).__name__, e)
    if isinstance(answer, str) and len(answer) > 80:
        return (answer[:20], answer[-20:], len(answer))
    return answer

def B(*args):
    return bz2.BZ2File("f.bz2", *args)

z = bz2.compress

whole = z('hello world ' * 10)
for n in range(len(whole) + 1):
    print n, ask(bz2.decompress, whole[:n])
for i in range(len(whole)):
    bad = whole[:i] + chr(ord(whole[i]) ^ 1) + whole[i + 1:]
    d = bz2.BZ2Decompressor()
    print i, ask(bz2.decompress, bad), ask(d.decompress, bad), repr(d.unused_data)
print ask(bz2.decompress, whole + 'rest'), ask(bz2.decompress, whole + whole), ask(bz2.decompress, 'junk')
d = bz2.BZ2Decompressor()
print ask(d.decompress, 'junk'), ask(d.decompress, whole[:10]), ask(d.decompress, whole[10:] + 'rest'), d.unused_data
print ask(d.decompress, 'x'), d.unused_data, ask(d.__init__), repr(d.unused_data), ask(d.decompress, whole)
text = ''.join('line %d\n' % i for i in range(60000))
packed = z(text, 1)
half = len(packed) // 2
for data in ('', 'junk junk junk', z(''), z('one\ntwo\n') + z('three\n'), packed[:half], packed,
             packed[:half] + chr(ord(packed[half]) ^ 1) + packed[half + 1:]):
    put(data)
    print '-- of', len(data)
    for n, a in (('read', ()), ('read', (10,)), ('readline', ()), ('next', ()), ('seek', (0, 2)), ('seek', (10**6,)),
                 ('seek', (-30, 2))):
        f = B()
        print n, a, repr(ask(getattr(f, n), *a)), f.tell(), repr(ask(f.readline, 5)), f.tell(), ask(f.seek, 3), repr(ask(f.read, 5))
    f = B()
    print len(ask(f.readlines)), f.tell(), ask(f.readlines), f.tell(), ask(f.next)
    for step in (lambda f: f.read(1000), lambda f: f.readline(), lambda f: next(f, '')):
        f = B()
        n = 0
        try:
            while 1:
                s = step(f)
                if not s:
                    break
                n += len(s)
        except Exception as e:
            print e,
        print n, f.tell(), repr(ask(f.readline)), f.tell()
f = B()
put(packed)
f = B()
f.next()
print ask(f.read), ask(f.readline), ask(f.readlines), f.tell(), f.seek(10), f.read(5)
for hint in (0, 1, 5, 100, 8192, 8193, 10000, -1):
    f = B()
    print hint, len(f.readlines(hint)), f.tell()
for data in ('abc', 'abc\n', 'abc\nd', '', 'x' * 8191 + '\nab', 'x' * 20000 + '\nab\n'):
    put(z(data))
    for hint in (1, 3, 100):
        f = B()
        print hint, map(len, ask(f.readlines, hint)), f.tell(), repr(ask(f.read))
