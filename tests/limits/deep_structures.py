# Deep structures are made and freed; deep comparison, repr and pickling are RuntimeErrors.
import cPickle, copy, marshal
def nest(n, make):
    x = None
    for _ in xrange(n): x = make(x)
    return x
class O(object):
    def __init__(self, x): self.x = x
class C:
    def __init__(self, x): self.x = x
for make in (lambda x: [x], lambda x: (x,), lambda x: {1: x}, lambda x: frozenset([x]) if x else frozenset(), O, C, lambda x: (lambda: x), lambda x: (i for i in [x]), lambda x: iter([x]), lambda x: __import__('functools').partial(len, x), lambda x: slice(x), lambda x: property(x), lambda x: [x].append):
    x = nest(100000, make)
    del x
    print 'freed',
print
for make in (lambda x: [x], lambda x: (x,), lambda x: {1: x}):
    x, y = nest(5000, make), nest(5000, make)
    for name, f in (('repr', lambda: repr(x)), ('eq', lambda: x == y), ('cmp', lambda: cmp(x, y)), ('deepcopy', lambda: copy.deepcopy(x)), ('pickle', lambda: cPickle.dumps(x, 2)), ('marshal', lambda: marshal.dumps(x))):
        try:
            f(); print name, 'fine',
        except (RuntimeError, ValueError) as e:
            print name, type(e).__name__,
    print
