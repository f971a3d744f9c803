# Special methods under built-in functions are called once each, in order, whatever they do.
import sys, warnings
log = []
def note(name, value):
    def method(self, *args):
        log.append((name,) + tuple(a if isinstance(a, (int, str, type(None))) else type(a).__name__ for a in args))
        if isinstance(value, type) and issubclass(value, Exception):
            raise value(name)
        return value
    method.__name__ = name
    return method
VALUES = dict(__len__=3, __hash__=7, __int__=5, __long__=6L, __float__=1.5, __abs__=2, __hex__='0xa', __oct__='07',
              __str__='s', __repr__='r', __unicode__=u'u', __nonzero__=True, __cmp__=-1, __divmod__=(1, 2), __rdivmod__=(3, 4),
              __pow__=9, __rpow__=10, __index__=4, __complex__=2j, __coerce__=(1, 2), __trunc__=8, __format__='f')
def show(what, f):
    del log[:]
    try:
        r = f()
        r = (type(r).__name__, r if isinstance(r, (int, long, float, str, unicode, tuple, complex)) else '')
    except Exception as e:
        r = (type(e).__name__, str(e).replace('old ', ''))
    print what, r, log
def calls(o, p):
    return [('len', lambda: len(o)), ('hash', lambda: hash(o)), ('int', lambda: int(o)), ('long', lambda: long(o)),
            ('float', lambda: float(o)), ('abs', lambda: abs(o)), ('hex', lambda: hex(o)), ('oct', lambda: oct(o)),
            ('str', lambda: str(o)), ('repr', lambda: repr(o)), ('unicode', lambda: unicode(o)), ('bool', lambda: bool(o)),
            ('cmp', lambda: cmp(o, p)), ('cmp2', lambda: cmp(1, o)), ('divmod', lambda: divmod(o, 2)), ('rdivmod', lambda: divmod(2, o)),
            ('pow', lambda: pow(o, 2)), ('rpow', lambda: pow(2, o)), ('pow3', lambda: pow(o, 2, 3)), ('complex', lambda: complex(o)),
            ('coerce', lambda: coerce(o, 1)), ('round', lambda: round(o)), ('chr', lambda: chr(o)), ('unichr', lambda: unichr(o)),
            ('format', lambda: format(o, 'x')), ('index', lambda: 'abcdefg'[o]), ('%s', lambda: '%s %s' % (o, p)), ('%r', lambda: '%r' % (o,)),
            ('%d', lambda: '%d' % o), ('%.1f', lambda: '%.1f' % o), ('u%s', lambda: u'%s%s' % (o, p)), ('%c', lambda: '%c' % o),
            ('many', lambda: ' '.join(['%s' * 12 % ((o,) * 12)])), ('list', lambda: '%s %r' % ([o], {1: o})), ('strlist', lambda: str([o, p])),
            ('add', lambda: o + p), ('radd', lambda: 1 + o), ('lt', lambda: o < p), ('eq', lambda: o == 1), ('not', lambda: not o),
            ('tuplecmp', lambda: cmp((o, 1), (p, 2))), ('hashtuple', lambda: hash((o, p)) == hash((o, p))), ('get', lambda: {1: 2}.get(o))]
for kind in 'new', 'old', 'new, raising', 'old, raising':
    print '--', kind
    methods = dict((n, note(n, KeyError if 'raising' in kind else v)) for n, v in VALUES.items())
    for text in sorted(methods):
        pass
    class New(object):
        locals().update(methods)
    class Old:
        locals().update(methods)
    C = Old if 'old' in kind else New
    for what, f in calls(C(), C()):
        show(what, f)
# Wrong answers.
class Wrong(object):
    locals().update((n, note(n, [] if n != '__hash__' else 'x')) for n in VALUES)
print '-- wrong'
for what, f in calls(Wrong(), Wrong()):
    if what not in ('list', 'strlist', 'coerce'):
        show(what, f)
# A C function as a method is called once too; a dict changed by a comparison is looked up again.
import itertools
class Counting(object):
    n = itertools.count()
    __hash__ = n.next
    __str__ = lambda self: str(self.n.next())
    __len__ = n.next
print hash(Counting()), len(Counting()), '%s %s' % (Counting(), Counting()), hash((Counting(), Counting())) != 0, str(Counting())
class Key(object):
    def __init__(self, d): self.d = d
    def __hash__(self): return hash('k')
    def __eq__(self, other):
        log.append('eq')
        self.d['j%d' % len(self.d)] = 1
        return other == 'k'
d = {'k': 1}
del log[:]
print isinstance(d.get(Key(d)), int), len(d) > 1, 'eq' in log
# Class checks.
class Meta(type):
    def __instancecheck__(cls, o): log.append(('inst', cls.__name__)); return cls.__name__ == 'B'
    def __subclasscheck__(cls, o): log.append(('sub', cls.__name__)); return cls.__name__ == 'B'
A = Meta('A', (object,), {})
B = Meta('B', (object,), {})
del log[:]
print isinstance(1, (A, A, B)), issubclass(int, (A, B)), isinstance(A(), A), isinstance([], (A, list)), log
# A recursive repr still knows where it is.
class Box(object):
    def __init__(self): self.items = [self]
    def __repr__(self): return 'Box(%r)' % (self.items,)
print Box(), '%s' % Box(), str([Box()])
# A traceback names the caller and the method once.
import traceback
class Bad(object):
    def __len__(self): return 1 // 0
    def __str__(self): return '%d' % len(self)
try:
    'x%s' % Bad()
except ZeroDivisionError:
    print [(t[2], t[3]) for t in traceback.extract_tb(sys.exc_info()[2])]
# Warnings and finalizers in between.
class Del(object):
    def __init__(self, n): self.n = n
    def __del__(self): log.append(('del', self.n))
    def __str__(self): return 'del%d' % self.n
del log[:]
print '%s %s' % (Del(1), Del(2)), str(Del(3)), log
