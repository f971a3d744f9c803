# Subclasses of built-in types keep operators, add state, override what is consulted.
class L(list):
    def __getitem__(self, i): return 'got %s' % list.__getitem__(self, i)
l = L([1, 2, 3])
l.extra = 1
print l, l[0], l[0:2], list(l), [x for x in l], l + [4], type(l + [4]).__name__, len(l)
class D(dict):
    def __missing__(self, key): return 'missing %s' % key
d = D(a=1)
print d['a'], d['b'], d.get('b'), d, '%(zz)s' % d
class S(str):
    def __str__(self): return 'over'
    def upper(self): return 'UP'
s = S('abc')
print s, repr(s), s + 'd', s.upper(), '%s' % s, ''.join([s]), type(s + '').__name__, str(s), {s: 1}['abc']
class I(int):
    def __add__(self, o): return 'add'
print I(3) + 1, 1 + I(3), I(3) * 2, sum([I(1), I(2)])
class T(tuple): pass
print T([1, 2]), T((1,)) == (1,), hash(T((1,))) == hash((1,)), T() is T()
class F(float): __slots__ = ()
print F(1.5), F('2') * 2, F(1) == 1
class U(unicode): pass
print repr(U('x')), U('a') == 'a', type(U('x').encode('ascii')).__name__
