# Long chains of objects of every kind that holds another: the last reference goes, and all die.
import collections, functools, itertools, operator, types, weakref

N = 100000

# A chain of exceptions alone overflows the reference's stack.
# expected: by hand
def grow(make, x=''):
    for i in xrange(N):
        x = make(x)
    return x

class Classic:
    pass
def classic(x):
    c = Classic()
    c.x = x
    return c
def cell(x):
    return lambda: x
def generator(x):
    def g(x):
        yield x
    g = g(x)
    g.next()
    return g
class Dies(object):
    count = 0
    def __init__(self, x):
        self.x = x
    def __del__(self):
        Dies.count += 1
class Weak(object):
    def __init__(self, x):
        self.x = x
        seen.append(weakref.ref(self))

for name, make in [('exception', ValueError), ('classic', classic), ('cell', cell), ('generator', generator),
                   ('property', property), ('staticmethod', staticmethod), ('partial', lambda x: functools.partial(int, x)),
                   ('slice', slice), ('method', lambda x: types.MethodType(len, x)), ('deque', lambda x: collections.deque([x])),
                   ('repeat', itertools.repeat), ('itemgetter', operator.itemgetter), ('tuple', lambda x: (x,)),
                   ('frozenset', lambda x: frozenset([x])), ('buffer', lambda x: buffer(x))]:
    chain = grow(make)
    chain = None
    print name
chain = grow(Dies)
chain = None
print 'finalizers', Dies.count
seen = []
chain = grow(Weak)
chain = None
print 'weak references', len(seen), sum(r() is not None for r in seen)
