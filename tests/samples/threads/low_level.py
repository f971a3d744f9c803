# mutex, dummy_threading, thread module low-level, lock subclassing, with-statement semantic, RLock pickling, misc errors
import thread, threading, dummy_threading, mutex, pickle, copy, sys
m = mutex.mutex(); out = []
print m.test(), m.testandset(), m.testandset(); m.unlock()
m.lock(lambda x: out.append(x), 1); m.lock(lambda x: out.append(x), 2); print out; m.unlock(); print out, m.test(); m.unlock(); print m.test()
t = dummy_threading.Thread(target=lambda: out.append('dummy')); t.start(); print out, dummy_threading.currentThread().getName()
l = thread.allocate_lock()
for f in (pickle.dumps, copy.copy, copy.deepcopy):
    try: f(l)
    except Exception, e: print type(e).__name__, e
try: type('L', (thread.LockType,), {})
except TypeError, e: print e
try: thread.LockType()
except TypeError, e: print e
print sorted(x for x in dir(l) if not x.startswith('__')), sorted(x for x in dir(thread) if x[0] != '_')
for a in ((1, 2), ('x',)):
    try: l.acquire(*a)
    except TypeError, e: print e
try: l.acquire(wait=1)
except TypeError, e: print e
print threading.__all__, threading.Lock, threading.RLock, threading.Event
print threading._RLock, isinstance(threading.RLock(), threading._RLock)
print threading.current_thread().name, threading.current_thread().daemon, isinstance(threading.current_thread(), threading._MainThread)
def dummy(): 
    t = threading.currentThread(); out.append((t.name, t.daemon, type(t).__name__)); d.release()
d = thread.allocate_lock(); d.acquire(); thread.start_new_thread(dummy, ()); d.acquire(); print out[-1]
t = threading.Thread(name=5, target=len, args=('x',)); print repr(t.name), t.getName(); 
try: t.setName(u'\xe9'); print repr(t.name)
except UnicodeError, e: print e
print threading._get_ident.__name__, thread.get_ident() == threading.currentThread().ident
print thread.error, issubclass(thread.error, Exception)
try: thread.exit_thread()
except SystemExit, e: print 'SystemExit', repr(e), e.code
thread.exit()
