# Universal newlines in every way of reading, and the attribute newlines.
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

for data in ('a\nb\r\nc\rd', 'a\n', 'a\r', 'a\r\n', '\r\r\n\n\r', 'x', '', 'a\r\nb\r\n', '\n\r', '\r\r\r\r', '\r\n' * 4, '\nab\r'):
    put(z(data))
    for n in (1, 2, 3, 100, -1):
        f = B('U')
        print repr(data), n, [(ask(f.read, n), f.newlines, f.tell()) for i in range(len(data) + 2)]
    for n in ('readline', 'next', 'readlines'):
        f = B('rU')
        print n, [(ask(getattr(f, n)), f.newlines, f.tell()) for i in range(5)]
    f = B('rU')
    print [(ask(f.readline, 2), f.newlines, f.tell()) for i in range(5)]
    f = B('rU')
    print repr(f.read(4)), f.seek(0), repr(ask(f.read)), f.tell(), f.newlines, ask(f.seek, -1, 2), repr(ask(f.read)), f.tell()
    f = B()
    print repr(f.read()), f.newlines
