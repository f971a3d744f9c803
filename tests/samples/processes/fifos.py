import os, stat
os.mkfifo('f'); print oct(os.stat('f').st_mode), stat.S_ISFIFO(os.stat('f').st_mode)
os.umask(0); os.mkfifo('g', 0640); print oct(os.stat('g').st_mode)
for a in (('f',), ('nodir/x',), (5,), (u'\xe9',), ('f', 'x'), ('a\0b',), (), ('f/x',)):
    try: print os.mkfifo(*a)
    except Exception, e: print type(e).__name__, e, getattr(e, 'filename', 0)
os.mknod('n'); print oct(os.stat('n').st_mode), os.path.getsize('n'); os.mknod('p', stat.S_IFIFO | 0600); print oct(os.stat('p').st_mode); os.mknod('q', 0644 | stat.S_IFREG)
print oct(os.stat('q').st_mode)
for a in (('n',), ('nodir/x',), (5,), ('z', 'x'), ()):
    try: print os.mknod(*a)
    except Exception, e: print type(e).__name__, e, getattr(e, 'filename', 0)
if os.fork() == 0:
    w = open('f', 'w'); print >>w, 'hello'; w.flush(); print >>w, 'again'; w.close(); os._exit(0)
r = open('f'); print r.readline(), repr(r.read()); os.wait(); r.close()
fd = os.open('f', os.O_RDONLY | os.O_NONBLOCK); print repr(os.read(fd, 5)); w = os.open('f', os.O_WRONLY)
try: os.read(fd, 5)
except OSError, e: print e
os.write(w, 'abc'); print os.read(fd, 10); os.close(w); print repr(os.read(fd, 1))
os.close(fd)
try: os.open('f', os.O_WRONLY | os.O_NONBLOCK)
except OSError, e: print e
import signal, sys
rw = os.open('f', os.O_RDWR); os.write(rw, 'self'); print os.read(rw, 10)
def h(n, f): print 'alarm'
signal.signal(signal.SIGALRM, h); signal.setitimer(signal.ITIMER_REAL, 0.1)
try: os.read(rw, 1)
except OSError, e: print e
import threading, time
t = threading.Thread(target=lambda: (time.sleep(0.05), os.write(rw, 'from thread'))); t.start(); print os.read(rw, 20); t.join()
import select; print select.select([rw], [], [], 0)[0]; os.write(rw, 'x'); print select.select([rw], [], [], 0)[0] == [rw]
import subprocess; os.read(rw, 1); os.close(rw)
p = subprocess.Popen('cat f; echo done', shell=True, stdout=subprocess.PIPE); w = open('f', 'w'); w.write('to cat\n'); w.close(); print p.communicate()[0]
p = subprocess.Popen('echo from shell > f', shell=True); print open('f').read(), p.wait()
