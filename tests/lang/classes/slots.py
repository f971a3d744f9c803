# __slots__: no dict, inheritance, weakrefs, errors, private names.
class S(object):
    __slots__ = ('a', '__private', 'c')
    def __init__(self): self.a = 1; self.__private = 2
s = S()
print s.a, s._S__private, hasattr(s, '__dict__'), S.__slots__
for text in ('s.b = 1', 's.c', 'del s.c', 'import weakref; weakref.ref(s)', 'S.a.__get__(5, S)'):
    try:
        exec text
    except (AttributeError, TypeError) as e:
        print type(e).__name__, e
class T(S): __slots__ = 'z'
class U(S): pass
print hasattr(T(), '__dict__'), hasattr(U(), '__dict__'), T.z, type(S.a).__name__
for text in ("class V(object): __slots__ = ('a b',)", "class V(int): __slots__ = ('x',)", "class V(tuple): __slots__ = ('x',)",
             "class V(object):\n __slots__ = ('x',)\n x = 1", "class V(object): __slots__ = (5,)", "class V(object): __slots__ = ('__dict__', '__dict__')",
             "class V(S, type('W', (object,), {'__slots__': ('q',)})): pass"):
    try:
        exec text
        print 'made'
    except (TypeError, ValueError) as e:
        print type(e).__name__, e
