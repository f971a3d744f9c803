# generators, coroutines, closures, decorators, context managers
import sys, functools, itertools, contextlib, traceback
def coroutine(f):
    @functools.wraps(f)
    def w(*a, **k): g = f(*a, **k); g.next(); return g
    return w
@coroutine
def grep(pat, target):
    "grep doc"
    try:
        while 1:
            line = (yield)
            if pat in line: target.send(line)
    except GeneratorExit: print 'grep closed'; raise
@coroutine
def printer():
    n = 0
    try:
        while True: x = yield n; n += 1; print 'got', x
    finally: print 'printer done'
p = printer(); g = grep('a', p)
for w in 'apple bob cat'.split(): g.send(w)
g.close(); p.close(); print grep.__name__, grep.__doc__, g, type(g).__name__[:3]
def gen():
    try:
        x = yield 1
        print 'x', x
        try: yield 2
        except ValueError, e: print 'caught', e; yield 3
        yield 4
    finally: print 'cleanup'
g = gen(); print g.next(), g.send('hi'), g.throw(ValueError('v')), g.next()
try: g.next()
except StopIteration: print 'stop'
for f in (lambda: gen().send(1), lambda: gen().throw(KeyError, 'k'), lambda: gen().throw('str'), lambda: gen().throw(ValueError, ValueError('x'), 5), lambda: gen().throw(5)):
    try: print f()
    except Exception, e: print type(e).__name__, e
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); b.next()
try: b.close()
except RuntimeError, e: print e
def selfref():
    yield me.next()
me = selfref()
try: me.next()
except ValueError, e: print e
print g.gi_frame, g.gi_running, g.gi_code.co_name
def tree(t):
    if t:
        for x in tree(t[0]): yield x
        yield t[1]
        for x in tree(t[2]): yield x
print list(tree(((None, 1, None), 2, (None, 3, None))))
def sieve():
    comp = {}; q = 2
    while 1:
        if q not in comp: yield q; comp[q * q] = [q]
        else:
            for p in comp[q]: comp.setdefault(p + q, []).append(p)
            del comp[q]
        q += 1
print list(itertools.islice(sieve(), 20))
class Sched(object):
    def __init__(self): self.q = []
    def add(self, name, g): self.q.append((name, g))
    def run(self):
        while self.q:
            n, g = self.q.pop(0)
            try: r = g.next(); print n, r,; self.q.append((n, g))
            except StopIteration: print n, 'done',
s = Sched(); s.add('A', iter([1, 2])); s.add('B', (x * x for x in range(3))); s.run(); print
def outer():
    x = [0]; fs = []
    for i in range(3): fs.append(lambda i=i: (i, x[0]))
    late = [lambda: i for i in range(3)]
    x[0] = 9
    return [f() for f in fs], [f() for f in late]
print outer()
def counter():
    c = {'n': 0}
    def inc(): c['n'] += 1; return c['n']
    return inc
c1, c2 = counter(), counter(); print c1(), c1(), c2(), c1.func_closure[0].cell_contents, c1.__closure__[0].__class__
def f():
    try: return x
    except NameError, e: print e
    def g(): return y
    try: g()
    except NameError, e: print e
    y = 1
    x = 2
f()
def memo(f):
    cache = {}
    @functools.wraps(f)
    def w(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    w.cache = cache; return w
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print fib(80), len(fib.cache)
def deco(arg):
    def d(f):
        print 'decorating', f.__name__, arg
        def w(*a, **k): print 'before', arg; r = f(*a, **k); print 'after', arg; return r
        return w
    return d
@deco('outer')
@deco('inner')
def fn(a, b=2, *c, **d): return (a, b, c, d)
print fn(1, 3, 4, z=5)
@contextlib.contextmanager
def cm(name, swallow=False):
    print 'enter', name
    try: yield name.upper()
    except Exception, e:
        print 'cm saw', type(e).__name__
        if not swallow: raise
    finally: print 'exit', name
with cm('a') as a, cm('b', True) as b: print a, b; raise KeyError('k')
try:
    with cm('c'): 1 / 0
except ZeroDivisionError: print 'zde'
@contextlib.contextmanager
def noyield():
    if 0: yield
@contextlib.contextmanager
def twice(): yield 1; yield 2
for c in (noyield, twice):
    try:
        with c(): pass
    except RuntimeError, e: print e
class CM(object):
    def __enter__(self): return self
    def __exit__(self, t, v, tb): print t.__name__ if t else None, v, tb is not None; return t is ValueError
with CM(): raise ValueError('swallowed')
with CM(): pass
def ret():
    with CM(): return 'ret'
print ret()
for i in range(2):
    with CM():
        if i == 0: continue
        break
class NoExit(object):
    def __enter__(self): pass
for o in (NoExit(), 5):
    try:
        with o: pass
    except AttributeError, e: print e
with contextlib.nested(cm('x'), cm('y')) as (x, y): print x, y
