# Classic classes: instances, getattr hooks, del, methods, isinstance, depth-first lookup.
class A:
    x = 'A'
    def __init__(self, v=0): self.v = v
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return 'dynamic ' + name
    def __setattr__(self, name, value): self.__dict__[name] = (value,)
    def __delattr__(self, name): print 'del', name
    def __len__(self): return 2
    def __getitem__(self, i): return i
    def __call__(self, a): return a * 2
class B(A): pass
class C(A): x = 'C'
class D(B, C): pass
d = D(5)
print d.v, d.x, d.other, len(d), d[7], d[1:2], d(21), isinstance(d, A), issubclass(D, C), type(d), D.__bases__ == (B, C)
del d.v
print D.__name__, D.__module__, d.__class__ is D, D.__dict__.keys()
d.__class__ = C
print d.x, A.__init__.im_class is A, d.__init__.im_self is d
try:
    d.__class__ = 5
except TypeError as e:
    print e
class E:
    def __del__(self): print 'E gone'
e = E()
e = None
try:
    E().nothing
except AttributeError as x:
    print x
try:
    E.nothing
except AttributeError as x:
    print x
try:
    E()()
except AttributeError as x:
    print x
