# multiprocessing basics
from multiprocessing import Process, Queue, Pipe, Lock, Value, Array, Event, Semaphore, Condition, current_process, active_children, cpu_count
import multiprocessing, os, sys, time
def f(q, n): q.put([n, n * n, current_process().name])
def bad(): raise ValueError('child fails')
def ex(): sys.exit(3)
def slp(): time.sleep(10)
if __name__ == '__main__':
    q = Queue(); ps = [Process(target=f, args=(q, i), name='P%d' % i) for i in range(3)]
    for p in ps: p.start()
    print sorted(q.get() for p in ps)
    for p in ps: p.join(); print p.name, p.exitcode, p.is_alive(), p
    p = Process(target=bad); p.start(); p.join(); print p.exitcode
    p = Process(target=ex); p.start(); p.join(); print p.exitcode, p
    p = Process(target=slp); p.start(); print p.is_alive(), p; p.terminate(); p.join(); print p.exitcode, p
    a, b = Pipe()
    def echo(c):
        while True:
            try: x = c.recv()
            except EOFError: break
            c.send(('echo', x))
            if x is None: break
    p = Process(target=echo, args=(b,)); p.start()
    for x in (1, 'two', [3, {4: 5}], None): a.send(x); print a.recv()
    p.join(); print a.poll(), a.fileno() > 0
    v = Value('i', 0); arr = Array('d', [1.5, 2.5]); lk = Lock()
    def inc():
        for i in range(50):
            with v.get_lock(): v.value += 1
        with lk: arr[0] += 1
    ps = [Process(target=inc) for i in range(4)]; [p.start() for p in ps]; [p.join() for p in ps]
    print v.value, arr[:], len(arr), v
    e = Event(); 
    def w(): e.wait(); sys.exit(11)
    p = Process(target=w); p.start(); print e.is_set(); e.set(); p.join(); print p.exitcode
    print active_children(), current_process(), multiprocessing.current_process().name
    d = Process(target=slp); d.daemon = True; d.start(); print d.daemon, d
    try: Process(target=f).join()
    except AssertionError, x: print x
    print Process(target=f).exitcode, Process(target=f).pid, lk, Semaphore(2), repr(q)[:30]
    s = Semaphore(1); print s.acquire(), s.acquire(False), s.release(), s.get_value()
    try: lk.release()
    except ValueError, x: print x
    q.put(1); time.sleep(0.05); print q.qsize(), q.empty(), q.get(timeout=1)
    import Queue as Q
    try: q.get(False)
    except Q.Empty: print 'Empty'
