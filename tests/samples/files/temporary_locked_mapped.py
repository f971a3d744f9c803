# tempfile, fcntl locks, mmap
import tempfile, os, fcntl, mmap, struct, errno, sys
fd, p = tempfile.mkstemp('.suf', 'pre', '.'); print os.path.basename(p)[:3], p[-4:], oct(os.fstat(fd).st_mode), len(os.path.basename(p)); os.close(fd)
with tempfile.NamedTemporaryFile() as f: f.write('x'); f.flush(); n = f.name; print os.path.exists(n), f.delete
print os.path.exists(n); d = tempfile.mkdtemp(); print oct(os.stat(d).st_mode), tempfile.gettempprefix(), os.path.isdir(tempfile.gettempdir())
with tempfile.TemporaryFile('w+') as f: f.write('abc'); f.seek(0); print f.read()
s = tempfile.SpooledTemporaryFile(max_size=5); s.write('abc'); print s._rolled; s.write('defg'); print s._rolled; s.seek(0); print s.read(), s.name if 0 else ''
f = open('lock', 'w+'); fcntl.flock(f, fcntl.LOCK_EX); g = open('lock', 'r+')
try: fcntl.flock(g, fcntl.LOCK_EX | fcntl.LOCK_NB)
except IOError, e: print e
fcntl.flock(f, fcntl.LOCK_UN); print fcntl.flock(g, fcntl.LOCK_EX | fcntl.LOCK_NB); g.close()
fcntl.lockf(f, fcntl.LOCK_EX, 10, 0); sys.stdout.flush()
if os.fork() == 0:
    h = open('lock', 'r+')
    try: fcntl.lockf(h, fcntl.LOCK_EX | fcntl.LOCK_NB, 5, 5)
    except IOError, e: print e.errno in (errno.EAGAIN, errno.EACCES), e
    print fcntl.lockf(h, fcntl.LOCK_EX | fcntl.LOCK_NB, 5, 10); sys.stdout.flush()
    os._exit(0)
os.wait(); print fcntl.fcntl(f, fcntl.F_GETFD), fcntl.fcntl(f, fcntl.F_GETFL) & 3, fcntl.fcntl(f, fcntl.F_SETFD, fcntl.FD_CLOEXEC), fcntl.fcntl(f, fcntl.F_GETFD)
for a in ((999, fcntl.F_GETFD), (f, 9999), ('x', 1), (f, fcntl.F_GETFD, 'a' * 2000)):
    try: print fcntl.fcntl(*a)
    except Exception, e: print type(e).__name__, e
try: fcntl.lockf(f, 99)
except ValueError, e: print e
open('m', 'wb').write('0123456789' * 10); f = open('m', 'r+b'); m = mmap.mmap(f.fileno(), 0)
print len(m), m[0], m[5:9], m[-1], m[::7], m.find('9'), m.rfind('9'), m.tell(), m.read(4), m.read_byte(), m.readline()[:5], m.size()
m[0] = 'X'; m[1:4] = 'YYY'; m.seek(10); m.write('written'); m.write_byte('!'); m.flush(); print open('m').read()[:20], m.tell(); m.move(20, 0, 5); print m[20:26]
for a in ((m.__setitem__, (0, 'xx')), (m.__setitem__, (slice(0, 3), 'x')), (m.seek, (1000,)), (m.__getitem__, (1000,)), (m.resize, ('x',)), (m.read_byte, (1,)), (m.__setitem__, (0, 5))):
    try: print a[0](*a[1])
    except Exception, e: print type(e).__name__, e
m.resize(200); print len(m), os.path.getsize('m'); m.close()
try: m[0]
except ValueError, e: print e
f2 = open('m', 'rb'); r = mmap.mmap(f2.fileno(), 10, access=mmap.ACCESS_READ)
try: r[0] = 'q'
except TypeError, e: print e
c = mmap.mmap(f2.fileno(), 10, access=mmap.ACCESS_COPY); c[0] = 'C'; print c[:3], open('m').read(3)
try: mmap.mmap(f2.fileno(), 100000)
except ValueError, e: print e
an = mmap.mmap(-1, 16); sys.stdout.flush()
if os.fork() == 0: an[:5] = 'child'; os._exit(0)
os.wait(); print repr(an[:]); struct.pack_into('<I', an, 8, 77) if 0 else None; print struct.unpack_from('<I', buffer(an), 0), mmap.PAGESIZE, list(an)[:2], 'chi' in an[:], an == an
import re; print re.search('l(.)', an).group(1), hash(an) == hash(an)
