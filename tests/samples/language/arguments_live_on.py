class C(object):
    def __del__(self): print 'del'
    def m(self):
        del self
        print 'after del self'
def f(x, *a, **k):
    print 'in'; del x; print 'deleted'
    a = None; print 'a gone'; print 'k'
f(C())
print '-'
f(C(), C(), z=C())
print '-'
f(x=C())
print '-'
f(*[C()])
print '-'
C().m()
def g(x):
    x = None
    yield 1
    print 'g'
print '-'
it = g(C()); print 'made'; it.next(); print 'next'; list(it)
print '-'
class D(object):
    def __init__(self, x): del x; print 'init'
    def __call__(self, x): x = 5; print 'call'
    def __add__(self, o): del o; print 'add'; return 1
    def __getitem__(self, i): del i; print 'getitem'; return 1
    def __eq__(self, i): del i; print 'eq'; return True
    def __setattr__(self, n, v): del v; print 'setattr'
d = D(C()); d(C()); d + C(); d[C()]; d == C(); d.x = C()
print '-'
map(lambda x: (x.m(), x.__class__), [C()]); 
(lambda x: [x for x in [1]])(C()); print 'lam'
apply(f, (C(),))
def rec(x, n):
    if n: return rec(x, n - 1)
    del x; print 'bottom'
rec(C(), 3)
print '- order'
class N(object):
    def __init__(self, n): self.n = n
    def __del__(self): print 'del', self.n
def h(a, b, c=None):
    d = N('local'); b = 1; a = 2; c = 3; print 'end'
h(N('a'), N('b'), N('c'))
def ex(a):
    a = N('new'); raise ValueError
try: ex(N('old'))
except ValueError: print 'caught'
import sys; sys.exc_clear(); print 'cleared'
def loop(node):
    while node: node = node.next
    print 'walked'
class L(object):
    def __init__(self, n, next): self.n, self.next = n, next
    def __del__(self): print 'L', self.n
loop(L(1, L(2, None)))
def va(*a): a = (); print 'va'
va(N('v1'), N('v2'))
def kw(x=None, y=None): x = y = None; print 'kw'
kw(x=N('x'), y=N('y'))
class M(object):
    def m(self): self = None; print 'm'
    def __del__(self): print 'del M'
    def __call__(self, z): z = 1; self = 2; print 'call'
M().m(); M()(N('z')); sorted([1], key=lambda q: M().m())
def fib(n):
    if n < 2: return n
    n -= 1
    return fib(n) + fib(n - 1)
print fib(15)
def many(a, b, c, d, e, f, g, h, i, j): a = b = c = d = e = f = g = h = i = j = 0; print 'many'
many(*[N(k) for k in range(10)])
def t(a):
    del a
    try: a
    except UnboundLocalError, e: print e
t(N('t'))
import threading
th = threading.Thread(target=t, args=(N('thr'),)); th.start(); th.join(); del th; print 'done'
