# Bound and unbound methods, im_*, calls with the wrong instance, comparing, hashing.
class C(object):
    def m(self, *a): return 'm', a
    @staticmethod
    def s(*a): return a
    @classmethod
    def k(cls, *a): return cls.__name__, a
class D(C): pass
c = C()
print c.m(1), C.m(c, 2), c.s(3), C.s(4), D.k(5), c.k()
print c.m.im_self is c, c.m.im_func is C.__dict__['m'], C.m.im_self, D.m.im_class.__name__, c.m == c.m, c.m is c.m, hash(c.m) == hash(c.m)
for text in ('C.m()', 'C.m(5)', 'C.m("x", 1)', 'c.m.x = 1', 'c.nope', 'C.nope'):
    try:
        exec text
    except (TypeError, AttributeError) as e:
        print e
print str(C.m), str(c.m)[:17], C.m.__name__, C.m.__doc__
c.f = lambda *a: a
print c.f(1)
import types
print types.MethodType(lambda self, x: x, c)(5), types.MethodType(len, [1, 2])()
