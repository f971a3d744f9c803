# active object/ actor, mailbox, weakrefs across threads
import threading, Queue, weakref, gc
class Actor(object):
    def __init__(self):
        self._mb = Queue.Queue(); self._t = threading.Thread(target=self._run); self._t.daemon = True; self._t.start()
    def _run(self):
        while True:
            m = self._mb.get()
            if m is StopIteration: break
            name, args, reply = m
            try: r = getattr(self, 'on_' + name)(*args); reply.put((True, r))
            except Exception as e: reply.put((False, e))
    def call(self, name, *a):
        r = Queue.Queue(1); self._mb.put((name, a, r)); ok, v = r.get()
        if ok: return v
        raise v
    def stop(self): self._mb.put(StopIteration); self._t.join()
class Stack(Actor):
    def __init__(self): self.items = []; super(Stack, self).__init__()
    def on_push(self, x): self.items.append(x); return len(self.items)
    def on_pop(self): return self.items.pop()
s = Stack()
print [s.call('push', x) for x in 'abc'], s.call('pop')
for m in (('push',), ('nothing',), ('pop', 1)):
    try: s.call(*m)
    except Exception, e: print type(e).__name__, e
s.call('pop'); s.call('pop')
try: s.call('pop')
except IndexError, e: print 'IndexError', e
s.stop()
class Node(object): pass
def mk(out):
    a = Node(); b = Node(); a.o = b; b.o = a; out.append(weakref.ref(a))
refs = []
ts = [threading.Thread(target=mk, args=(refs,)) for i in range(5)]; [t.start() for t in ts]; [t.join() for t in ts]
del ts; gc.collect(); print [r() for r in refs]
d = weakref.WeakValueDictionary(); n = Node(); d['k'] = n
def look(): print d.get('k') is n, list(d)
t = threading.Thread(target=look); t.start(); t.join(); del n; print list(d), len(d)
t = threading.Thread(target=lambda: None); w = weakref.ref(t); t.start(); t.join(); del t; print w()
