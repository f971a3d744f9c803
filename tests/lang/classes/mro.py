# C3: method resolution order, conflicts, super chains.
class A(object):
    def f(self): return ['A']
class B(A):
    def f(self): return ['B'] + super(B, self).f()
class C(A):
    def f(self): return ['C'] + super(C, self).f()
class D(B, C):
    def f(self): return ['D'] + super(D, self).f()
print [c.__name__ for c in D.__mro__], D().f(), D.mro() == list(D.__mro__)
class X(object): pass
class Y(X): pass
for bases in ((X, X), (int, str), (bool,), (type(None),)):
    try:
        type('Z', bases, {})
        print 'made'
    except TypeError as e:
        print e
class Old: pass
class Old2(Old): pass
class New(Old2, object): pass
print [c.__name__ for c in New.__mro__]
print B.__bases__, B.__base__, A.__subclasses__()
