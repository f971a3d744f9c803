# multiprocessing: processes communicating; JoinableQueue, Condition, Barrier-like, Connection listener, sharedctypes, subclass, exceptions, logging
import multiprocessing as mp, time, sys, os, ctypes
from multiprocessing import sharedctypes, connection
class Worker(mp.Process):
    def __init__(self, q, res): mp.Process.__init__(self); self.q, self.res = q, res
    def run(self):
        while 1:
            j = self.q.get()
            if j is None: self.q.task_done(); break
            self.res.put((j, j ** 2)); self.q.task_done()
def producer(cond, arr):
    with cond:
        for i in range(3): arr[i] = i * 10
        cond.notify_all()
def consumer(cond, arr, out):
    with cond:
        while arr[2] == 0: cond.wait(1)
        out.put(list(arr))
class Pt(ctypes.Structure): _fields_ = [('x', ctypes.c_double), ('y', ctypes.c_int)]
def modify(n, s, pts):
    n.value **= 2; s.value = s.value.upper()
    for p in pts: p.x **= 2; p.y += 1
def server(addr_q):
    l = connection.Listener(('127.0.0.1', 0), authkey='k'); addr_q.put(l.address); c = l.accept(); c.send(['hello', c.recv()]); c.send_bytes('raw'); c.close(); l.close()
if __name__ == '__main__':
    q, res = mp.JoinableQueue(), mp.Queue(); ws = [Worker(q, res) for i in range(3)]; [w.start() for w in ws]
    for i in range(10): q.put(i)
    for w in ws: q.put(None)
    q.join(); print sorted(res.get() for i in range(10)); [w.join() for w in ws]; print [w.exitcode for w in ws]
    c, a, o = mp.Condition(), mp.Array('i', 3), mp.Queue(); p2 = mp.Process(target=consumer, args=(c, a, o)); p2.start(); p1 = mp.Process(target=producer, args=(c, a)); p1.start(); print o.get(); p1.join(); p2.join()
    n = mp.Value('i', 7); s = mp.Array('c', 'hello'); pts = sharedctypes.Array(Pt, [(1.5, 2), (-3, 4)]); p = mp.Process(target=modify, args=(n, s, pts)); p.start(); p.join(); print n.value, s.value, [(v.x, v.y) for v in pts]
    aq = mp.Queue(); p = mp.Process(target=server, args=(aq,)); p.start(); addr = aq.get(); cl = connection.Client(addr, authkey='k'); cl.send({'a': 1}); print cl.recv(), cl.recv_bytes()
    try: cl.recv()
    except EOFError: print 'EOF'
    p.join(); rl = mp.RLock(); print rl.acquire(), rl.acquire(), rl; rl.release(); rl.release()
    try: rl.release()
    except AssertionError, e: print e
    s = mp.BoundedSemaphore(1)
    try: s.release()
    except ValueError, e: print e
    pool = mp.Pool(2); print pool.map_async(abs, [-1, 2]).get(5), pool.apply_async(pow, (2, 5)).get(), list(pool.imap(len, ['a', 'bb'])); pool.close(); pool.join()
    sq = mp.queues.SimpleQueue() if hasattr(mp, 'queues') else None; from multiprocessing.queues import SimpleQueue; sq = SimpleQueue(); sq.put('s'); print sq.get(), sq.empty()
    raw = sharedctypes.RawArray('d', 3); raw[1] = 2.5; print list(raw), sharedctypes.RawValue('i', 4).value, mp.Value('i', 1, lock=False).value
    parent, child = mp.Pipe(False)
    try: parent.send(1)
    except IOError, e: print e
    try: child.recv()
    except IOError, e: print e
    child.close()
    try: parent.recv()
    except EOFError: print 'EOFError'
    def die(): os._exit(42)
    p = mp.Process(target=die, name='dier'); p.start(); p.join(); print p.exitcode, p.name
    log = mp.log_to_stderr(); log.setLevel(mp.SUBWARNING); mp.get_logger().warning('warned')
    print mp.freeze_support(), mp.current_process().authkey.__class__.__name__, isinstance(mp.cpu_count(), int)
    from multiprocessing.pool import ThreadPool; tp = ThreadPool(3); print tp.map(lambda x: x + 1, range(5)); tp.close(); tp.join()
    from multiprocessing import dummy; print dummy.Pool(2).map(str, [1, 2])
    m = mp.Manager(); ns = m.dict(); nested = m.list([m.dict()]) if 0 else m.list(); nested.append({'k': 1}); nested[0]['k'] = 5; print nested[0]; sem = m.Semaphore(1); print sem.acquire(False), sem.acquire(False)
    ev, bq = m.Event(), m.Queue(1); bq.put(1); print bq.full()
    class MM(mp.managers.BaseManager): pass
    class Counter(object):
        def __init__(self): self.n = 0
        def inc(self, k=1): self.n += k; return self.n
    MM.register('Counter', Counter); mm = MM(); mm.start(); ctr = mm.Counter(); ps = [mp.Process(target=ctr.inc) for i in range(4)]; [p.start() for p in ps]; [p.join() for p in ps]; print ctr.inc(10); mm.shutdown()
