# Wrong and right arguments of the functions, the streams and BZ2File's methods.
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

for level in (-1, 0, 1, 9, 10, None, 'x', 2**40):
    print level, repr(ask(bz2.compress, 'abc', level)), type(ask(bz2.BZ2Compressor, level)).__name__
for data in (1, None, u'abc', u'\xe9', bytearray('abc'), buffer('abc'), memoryview('abc'), ''):
    print type(data).__name__, repr(ask(bz2.compress, data)), repr(ask(bz2.decompress, data))
print ask(bz2.compress), ask(bz2.decompress), ask(bz2.decompress, 'a', 1), ask(bz2.decompress, data='a')
print ask(bz2.BZ2Decompressor, 1), ask(bz2.BZ2Compressor, 1, 2), ask(bz2.BZ2Compressor, foo=2)
C = bz2.BZ2Compressor()
print repr(ask(C.compress, u'abc')), ask(C.compress), ask(C.compress, 1), ask(C.flush, 1), repr(ask(C.flush))
print ask(C.flush), ask(C.compress, 'x'), repr(ask(C.compress, ''))
C.__init__()
print repr(C.compress('x')), repr(C.flush())
put(z('abc\ndef\n'))
for name in ('', '/', 'nope', u'nope\xe9', 'a\0b', 1, None):
    if name:
        print repr(name), ask(bz2.BZ2File, name)
for mode in ('rU', 'U', 'Ur', 'rb', 'b', 'bU', 'UU', 'rbb'):
    f = B(mode)
    print mode, f.mode, f.name, f.closed, f.newlines, f.softspace
for n in ('read', 'readline', 'readlines'):
    for a in ((), (0,), (-1,), (-5,), (1,), (2,), (10,), (None,), ('x',), (1.5,), (2**70,), (1, 2), (True,), (10L,)):
        print n, a, repr(ask(getattr(B(), n), *a))
    print n, ask(getattr(B(), n), size=1)
for a in ((), (0,), (1,), (100,), (-1,), (-1, 1), (-1, 2), (-100, 2), (1, 1), (0, 3), (0, -1), ('x',), (None,), (1.5,),
          (2**70,), (2**62,), (1, 'x'), (0, None), (0, 0, 0)):
    f = B()
    print 'seek', a, ask(f.seek, *a), f.tell(), repr(f.read()), f.tell()
f = B()
print ask(f.next, 1), ask(f.tell, 1), ask(f.close, 1), ask(f.__enter__, 1), f.xreadlines(1) is f, iter(f) is f
print ask(f.write, 'x'), ask(f.write, 1), ask(f.writelines, []), ask(setattr, f, 'foo', 1)
for n in ('name', 'mode', 'closed', 'newlines'):
    print ask(setattr, f, n, 1), ask(delattr, f, n)
f.softspace = 5
print f.softspace, ask(setattr, f, 'softspace', 'x')
f.close()
for n in ('read', 'readline', 'readlines', 'next', 'close', 'tell', 'xreadlines', '__enter__', '__exit__', '__iter__'):
    print n, ask(getattr(f, n))
print f.name, f.mode, f.closed, ask(f.write, 'x'), ask(f.seek, 0), ask(f.seek, 'x'), ask(f.writelines, 1)
w = bz2.BZ2File('w.bz2', 'w')
for n in ('read', 'readline', 'readlines', 'next', 'tell'):
    print n, ask(getattr(w, n))
print ask(w.seek, 0), ask(w.write), ask(w.write, 1), ask(w.write, u'\xe9'), ask(w.writelines), ask(w.writelines, None)
for x in (u'abc', ['a', 1], ['a', u'b'], [bytearray('x')], [buffer('abc')], [None], iter(['a', 'b']), {'a': 1}, [u'\xe9']):
    print ask(w.writelines, x)
def fails():
    yield 'lost'
    raise KeyError('boom')
print ask(w.writelines, fails()), ask(w.writelines, ['a'] * 1500 + [1]), w.tell(), w.close()
print ask(bz2.BZ2File('w.bz2').read)
