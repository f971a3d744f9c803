# producer/consumer with Queue
import threading, Queue, time, sys
q = Queue.Queue(3)
out = []
DONE = object()
def producer(n, base):
    for i in xrange(n):
        q.put(base + i)
    q.put(DONE)
def consumer(res):
    while True:
        item = q.get()
        try:
            if item is DONE: break
            res.append(item * item)
        finally:
            q.task_done()
res = [[] for i in range(3)]
ps = [threading.Thread(target=producer, args=(40, 100 * k), name='prod-%d' % k) for k in range(3)]
cs = [threading.Thread(target=consumer, args=(res[k],), name='cons-%d' % k) for k in range(3)]
for t in ps + cs: t.start()
for t in ps + cs: t.join()
q.join()
print sorted(sum(res, [])) == sorted(x * x for k in range(3) for x in range(100 * k, 100 * k + 40))
print q.qsize(), q.empty(), q.full(), q.unfinished_tasks
for f, a in ((q.get, (False,)), (q.get_nowait, ()), (q.get, (True, 0.02))):
    try: f(*a)
    except Queue.Empty, e: print 'Empty', repr(e), e.args
for i in range(3): q.put_nowait(i)
for f, a in ((q.put, (9, False)), (q.put_nowait, (9,)), (q.put, (9, True, 0.02))):
    try: f(*a)
    except Queue.Full, e: print 'Full', repr(e)
try: q.get(True, -1)
except ValueError, e: print 'ValueError', e
try: q.put(1, timeout=-1)
except ValueError, e: print 'ValueError', e
for i in range(3): q.task_done()
try: q.task_done()
except ValueError, e: print 'ValueError', e
pq = Queue.PriorityQueue()
for x in [(5, 'five'), (1, 'one'), (3, 'three'), (1, 'eins')]: pq.put(x)
print [pq.get() for i in range(4)]
lq = Queue.LifoQueue()
for x in 'abc': lq.put(x)
print [lq.get() for i in range(3)]
class UniqueQueue(Queue.Queue):
    def _init(self, maxsize): self.queue = set()
    def _put(self, item): self.queue.add(item)
    def _get(self): return self.queue.pop()
u = UniqueQueue()
for x in [1, 2, 2, 1]: u.put(x)
print u.qsize(), sorted([u.get(), u.get()])
def late():
    time.sleep(0.05); lq.put('late')
threading.Thread(target=late).start()
t = time.time(); print lq.get(timeout=5), 0.03 < time.time() - t < 2
