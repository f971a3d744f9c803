# Writing: positions, levels, print, opening again, with, devices that are full.
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

f = B('w')
print f.tell(), f.write('abc'), f.tell(), f.writelines(['x\n', 'yy']), f.tell(), f.close(), os.path.getsize('f.bz2'), repr(B().read())
f = B('w')
print f.close(), repr(open('f.bz2').read())
f = B('w', 0, 1)
f.write('hello')
print >> f, 'x', 'y',
print >> f, 'z', 5
del f
print repr(open('f.bz2').read()), repr(B().read())
f = B('w')
f.write('abc')
f.__init__('g.bz2', 'w')
f.write('def')
f.close()
print repr(B().read()), repr(bz2.BZ2File('g.bz2').read())
f.__init__('f.bz2')
print f.closed, f.read()
data = ''.join(chr(i * i % 251) for i in xrange(300000))
with B('w', 0, 1) as f:
    for i in range(0, len(data), 7777):
        f.write(data[i:i + 7777])
print f.closed, B().read() == data, bz2.decompress(open('f.bz2').read()) == data
class Sub(bz2.BZ2File):
    def close(self):
        print 'closing'
        return bz2.BZ2File.close(self)
with Sub('f.bz2') as f:
    print len(f.read(10))
print f.closed
f = bz2.BZ2File('/dev/full', 'w')
print ask(f.write, 'x'), ask(f.close), f.closed
f = bz2.BZ2File('/dev/full', 'w', 1 << 20)
print ask(f.write, 'x'), ask(f.close), f.closed
c = bz2.BZ2Compressor(1)
d = bz2.BZ2Decompressor()
out = []
for i in range(0, len(data), 1000):
    out.append(d.decompress(c.compress(data[i:i + 1000])))
out.append(d.decompress(c.flush()))
print ''.join(out) == data, repr(d.unused_data)
