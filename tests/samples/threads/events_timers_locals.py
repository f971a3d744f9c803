# Event, Timer, Semaphore, local
import threading, time, sys
e = threading.Event()
print e.isSet(), e.is_set(), e.wait(0.01)
order = []
def waiter(n):
    e.wait(); order.append(n)
ts = [threading.Thread(target=waiter, args=(i,)) for i in range(4)]
for t in ts: t.start()
time.sleep(0.02); print order
e.set(); [t.join() for t in ts]; print sorted(order), e.wait(), e.wait(0)
e.clear(); print e.is_set()
hits = []
t = threading.Timer(0.03, hits.append, ['a']); t.start(); t.join(); print hits
t = threading.Timer(5, hits.append, args=['b']); t.start(); t.cancel(); t.join(); print hits, t.finished.is_set()
t = threading.Timer(0.01, lambda **k: hits.append(k), kwargs={'x': 1}); t.start(); t.join(); print hits
class Repeat(threading._Timer):
    def run(self):
        while not self.finished.is_set():
            self.finished.wait(self.interval)
            if not self.finished.is_set(): self.function(*self.args, **self.kwargs)
n = []
r = Repeat(0.01, lambda: n.append(len(n)) or (len(n) >= 5 and r.cancel())); r.start(); r.join(2); print n
s = threading.Semaphore(2); inside = []; mx = []
lk = threading.Lock()
def work(i):
    with s:
        with lk: inside.append(i); mx.append(len(inside))
        time.sleep(0.003)
        with lk: inside.remove(i)
ts = [threading.Thread(target=work, args=(i,)) for i in range(8)]
[t.start() for t in ts]; [t.join() for t in ts]; print max(mx) <= 2, inside
bs = threading.BoundedSemaphore(1); bs.acquire(); bs.release()
try: bs.release()
except ValueError, ex: print 'ValueError', ex
try: threading.Semaphore(-1)
except ValueError, ex: print 'ValueError', ex
print s.acquire(False), s.acquire(0), s.acquire(blocking=False)
class Ctx(threading.local):
    number = 2
    def __init__(self, **kw): self.__dict__.update(kw); order.append('init')
    def squared(self): return self.number ** 2
del order[:]
c = Ctx(color='red'); c.number = 3; res = []
def f():
    res.append(sorted(c.__dict__.items())); c.color = 'blue'; c.number = 11; res.append(c.squared())
t = threading.Thread(target=f); t.start(); t.join()
print res, c.color, c.squared(), order, sorted(c.__dict__.items())
l = threading.local()
try: l.x
except AttributeError, ex: print 'AttributeError', ex
l.x = 1; del l.x
try: del l.x
except AttributeError, ex: print 'AttributeError', ex
try: threading.local(1)
except TypeError, ex: print 'TypeError', ex
class D(object):
    def __del__(self): log.append('del')
log = []
def g(): l.d = D()
try: l.__dict__ = {}
except AttributeError, ex: print 'AttributeError', ex
print threading.Event()._Event__flag, type(threading.Event()).__name__, threading.Timer.__class__.__name__
