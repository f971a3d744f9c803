# expected: by hand (the reference overflows its stack before 500)
# 500 levels of calls that pass through C; beyond the limit, RuntimeError, and all works on.
import sys
sys.setrecursionlimit(100000)
class R(object):
    def __init__(self, n): self.n = n
    def __repr__(self): return 'r' + repr([R(self.n - 1)]) if self.n else '.'
print len(repr(R(500)))
class E(object):
    def __init__(self, n): self.n = n
    def __eq__(self, o): return [E(self.n - 1)] == [o] if self.n else True
print [E(500)] == [1]
def key(n): return sorted([n - 1], key=key)[0] if n > 0 else 0
print sorted([500], key=key)
class H(object):
    def __init__(self, n): self.n = n
    def __hash__(self): return hash((H(self.n - 1),)) and 1 if self.n else 1
print {H(500): 1}.values()
class G(object):
    def __init__(self, n): self.n = n
    def __getattr__(self, name): return map(getattr, [G(self.n - 1)], [name])[0] if self.n else 'bottom'
print G(500).x
for too_deep in (lambda: repr(R(50000)), lambda: [E(50000)] == [1], lambda: {H(50000): 1}):
    try:
        print too_deep()
    except RuntimeError as e:
        print str(e)[:32]
print 'works on', repr(R(3))
