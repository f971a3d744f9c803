# expected: by hand (the reference overflows its stack)
# Python calls do not nest in C: with the limit raised, 100,000 levels work, in many forms.
import sys
sys.setrecursionlimit(1000000)
def f(n): return 1 + f(n - 1) if n else 0
print f(100000)
class C(object):
    def __init__(self, n):
        if n: self.inner = C(n - 1)
    def __call__(self, n): return 1 + self(n - 1) if n else 0
    def __getattr__(self, name): return 1 + getattr(self, str(int(name) - 1)) if int(name) else 0
    def __add__(self, n): return 1 + (self + (n - 1)) if n else 0
    def __getitem__(self, n): return 1 + self[n - 1] if n else 0
    @property
    def p(self):
        self.count -= 1
        return 1 + self.p if self.count else 0
c = C(0)
print c(50000), c + 50000, c[50000]
c.count = 50000
print c.p
C(20000)
def g(n):
    if n:
        for x in g(n - 1): yield x
    else:
        yield 'bottom'
print list(g(3000))
def w(n):
    class M(object):
        def __enter__(self): return w(n - 1) if n else 0
        def __exit__(self, *a): pass
    with M() as v: return v + 1
print w(2000)
