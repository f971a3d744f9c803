# gc / weakref / __del__ order at exit
import gc, weakref, sys
class D(object):
    def __init__(self, n): self.n = n
    def __del__(self): sys.stdout.write('del %s\n' % self.n)
    def __repr__(self): return 'D(%s)' % self.n
a = D('a'); b = D('b'); a = None; b = D('b2'); del b
l = [D(1), D(2), D(3)]; del l[1]; l.pop(0); l[:] = []
d = {'k': D('k'), 'j': D('j')}; d['k'] = 1; d.clear()
t = (D('t1'), D('t2')); del t
def f():
    x = D('local'); y = D('local2'); return 5
f()
try:
    def g(): z = D('in exc'); raise ValueError
    g()
except ValueError: print 'caught'
print 'after'; sys.exc_clear()
print 'cleared'
class C(object): pass
x, y = C(), C(); x.o, y.o = y, x; w = weakref.ref(x, lambda r: sys.stdout.write('weak cb %s\n' % r())); del x, y; print w() is None, gc.collect(), w() is None
e = D('cyc'); e.me = e; del e; print gc.collect(), gc.garbage; gc.garbage[0].me = None; del gc.garbage[:]
print gc.isenabled(), gc.get_threshold(), gc.get_count()[1:] is not None, gc.get_debug()
p = weakref.proxy(D('proxied')) if 0 else None; o = D('o'); p = weakref.proxy(o, lambda r: sys.stdout.write('proxy cb\n')); print p.n, type(p).__name__; del o
try: p.n
except ReferenceError, ex: print ex
wd = weakref.WeakKeyDictionary(); k = D('key'); wd[k] = 1; print len(wd), wd.keys(); del k; print len(wd)
ws = weakref.WeakSet([C]); print len(ws)
for bad in (5, 'x', None, [], (1,)):
    try: weakref.ref(bad)
    except TypeError, ex: print ex
r1 = D('r'); q1, q2 = weakref.ref(r1), weakref.ref(r1); print q1 is q2, q1 == q2, weakref.getweakrefcount(r1), hash(q1) == hash(r1), q1; del r1; print q1 == q2, q1
class Res(object):
    def __del__(self): global saved; saved = self; print 'resurrected'
Res(); print saved.__class__.__name__; saved = None
class Bad(object):
    def __del__(self): raise ValueError('in del')
Bad(); print 'next'
class Sub(weakref.ref):
    def __call__(self): return 'sub', super(Sub, self).__call__()
z = D('z'); s = Sub(z); print s(); del z; print s()
def gen():
    try: yield D('g')
    finally: print 'gen closed'
g = gen(); g.next(); del g
class H(D):
    def __enter__(self): return self
    def __exit__(self, *a): print 'exit'
with H('with') as h: pass
h = None
lst = []; lst.append(lst); lst.append(D('in cycle')); del lst; print gc.collect()
def closure():
    v = D('closed over')
    return lambda: v
fn = closure(); print fn(); del fn
for i in [D('loop1'), D('loop2')]: pass
print 'loop var', i; del i
[D('lc') for q in range(2)]; print 'lc done'
D('temp'); print 'stmt'
D('t1').n + D('t2').n; (D('u1'), D('u2'))[0]; print 'end exprs'
last = D('z-global'); _under = D('_under'); mod = D('A-global'); CLS = D; 
class Holder: pass
hold = Holder(); hold.x = D('held'); cyc = [D('cycle at exit')]; cyc.append(cyc)
import atexit; atexit.register(lambda: sys.stdout.write('atexit\n'))
