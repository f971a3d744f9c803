# thread pool with futures
import threading, Queue, sys, traceback
class Future(object):
    def __init__(self):
        self._cond = threading.Condition(); self._state = 'PENDING'; self._cbs = []
    def set(self, res=None, exc=None):
        with self._cond:
            self._res, self._exc, self._state = res, exc, 'DONE'
            self._cond.notifyAll()
        for cb in self._cbs: cb(self)
    def result(self, timeout=None):
        with self._cond:
            if self._state != 'DONE': self._cond.wait(timeout)
            if self._state != 'DONE': raise RuntimeError('timeout')
        if self._exc: raise self._exc[0], self._exc[1], self._exc[2]
        return self._res
    def then(self, cb): self._cbs.append(cb)
class Pool(object):
    def __init__(self, n):
        self.q = Queue.Queue(); self.ts = []
        for i in range(n):
            t = threading.Thread(target=self._work); t.setDaemon(True); t.start(); self.ts.append(t)
    def _work(self):
        while 1:
            job = self.q.get()
            if job is None: return
            fut, f, a, k = job
            try: r = f(*a, **k)
            except: fut.set(exc=sys.exc_info())
            else: fut.set(r)
    def submit(self, f, *a, **k):
        fut = Future(); self.q.put((fut, f, a, k)); return fut
    def map(self, f, *its): return [x.result() for x in [self.submit(f, *a) for a in zip(*its)]]
    def close(self):
        for t in self.ts: self.q.put(None)
        for t in self.ts: t.join()
    def __enter__(self): return self
    def __exit__(self, *a): self.close()
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
def bad(x):
    raise KeyError(x)
with Pool(4) as p:
    print p.map(fib, range(15))
    print p.map(lambda a, b: a * b, 'abc', [1, 2, 3])
    f = p.submit(bad, 'zz')
    try: f.result()
    except KeyError: traceback.print_exc(file=sys.stdout)
    print p.submit(dict, a=1).result()
print len([t for t in p.ts if t.isAlive()])
def primes(lo, hi): return [n for n in xrange(lo, hi) if n > 1 and all(n % d for d in xrange(2, int(n**.5) + 1))]
with Pool(3) as p:
    print len(sum(p.map(primes, range(0, 5000, 500), range(500, 5500, 500)), []))
