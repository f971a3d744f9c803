# deadlock detection with timeouts; lock hierarchy; try/finally
import threading, time, contextlib
class LockOrderError(Exception): pass
_local = threading.local()
@contextlib.contextmanager
def acquire(*locks):
    locks = sorted(locks, key=lambda x: x[0])
    held = getattr(_local, 'held', [])
    if held and max(h[0] for h in held) >= locks[0][0]:
        raise LockOrderError('order violation: %r after %r' % (locks[0][0], [h[0] for h in held]))
    held.extend(locks); _local.held = held
    try:
        for l in locks: l[1].acquire()
        yield [l[0] for l in locks]
    finally:
        for l in reversed(locks): l[1].release()
        del held[-len(locks):]
A, B, C = [(i, threading.Lock()) for i in range(3)]
total = {'a': 100, 'b': 100}
def transfer(x, y, src, dst, n):
    for i in range(n):
        with acquire(x, y) as ids:
            assert ids == sorted(ids)
            total[src] -= 1; total[dst] += 1
t1 = threading.Thread(target=transfer, args=(A, B, 'a', 'b', 300)); t2 = threading.Thread(target=transfer, args=(B, A, 'b', 'a', 300))
t1.start(); t2.start(); t1.join(); t2.join(); print total
try:
    with acquire(B):
        with acquire(A): print 'never'
except LockOrderError, e: print 'LockOrderError:', e
print _local.held, A[1].locked(), B[1].locked()
def acquire_timeout(l, timeout):
    end = time.time() + timeout; delay = 0.0005
    while not l.acquire(0):
        if time.time() > end: return False
        time.sleep(delay); delay = min(delay * 2, 0.01)
    return True
C[1].acquire()
print acquire_timeout(C[1], 0.05)
threading.Timer(0.02, C[1].release).start()
print acquire_timeout(C[1], 2)
class Monitor(object):
    def __init__(self): self._l = threading.RLock(); self.depth = 0
    def synchronized(f):
        def g(self, *a):
            with self._l: return f(self, *a)
        g.__name__ = f.__name__
        return g
    @synchronized
    def rec(self, n):
        self.depth = max(self.depth, n)
        return n and self.rec(n - 1) + 1
m = Monitor(); r = []
ts = [threading.Thread(target=lambda k=k: r.append(m.rec(k))) for k in range(10, 60, 10)]
[t.start() for t in ts]; [t.join() for t in ts]; print sorted(r), m.depth, m.rec.__name__
