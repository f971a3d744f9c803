# Rich comparison: which is tried first, fallback to __cmp__, identity, hashing rules.
class R(object):
    def __init__(self, n): self.n = n
    def __lt__(self, o): print 'lt', self.n; return NotImplemented
    def __gt__(self, o): print 'gt', self.n; return True
    def __eq__(self, o): print 'eq', self.n; return NotImplemented
    __hash__ = None
class S(R):
    def __gt__(self, o): print 'S.gt', self.n; return 'sub first'
print R(1) < R(2)
print R(1) < S(2)
print R(1) == R(2)
try:
    hash(R(1))
except TypeError as e:
    print e
class Cmp(object):
    def __init__(self, n): self.n = n
    def __cmp__(self, o): return cmp(self.n, getattr(o, 'n', o))
print Cmp(1) < Cmp(2), Cmp(1) == 1, Cmp(3) in [1, 2, 3], max(Cmp(1), Cmp(5)).n, sorted([Cmp(2), Cmp(1)])[0].n
try:
    hash(Cmp(1)); print 'hashable'
except TypeError as e:
    print e
class Eq(object):
    def __eq__(self, o): return 1
print Eq() == 3, 3 == Eq(), Eq() != 3, [Eq()] == [5], (1, Eq()) == (1, 2), Eq() in [], 7 in [Eq()]
nan = float('nan')
print nan == nan, [nan] == [nan], nan in [nan], cmp(nan, nan)
