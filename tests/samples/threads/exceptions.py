# exceptions in threads
import threading, sys, thread, time, traceback
def f(n):
    if n == 0: raise ValueError('deep %d' % n)
    f(n - 1)
t = threading.Thread(target=f, args=(3,), name='worker'); t.start(); t.join()
class MyErr(Exception):
    def __str__(self): return 'my <%s>' % self.args
def g():
    try: f(1)
    except ValueError: raise MyErr(42)
t = threading.Thread(target=g, name='W2'); t.start(); t.join()
def h(): raise SystemExit(3)
t = threading.Thread(target=h); t.start(); t.join()
def h2(): sys.exit('bye')
t = threading.Thread(target=h2); t.start(); t.join()
def raw():
    try:
        1/0
    finally: done.release()
done = thread.allocate_lock(); done.acquire()
thread.start_new_thread(raw, ()); done.acquire(); time.sleep(0.05)
def raw2(a, b=2):
    done.release()
    raise KeyError((a, b))
thread.start_new_thread(raw2, (1,), {'b': 'x'}); done.acquire(); time.sleep(0.05)
def raw3():
    done.release(); thread.exit()
thread.start_new_thread(raw3, ()); done.acquire(); time.sleep(0.02)
class C(threading.Thread):
    def run(self):
        import os
        eval('1 +')
c = C(name='evaluator'); c.start(); c.join()
def old():
    class O:
        def __str__(self): return 'old instance'
    raise O()
t = threading.Thread(target=old, name='o'); t.start(); t.join()
def hook(*a):
    print 'hook', a[0].__name__, a[1]
sys.excepthook = hook
t = threading.Thread(target=f, args=(0,), name='hooked'); t.start(); t.join()
for bad in ((1, ()), (f, 3), (f, (), 3), (f,)):
    try: thread.start_new_thread(*bad)
    except TypeError, e: print 'TypeError', e
def caught(res):
    try: f(2)
    except: res.append(traceback.format_exc())
r = []
t = threading.Thread(target=caught, args=(r,)); t.start(); t.join()
print r[0]
print sys.exc_info()
class Bad(object):
    def write(self, s): raise IOError('no')
def k(): raise IndexError('quiet')
old = sys.stderr
sys.stderr = None
t = threading.Thread(target=k); t.start(); t.join()
sys.stderr = old
print 'end'
