# sys hooks in threads: settrace, setprofile, setcheckinterval, _current_frames, stack_size, switch
import sys, threading, thread, time
print sys.getcheckinterval(); sys.setcheckinterval(1); print sys.getcheckinterval()
n = [0]; lock = threading.Lock()
def inc():
    for i in xrange(500):
        with lock: n[0] += 1
ts = [threading.Thread(target=inc) for i in range(5)]
[t.start() for t in ts]; [t.join() for t in ts]; print n
sys.setcheckinterval(100000)
events = []
def tr(frame, ev, arg):
    if frame.f_code.co_filename == __file__ and frame.f_code.co_name.startswith('z'):
        events.append((frame.f_code.co_name, ev, frame.f_lineno - frame.f_code.co_firstlineno, arg if ev == 'return' else arg and arg[0].__name__))
    return tr
def zf(x):
    try:
        return zg(x)
    except ZeroDivisionError:
        return -1
def zg(x):
    return 10 / x
threading.settrace(tr)
t = threading.Thread(target=zf, args=(0,)); t.start(); t.join()
threading.settrace(None)
for e in events: print e
pe = []
threading.setprofile(lambda f, e, a: pe.append((e, f.f_code.co_name, getattr(a, '__name__', None))) if f.f_code.co_name[0] == 'p' else None)
def pf(): return len([1]) + pg()
def pg(): return max(1, 2)
t = threading.Thread(target=pf); t.start(); t.join(); threading.setprofile(None)
print pe
print thread.stack_size(), thread.stack_size(65536 * 4), thread.stack_size(), thread.stack_size(0)
for v in (1, 4096, -1):
    try: print thread.stack_size(v)
    except ValueError, e: print 'ValueError', e
ev = threading.Event(); st = threading.Event()
def parked(): st.set(); ev.wait()
t = threading.Thread(target=parked); t.start(); st.wait()
fr = sys._current_frames()
f = fr[t.ident]; names = []
while f: names.append(f.f_code.co_name); f = f.f_back
print len(fr), 'parked' in names, names[-2:], thread.get_ident() in fr
ev.set(); t.join()
print thread._count(), thread.LockType, thread.error, threading._shutdown.__name__
for bad in ('x', None, 1.5):
    try: sys.setcheckinterval(bad); print 'ok'
    except TypeError, e: print e
