# rate-limited downloader sim & result ordering, Queue w/ sentinel, thread-safe counter, generator-protected
import threading, Queue, time
class ThreadSafeIter(object):
    def __init__(self, it): self.it = it; self.lock = threading.Lock()
    def __iter__(self): return self
    def next(self):
        with self.lock: return self.it.next()
def gen():
    for i in xrange(200): yield i
g = ThreadSafeIter(gen()); seen = []
ts = [threading.Thread(target=lambda: [seen.append(x) for x in g]) for i in range(4)]
[t.start() for t in ts]; [t.join() for t in ts]; print sorted(seen) == range(200)
def g2():
    for i in range(3):
        time.sleep(0.03); yield i
gg = g2(); errs = []
def use():
    try:
        for x in gg: pass
    except ValueError, e: errs.append(str(e))
ts = [threading.Thread(target=use) for i in range(2)]; [t.start() for t in ts]; [t.join() for t in ts]; print errs
class Counter(object):
    def __init__(self): self.v = 0
    def __iadd__(self, n):
        self.v += n; return self
c = Counter(); L = threading.Lock()
def add():
    global c
    for i in range(1000):
        with L: c += 1
ts = [threading.Thread(target=add) for i in range(4)]; [t.start() for t in ts]; [t.join() for t in ts]; print c.v
inq, outq = Queue.Queue(), Queue.Queue()
def stage(f, i, o):
    for x in iter(i.get, None): o.put(f(x))
    o.put(None)
q1, q2, q3, q4 = [Queue.Queue(5) for i in range(4)]
ts = [threading.Thread(target=stage, args=a) for a in ((lambda x: x + 1, q1, q2), (lambda x: x * x, q2, q3), (str, q3, q4))]
[t.start() for t in ts]
def feed():
    for i in range(30): q1.put(i)
    q1.put(None)
ts.append(threading.Thread(target=feed)); ts[-1].start()
print ' '.join(iter(q4.get, None)); [t.join() for t in ts]
