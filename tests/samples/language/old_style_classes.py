# old-style classes all magic
class Old:
    "doc"
    cls = 1
    def __init__(self, v=0): self.v = v
    def __getattr__(self, n):
        if n.startswith('__') and n not in ('__len__',): raise AttributeError(n)
        return 'got ' + n
    def __setattr__(self, n, v): self.__dict__[n] = v
    def __call__(self, *a, **k): return ('called', a, k)
    def __len__(self): return 3
    def __getitem__(self, i):
        if isinstance(i, int) and i > 2: raise IndexError(i)
        return ('item', i)
    def __setitem__(self, i, v): print 'setitem', i, v
    def __delitem__(self, i): print 'delitem', i
    def __getslice__(self, a, b): return ('slice', a, b)
    def __setslice__(self, a, b, v): print 'setslice', a, b, v
    def __delslice__(self, a, b): print 'delslice', a, b
    def __contains__(self, x): return x == 7
    def __add__(self, o): return ('add', o)
    def __radd__(self, o): return ('radd', o)
    def __iadd__(self, o): self.v += o; return self
    def __coerce__(self, o): return None
    def __cmp__(self, o): return cmp(self.v, getattr(o, 'v', o))
    def __hash__(self): return 5
    def __nonzero__(self): return False
    def __repr__(self): return 'Old(%r)' % self.v
    def __str__(self): return 'str-Old'
    def __unicode__(self): return u'uni-Old'
    def __neg__(self): return 'neg'
    def __int__(self): return 12
    def __float__(self): return 1.5
    def __oct__(self): return 'oct!'
    def __hex__(self): return 'hex!'
    def __index__(self): return 1
    def __complex__(self): return 2j
    def __pow__(self, o, m=None): return ('pow', o, m)
    def __rpow__(self, o): return ('rpow', o)
    def __divmod__(self, o): return ('divmod', o)
    def __truediv__(self, o): return 'truediv'
    def __div__(self, o): return 'div'
    def __floordiv__(self, o): return 'fdiv'
    def __lshift__(self, o): return 'lsh'
    def __invert__(self): return 'inv'
    def __abs__(self): return 'abs'
    def __enter__(self): print 'enter'; return self
    def __exit__(self, *a): print 'exit', a[0]; return True
    def __iter__(self): return iter([1, 2])
    def __reversed__(self): return iter('rev')
    def __format__(self, s): return 'fmt<%s>' % s
    def __del__(self): print 'del', self.__dict__['v']
o = Old(3)
print o.zz, o(1, k=2), len(o), o[1], o[1:2], o[:], o[1:2:3], 7 in o, 8 in o, o + 1, 1 + o, -o, int(o), float(o), oct(o), hex(o), range(5)[o], complex(o), o ** 2, 2 ** o, pow(o, 2, 3), divmod(o, 2), o / 1, o // 1, o << 1, ~o, abs(o), list(o), list(reversed(o)), format(o, 'x'), '{0:y}'.format(o), str(o), repr(o), unicode(o), '%s %r %d' % (o, o, o), bool(o), not o, hash(o), o == 3, o > 2, o < Old(9), cmp(o, 3), sorted([Old(2), Old(1)])
o[1] = 2; del o[1]; o[1:2] = 3; del o[1:2]; o += 5; print o.v, o.__class__, Old, Old.__doc__, Old.__module__, o.__doc__, type(o), type(Old), isinstance(o, Old)
with o as w: raise ValueError
class Sub(Old, object if 0 else Old): pass
class Base1:
    def f(self): return 'b1'
class Base2:
    def f(self): return 'b2'
    def g(self): return 'g2'
class D1(Base1): pass
class D2(Base1):
    def f(self): return 'd2'
class DD(D1, D2): pass
print DD().f(), DD.__bases__, issubclass(DD, Base1), D1.f, DD().f.im_class, DD.__dict__.keys()
class Empty: pass
e = Empty()
for f in (lambda: e.x, lambda: len(e), lambda: e[0], lambda: e(), lambda: e + 1, lambda: int(e), lambda: iter(e), lambda: 1 in e, lambda: Empty.x, lambda: Empty(1), lambda: e.__len__, lambda: -e, lambda: e[1:2], lambda: hash(e) and 'h', lambda: Base1.f(), lambda: Base1.f(e), lambda: float(e), lambda: abs(e), lambda: hex(e), lambda: range(e), lambda: e < 1 or 1, lambda: next(e), lambda: 'x' % e, lambda: '%d' % e):
    try: print f()
    except Exception, x: print type(x).__name__, str(x).split(' at 0x')[0]
import types
i = types.InstanceType(Empty, {'a': 1}); print i.a, types.ClassType('Dyn', (Base1,), {'k': 5}).k, types.ClassType('Dyn', (), {}), isinstance(Empty, types.ClassType)
e.__class__ = Base1; print e.f(); e.__dict__ = {'q': 1}; print e.q
class Cmp:
    def __eq__(self, o): return 'eq'
    def __lt__(self, o): return NotImplemented
    def __cmp__(self, o): return -1
print Cmp() == 1, Cmp() < 1, Cmp() > 1, Cmp() != Cmp()
try: hash(Cmp())
except TypeError, x: print x
class Co:
    def __init__(self, v): self.v = v
    def __coerce__(self, o): return (self.v, o) if isinstance(o, (int, long, float)) else None
print Co(3) + 4, 4 + Co(3), Co(3) * 2.5, Co(7) % 4, 7 / Co(2), Co(3) == 3, Co(2) < 3
try: Co(3) + 'x'
except TypeError, x: print x
class BadStr:
    def __str__(self): return 5
    def __repr__(self): return u'\xe9'
    def __len__(self): return -1
    def __nonzero__(self): return 'x'
    def __int__(self): return 'x'
    def __hash__(self): return 'x'
    def __iter__(self): return 5
    def __index__(self): return 'x'
b = BadStr()
for f in (str, repr, len, bool, int, hash, iter, [1].__getitem__, unicode):
    try: print f(b)
    except Exception, x: print type(x).__name__, x
