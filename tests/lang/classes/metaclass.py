# Metaclasses: __metaclass__, __new__, __init__, __call__, derived metaclass, conflicts.
class Meta(type):
    def __new__(m, name, bases, ns):
        print 'new', name, [b.__name__ for b in bases], sorted(k for k in ns if k[0] != '_')
        return type.__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns):
        print 'init', name
        type.__init__(c, name, bases, ns)
    def __call__(c, *args):
        print 'call', c.__name__, args
        return type.__call__(c, *args)
    def __getattr__(c, name): return 'meta ' + name
    def __len__(c): return 42
class C(object):
    __metaclass__ = Meta
    a = 1
    def __init__(self, x): print 'instance', x
class D(C): b = 2
D(5)
print D.missing, len(D), type(D).__name__
class M2(type): pass
class E(object): __metaclass__ = M2
try:
    class F(D, E): pass
except TypeError as e:
    print e
def fmeta(name, bases, ns): return (name, bases, sorted(ns))
class G: __metaclass__ = fmeta
print G
__metaclass__ = type
class H: pass
print type(H)
print type('T', (), {'x': 1}).x, type('T', (object,), {}).__name__
