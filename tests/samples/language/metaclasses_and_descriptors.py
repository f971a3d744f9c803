# metaclasses, descriptors, class creation
import sys
class Meta(type):
    registry = []
    def __new__(m, name, bases, d):
        d['created_by'] = m.__name__
        c = type.__new__(m, name, bases, d); m.registry.append(name); return c
    def __init__(c, name, bases, d): super(Meta, c).__init__(name, bases, d); c.idx = len(Meta.registry)
    def __call__(c, *a, **k):
        print 'creating', c.__name__, a; return super(Meta, c).__call__(*a, **k)
    def __getattr__(c, n): return 'meta-%s' % n if n[0] != '_' else object.__getattribute__(c, n)
    def __len__(c): return 42
    def __iter__(c): return iter('abc')
    def __contains__(c, x): return x == 1
    def __repr__(c): return '<Meta %s>' % c.__name__
    def __instancecheck__(c, i): return i == 5 or type.__instancecheck__(c, i)
    def __subclasscheck__(c, s): return s is int or type.__subclasscheck__(c, s)
    def __add__(a, b): return type(a)(a.__name__ + b.__name__, (a, b), {})
    def __lt__(a, b): return a.__name__ < b.__name__
    @property
    def prop(c): return 'metaprop ' + c.__name__
class A(object):
    __metaclass__ = Meta
    def __init__(self, x=1): self.x = x
class B(A): pass
class C(object): __metaclass__ = Meta
print Meta.registry, A, B.created_by, B.idx, A(5).x, A.foo, len(A), list(A), 1 in A, 2 in A, isinstance(5, A), issubclass(int, A), (B + C).__mro__, A < B, sorted([C, B, A]), A.prop, type(A), A.__class__
try: A().prop
except AttributeError, e: print e
try: A._x
except AttributeError, e: print e
class M2(type): pass
try:
    class D(A): __metaclass__ = M2
except TypeError, e: print e
def func_meta(name, bases, d): print 'func', name, sorted(k for k in d if k[0] != '_'); return type(name, bases, d)
class E: __metaclass__ = func_meta; z = 1
print type(E), E.z
class Typed(object):
    def __init__(self, t, default=None): self.t, self.default, self.name = t, default, None
    def __get__(self, o, owner): return self if o is None else o.__dict__.get(self.name, self.default)
    def __set__(self, o, v):
        if not isinstance(v, self.t): raise TypeError('%s must be %s, not %s' % (self.name, self.t.__name__, type(v).__name__))
        o.__dict__[self.name] = v
    def __delete__(self, o): del o.__dict__[self.name]
class TM(type):
    def __new__(m, n, b, d):
        for k, v in d.items():
            if isinstance(v, Typed): v.name = k
        return type.__new__(m, n, b, d)
class Person(object):
    __metaclass__ = TM
    name = Typed(str); age = Typed((int), 0)
p = Person(); p.name = 'bob'; print p.name, p.age, Person.name.__class__.__name__
try: p.age = 'x'
except TypeError, e: print e
del p.name; print p.name
class Lazy(object):
    def __init__(self, f): self.f = f
    def __get__(self, o, t=None): v = self.f(o); setattr(o, self.f.__name__, v); return v
class L(object):
    @Lazy
    def val(self): print 'computing'; return 9
l = L(); print l.val, l.val, l.__dict__
class Slots(object):
    __slots__ = ['a', '_b', '__c']
    def __init__(self): self.a = 1; self.__c = 3
s = Slots(); print s.a, sorted(x for x in dir(s) if not x.startswith('__')), s._Slots__c
for n in ('zz', '_b'):
    try: print getattr(s, n)
    except AttributeError, e: print e
try: s.zz = 1
except AttributeError, e: print e
for b in ({'__slots__': ['a', 5]}, {'__slots__': ['a b']}, {'__slots__': ['x'], 'x': 1}, {'__slots__': ['__dict__', '__weakref__']}):
    try: print type('S', (object,), b).__slots__
    except (TypeError, ValueError), e: print type(e).__name__, e
for a in (('X', (), {}), ('X', (int, str), {}), ('X', (bool,), {}), (5, (), {}), ('X', [], {}), ('X', (A, A), {}), ('X', (type(None),), {}), ('X', (5,), {})):
    try: print type(*a)
    except TypeError, e: print e
class X(object): pass
class Y(object): pass
x = X(); x.__class__ = Y; print type(x).__name__
try: x.__class__ = int
except TypeError, e: print e
try: X.__bases__ = (int,)
except TypeError, e: print e
class Z(X): pass
class Z2(X): pass
class W(Z): pass
W.__bases__ = (Z2,); print W.__mro__, X.__subclasses__()
try: Y.__bases__ = (X,)
except TypeError, e: print e
try: W.__bases__ = ()
except TypeError, e: print e
try: X.__bases__ = (W,)
except TypeError, e: print e
class P(object):
    def __getattribute__(self, n): print 'ga', n; return object.__getattribute__(self, n)
    def __getattr__(self, n): return 'fallback ' + n
    def __setattr__(self, n, v): print 'sa', n; object.__setattr__(self, n, v)
    def __delattr__(self, n): print 'da', n; object.__delattr__(self, n)
p = P(); p.a = 1; print p.a, p.q; del p.a
try: del p.a
except AttributeError, e: print e
class Prop(object):
    def g(self): return self._v
    def s(self, v): self._v = v * 2
    def d(self): del self._v
    v = property(g, s, d, 'doc!'); ro = property(g)
    @property
    def w(self): "w doc"; return 1
    @w.setter
    def w(self, v): print 'set w', v
q = Prop(); q.v = 4; print q.v, Prop.v.__doc__, Prop.w.__doc__; q.w = 3; del q.v
for f in (lambda: q.v, lambda: setattr(q, 'ro', 1), lambda: delattr(q, 'ro'), lambda: delattr(q, 'w'), lambda: Prop.v.__get__(None), lambda: Prop.v.fget(q)):
    try: print f()
    except Exception, e: print type(e).__name__, e
