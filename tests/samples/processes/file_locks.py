# locks between processes and threads
import fcntl, os, sys, time, struct, signal, errno, threading
open('count', 'w').write('0')
def bump(n, lock, unlock):
    for i in range(n):
        f = open('count', 'r+')
        lock(f)
        v = int(f.read()); time.sleep(0.0005); f.seek(0); f.write(str(v + 1)); f.flush()
        unlock(f); f.close()
for lock, unlock in ((lambda f: fcntl.flock(f, fcntl.LOCK_EX), lambda f: fcntl.flock(f, fcntl.LOCK_UN)), (lambda f: fcntl.lockf(f, fcntl.LOCK_EX), lambda f: fcntl.lockf(f, fcntl.LOCK_UN)), (lambda f: fcntl.flock(f, fcntl.LOCK_EX), lambda f: None)):
    pids = []
    for i in range(3):
        pid = os.fork()
        if not pid: bump(8, lock, unlock); os._exit(0)
        pids.append(pid)
    print [os.waitpid(p, 0)[1] for p in pids], open('count').read()
ts = [threading.Thread(target=bump, args=(5, lambda f: fcntl.flock(f, fcntl.LOCK_EX), lambda f: None)) for i in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]; print open('count').read()
def attempt(f, op, *a):
    try: return fcntl.lockf(f, op | fcntl.LOCK_NB, *a)
    except IOError, e: return errno.errorcode[e.errno]
def fattempt(f, op):
    try: return fcntl.flock(f, op | fcntl.LOCK_NB)
    except IOError, e: return errno.errorcode[e.errno]
def child(fn):
    sys.stdout.flush(); pid = os.fork()
    if pid: return os.waitpid(pid, 0)[1]
    try: fn(); sys.stdout.flush(); os._exit(0)
    except: import traceback; traceback.print_exc(); os._exit(1)
f = open('count', 'r+'); g = open('count', 'r+')
print fattempt(f, fcntl.LOCK_SH), fattempt(g, fcntl.LOCK_SH), fattempt(g, fcntl.LOCK_EX), fattempt(f, fcntl.LOCK_UN), fattempt(g, fcntl.LOCK_EX), fattempt(f, fcntl.LOCK_SH)
def inherited(): print 'inherits', fattempt(g, fcntl.LOCK_EX), fattempt(f, fcntl.LOCK_SH); g.close()
child(inherited); print fattempt(f, fcntl.LOCK_SH)
d = os.dup(g.fileno()); g.close(); print fattempt(f, fcntl.LOCK_SH); os.close(d); print fattempt(f, fcntl.LOCK_SH); fcntl.flock(f, fcntl.LOCK_UN)
print attempt(f, fcntl.LOCK_EX, 10, 0), attempt(f, fcntl.LOCK_EX, 10, 20), attempt(f, fcntl.LOCK_SH, 5, 40)
def other():
    h = open('count', 'r+')
    print [attempt(h, fcntl.LOCK_EX, 1, i) for i in (0, 9, 10, 19, 20, 29, 30, 40, 44, 45)], attempt(h, fcntl.LOCK_SH, 1, 41), attempt(h, fcntl.LOCK_EX, 0, 30), attempt(h, fcntl.LOCK_EX)
    q = fcntl.fcntl(h, fcntl.F_GETLK, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 0, 0, 0)); t, w, s, l, p = struct.unpack('hhqqi', q); print t, w, s, l, p == os.getppid()
    q = fcntl.fcntl(h, fcntl.F_GETLK, struct.pack('hhqqi', fcntl.F_WRLCK, 0, 100, 10, 0)); print struct.unpack('hhqqi', q)[0] == fcntl.F_UNLCK
child(other); fcntl.lockf(f, fcntl.LOCK_UN, 4, 3)
def other2():
    h = open('count', 'r+'); print [attempt(h, fcntl.LOCK_EX, 1, i) for i in (2, 3, 6, 7, 9)]
child(other2)
open('count').close()
def other3():
    h = open('count', 'r+'); print 'closing any descriptor', attempt(h, fcntl.LOCK_EX)
child(other3)
r = open('count'); print attempt(r, fcntl.LOCK_EX), attempt(r, fcntl.LOCK_SH), fattempt(r, fcntl.LOCK_EX); r.close()
fcntl.flock(f, fcntl.LOCK_EX); sys.stdout.flush(); rd, wr = os.pipe()
pid = os.fork()
if not pid:
    h = open('count'); t = time.time(); os.write(wr, 'x'); fcntl.flock(h, fcntl.LOCK_EX); print 'got it', 0.04 < time.time() - t; sys.stdout.flush(); os._exit(0)
os.read(rd, 1); time.sleep(0.1); fcntl.flock(f, fcntl.LOCK_UN); os.waitpid(pid, 0)
rd, wr = os.pipe(); pid = os.fork()
if not pid: fcntl.lockf(f, fcntl.LOCK_EX); os.write(wr, 'x'); time.sleep(10); os._exit(0)
os.read(rd, 1); print attempt(f, fcntl.LOCK_EX); os.kill(pid, 9); os.waitpid(pid, 0); print attempt(f, fcntl.LOCK_EX)
signal.signal(signal.SIGALRM, lambda n, fr: None); signal.setitimer(signal.ITIMER_REAL, 0.05); h = open('count'); fcntl.flock(f, fcntl.LOCK_EX)
try: fcntl.flock(h, fcntl.LOCK_SH)
except IOError, e: print e
class Boom(Exception): pass
def boom(n, fr): raise Boom('out of the wait')
signal.signal(signal.SIGALRM, boom); signal.setitimer(signal.ITIMER_REAL, 0.05)
try: fcntl.flock(h, fcntl.LOCK_EX)
except Boom, e: print 'Boom', e
for a in ((f, 99), (f, 0), (999, 1), ('x', 1), (f, 'x')):
    for fn in (fcntl.flock, fcntl.lockf):
        try: print fn(*a)
        except Exception, e: print fn.__name__, type(e).__name__, e
for a in ((1, 'x'), (1, 5, 'y'), (1, 5, -1), (1, 1, 0, 7)):
    try: print fcntl.lockf(f, fcntl.LOCK_EX, *a[1:])
    except Exception, e: print type(e).__name__, e
print fcntl.lockf(f, fcntl.LOCK_EX, 1, -1, 2), fcntl.lockf(f, fcntl.LOCK_UN, 0, 0, 1)
