# file objects: modes, seek, O_APPEND, buffering, iteration, errors
import os, sys, errno
f = open('t', 'w'); print f, f.mode, f.name, f.closed, f.encoding, f.newlines, f.softspace; f.write('one\ntwo\nthree'); f.close(); print repr(f).split(' at ')[0]
for m in ('read', 'readline', 'readlines', 'next', 'tell', 'flush', 'fileno', 'isatty', 'truncate', '__enter__'):
    try: print getattr(f, m)()
    except ValueError, e: print m, e
print f.close()
f = open('t'); print f.readline(), f.tell(), f.read(3), f.readlines(), repr(f.read()), f.tell()
f.seek(-5, 2); print f.read(); f.seek(1); print f.readline(2), f.readline(100), f.next(); 
try: f.next()
except StopIteration: print 'stop'
f.seek(0); it = iter(f); print it is f, it.next()
try: f.read()
except ValueError, e: print e
f.seek(0)
for bad in ((f.write, ('x',)), (f.seek, (-1,)), (f.seek, (0, 9)), (f.truncate, ()), (f.read, ('x',)), (f.readline, (1, 2)), (f.writelines, (['x'],))):
    try: print bad[0](*bad[1])
    except Exception, e: print type(e).__name__, e
w = open('t', 'a'); w.write('++'); print w.tell(); w.close(); w = open('t', 'a+'); print repr(w.read(3)), w.tell(); w.seek(0); w.write('end'); w.seek(0); print w.read(); w.close()
w = open('t', 'r+'); w.write('ONE'); w.seek(0); print w.readline(); w.seek(4); w.truncate(); w.seek(0); print repr(w.read()); w.close()
w = open('t', 'w+', 0); w.write('unbuf'); print open('t').read(); w.close()
w = open('t', 'w', 1); w.write('line\npart'); print repr(open('t').read()); w.close()
w = open('t', 'w', 8); w.write('12345678901'); print len(open('t').read()) > 0; w.close()
open('crlf', 'wb').write('a\r\nb\rc\nd'); u = open('crlf', 'rU'); print u.readlines(), u.newlines; u.close(); print open('crlf').readlines(), open('crlf', 'rb').read().encode('hex')
w = open('t', 'w'); w.writelines(x for x in 'abc'); 
for bad in (5, [5], None):
    try: w.writelines(bad)
    except TypeError, e: print e
for bad in (5, None, u'\xe9', [1]):
    try: w.write(bad)
    except (TypeError, UnicodeError), e: print type(e).__name__, e
w.write(buffer('buf')); w.write(u'uni'); w.write(bytearray('ba')); 
import array
try: w.write(array.array('c', 'arr'))
except TypeError, e: print e
open('arr', 'wb').write(array.array('c', 'arr')); print open('arr').read(); w.close(); print open('t').read()
with open('t') as f: print f.read(2)
print f.closed
try:
    with f: pass
except ValueError, e: print e
fd1 = os.open('ap', os.O_CREAT | os.O_APPEND | os.O_RDWR); fd2 = os.open('ap', os.O_WRONLY | os.O_APPEND); os.write(fd1, 'AA'); os.write(fd2, 'BB'); os.write(fd1, 'CC'); os.lseek(fd1, 0, 0); print os.read(fd1, 10); os.close(fd1); os.close(fd2)
print >>open('p', 'w'), 'printed', 1, None
print open('p').read(), file is open, file('p', 'r', 0).read(3)
b = bytearray(4); print open('p').readinto(b), b
x = open('p'); print x.xreadlines() is x, list(x)
class F(file):
    def write(self, s): file.write(self, s.upper())
s = F('sub', 'w'); s.write('abc'); print >>s, 'def', 5; s.close(); print open('sub').read()
try: file('p').name = 3
except (AttributeError, TypeError), e: print type(e).__name__, e
sp = open('sparse', 'wb'); sp.seek(1 << 20); sp.write('e'); sp.close(); print os.path.getsize('sparse'), open('sparse', 'rb').read(3).encode('hex')
sys.stdout.softspace = 1; print 'soft'; print 'a',; print 'b',; sys.stdout.write('c'); print 'd'
f = open('/dev/null', 'w'); print f.write('x'), f.tell() >= 0; r, w = os.pipe(); pf = os.fdopen(r)
try: pf.seek(0)
except IOError, e: print e
try: os.fdopen(w, 'r+'); print 'ok'
except (IOError, OSError), e: print e
for m in ('r', 'U', 'rw', 'w+b', 'br', 'wU', 'x', 'r+U', 'rb+', 'a+b'):
    try: g = open('p', m); print m, g.mode; g.close()
    except (ValueError, IOError), e: print m, type(e).__name__, e
