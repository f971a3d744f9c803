# 240 levels of calls that pass through C: __repr__, key functions, __eq__, __getattr__.
class R(object):
    def __init__(self, n): self.n = n
    def __repr__(self): return 'r%s' % repr(R(self.n - 1)) if self.n else '.'
print len(repr(R(100)))
class E(object):
    def __init__(self, n): self.n = n
    def __eq__(self, o): return [E(self.n - 1)] == [o] if self.n else True
print [E(100)] == [1]
class G(object):
    def __init__(self, n): self.n = n
    def __getattr__(self, name): return getattr(G(self.n - 1), name) if self.n else 'bottom'
print G(100).x
def key(n): return sorted([n - 1], key=key)[0] if n > 0 else 0
print sorted([100], key=key)
class H(object):
    def __init__(self, n): self.n = n
    def __hash__(self): return hash((H(self.n - 1),)) and 1 if self.n else 1
print {H(100): 1}.values()
def m(n): return map(m, [n - 1])[0] + 1 if n else 0
print m(200), reduce(lambda a, b: a + b, [m(5)] * 3), max([3, 4], key=lambda v: m(v) * -1)
class X(object):
    def __getitem__(self, i): raise RuntimeError('maximum recursion depth exceeded') if i > 5 else IndexError
try:
    list(X())
except (IndexError, TypeError, RuntimeError) as e:
    print type(e).__name__
