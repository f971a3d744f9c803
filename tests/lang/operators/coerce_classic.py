# Classic instances: __coerce__, __cmp__ and operators through instances.
class N:
    def __init__(self, n): self.n = n
    def __coerce__(self, other): return (self.n, other)
    def __repr__(self): return 'N(%r)' % self.n
print N(3) + 4, 4 + N(3), N(10) % 4, divmod(N(9), 4), N(2) ** 5, -N(5).n
print coerce(N(1), 2), N(3) == 3, cmp(N(3), 5), N(1) < 2
class M:
    def __cmp__(self, other): return cmp(1, other)
print M() == 1, M() < 2, M() > 2, cmp(M(), 0)
