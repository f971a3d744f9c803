# Conditions: bounded buffer, barrier, rwlock
import threading, time
class BoundedBuffer(object):
    def __init__(self, n):
        self.n, self.items = n, []
        self.lock = threading.Lock()
        self.nonempty = threading.Condition(self.lock)
        self.nonfull = threading.Condition(self.lock)
    def put(self, x):
        with self.nonfull:
            while len(self.items) >= self.n: self.nonfull.wait()
            self.items.append(x)
            self.nonempty.notify()
    def get(self):
        with self.nonempty:
            while not self.items: self.nonempty.wait()
            x = self.items.pop(0)
            self.nonfull.notify()
            return x
class Barrier(object):
    def __init__(self, n):
        self.n, self.count, self.gen = n, 0, 0
        self.cond = threading.Condition()
    def wait(self):
        with self.cond:
            gen = self.gen
            self.count += 1
            if self.count == self.n:
                self.gen += 1; self.count = 0
                self.cond.notify_all()
                return True
            while gen == self.gen: self.cond.wait()
            return False
class RWLock(object):
    def __init__(self):
        self.c = threading.Condition(threading.RLock()); self.readers = 0
    def acquire_read(self):
        with self.c: self.readers += 1
    def release_read(self):
        with self.c:
            self.readers -= 1
            if not self.readers: self.c.notifyAll()
    def acquire_write(self):
        self.c.acquire()
        while self.readers: self.c.wait()
    def release_write(self): self.c.release()
b = BoundedBuffer(2)
got = []
def prod():
    for i in range(50): b.put(i)
def cons():
    for i in range(50): got.append(b.get())
ts = [threading.Thread(target=f) for f in (prod, cons)]
[t.start() for t in ts]; [t.join() for t in ts]
print got == range(50)
bar = Barrier(4); phases = []; leaders = []
def phase(k):
    for p in range(5):
        phases.append(p)
        if bar.wait(): leaders.append(p)
ts = [threading.Thread(target=phase, args=(k,)) for k in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]
print phases == sorted(phases), leaders
rw = RWLock(); data = {'v': 0}; bad = []
def reader():
    for i in range(20):
        rw.acquire_read()
        a = data['v']; time.sleep(0); 
        if data['v'] != a: bad.append(1)
        rw.release_read()
def writer():
    for i in range(10):
        rw.acquire_write(); data['v'] += 1; rw.release_write(); time.sleep(0.0001)
ts = [threading.Thread(target=f) for f in (reader, writer, reader, writer)]
[t.start() for t in ts]; [t.join() for t in ts]
print data, bad
c = threading.Condition()
for f in (c.wait, c.notify, c.notifyAll):
    try: f()
    except RuntimeError, e: print 'RuntimeError', e
with c:
    t = time.time(); print c.wait(0.05), time.time() - t >= 0.04
print c.__class__.__name__, repr(c).startswith('<Condition(<_RLock owner=None count=0>, 0)>'), repr(c)
l = threading.Lock()
try: l.release()
except threading.ThreadError, e: print 'ThreadError', e
r = threading.RLock()
try: r.release()
except RuntimeError, e: print 'RuntimeError', e
print r.acquire(), r.acquire(0), r.acquire(blocking=1); print repr(r).replace(repr(threading.currentThread().name), 'MT')
r.release(); r.release(); r.release(); print r
print l.acquire(), l.acquire(0), l.locked(), type(l)
l.release(); print l.locked()
with l: print 'in', l.locked_lock() if hasattr(l,'locked_lock') else 1
