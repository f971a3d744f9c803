from multiprocessing import Pool, Manager, TimeoutError
import os, time, sys, multiprocessing
def sq(x): return x * x
def bad(x):
    if x == 3: raise KeyError('three')
    return x
def slow(x): time.sleep(x); return x
def add(a, b=0): return a + b
log = []
def init(v): 
    global G; G = v
def getg(x): return (G, x)
if __name__ == '__main__':
    p = Pool(3)
    print p.map(sq, range(10)), p.map(sq, [], 3), p.map(sq, xrange(7), chunksize=2)
    print list(p.imap(sq, range(5))), sorted(p.imap_unordered(sq, range(5), 2))
    r = p.apply_async(add, (1,), {'b': 2}, log.append); print r.get(5), r.ready(), r.successful()
    print p.apply(add, (5,)), log
    try: p.map(bad, range(5))
    except KeyError, e: print 'KeyError', e
    r = p.apply_async(bad, (3,)); r.wait()
    try: r.get()
    except KeyError, e: print repr(e), r.successful()
    r = p.apply_async(slow, (1,))
    try: r.get(timeout=0.05)
    except TimeoutError, e: print 'TimeoutError', repr(e)
    try: r.successful()
    except AssertionError: print 'not ready'
    m = p.map_async(sq, range(4)); print m.get(5)
    it = p.imap(bad, range(5)); out = []
    while 1:
        try: out.append(it.next(5))
        except StopIteration: break
        except KeyError, e: out.append(repr(e))
    print out
    p.close()
    try: p.apply(sq, (1,))
    except AssertionError, e: print 'closed', e
    p.join()
    p = Pool(2, init, ('shared',)); print p.map(getg, [1, 2]); p.terminate(); p.join()
    p = Pool(1, maxtasksperchild=2); print len(set(p.map(lambda_pid, range(4), 1))) if 0 else 'n'; p.terminate()
    m = Manager(); d = m.dict(); l = m.list([3, 1]); d['a'] = 1; l.append(2); l.sort(); print d.copy(), list(l), l, len(d), 'a' in d
    ns = m.Namespace(); ns.x = 5; print ns, ns.x
    lk = m.Lock(); lk.acquire(); lk.release(); ev = m.Event(); ev.set(); print ev.is_set(), str(m.Value('i', 3)), m.Array('i', [1, 2])
    def w(d, k): d[k] = k * 2
    ps = [multiprocessing.Process(target=w, args=(d, i)) for i in range(3)]; [x.start() for x in ps]; [x.join() for x in ps]; print sorted(d.items())
    try: d['nope']
    except KeyError, e: print 'KeyError', e
    try: l.nomethod()
    except AttributeError, e: print e
    q = m.Queue(); q.put('mq'); print q.get(), q.empty()
    m.shutdown()
    try: Pool(0)
    except ValueError, e: print e
