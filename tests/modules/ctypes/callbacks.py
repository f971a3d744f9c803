# Callables called through C prototypes: conversions on the way in and out, errors, attributes.
import sys
from ctypes import *
sys.stderr = sys.stdout

class P(Structure):
    _fields_ = [('x', c_int), ('y', c_int)]
class MyInt(c_int):
    pass
def show(*args):
    print args,
    return args[-1] if args else None

for t, v in ((c_byte, -3), (c_ubyte, 200), (c_short, -300), (c_int, -70000), (c_uint, 2 ** 32 - 1),
             (c_long, 2 ** 62), (c_ulong, 2 ** 63), (c_longlong, -2 ** 63), (c_float, 1.5),
             (c_double, 0.1), (c_longdouble, 0.1), (c_char, 'x'), (c_wchar, u'\u20ac'), (c_bool, 7),
             (c_void_p, 12), (c_void_p, None)):
    print t.__name__, repr(CFUNCTYPE(t, t)(show)(v)), repr(CFUNCTYPE(t, c_byte, t)(show)(1, t(v)))
print CFUNCTYPE(c_int, P)(lambda p: p.x * 10 + p.y)(P(4, 2))
print CFUNCTYPE(c_int, POINTER(P))(lambda p: p.contents.x)(P(4, 2))
print CFUNCTYPE(c_int, MyInt)(lambda m: (type(m).__name__, m.value)[1])(MyInt(3))
print type(CFUNCTYPE(MyInt)(lambda: 5)()).__name__
print CFUNCTYPE(c_int, c_char_p)(len)('four'), CFUNCTYPE(c_int, c_wchar_p)(len)(u'seven')
print CFUNCTYPE(py_object, py_object)(lambda o: o + [1])([0]), CFUNCTYPE(None, c_int)(show)(1)
def swap(a, b):
    a[0], b[0] = b[0], a[0]
a, b = c_int(1), c_int(2)
CFUNCTYPE(None, POINTER(c_int), POINTER(c_int))(swap)(byref(a), pointer(b))
print a, b
compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))(lambda a, b: a[0] - b[0])
print sorted([5, 1, 4], cmp=lambda a, b: compare(c_int(a), c_int(b)))

def fails(x):
    raise ValueError(x)
f = CFUNCTYPE(c_int, c_int)(fails)
print f(3)
f = CFUNCTYPE(c_int, c_int)(lambda x: x + 1)
def attempt(text):
    try:
        exec text in globals()
    except Exception as e:
        print text, '->', type(e).__name__, e
for text in ('print f(4)', 'print f("x")', 'print f()', 'print f(1, 2)', 'print f(None)', 'f.restype = 5',
             'f.argtypes = 5', 'f.argtypes = (5,)', 'f.errcheck = 5', 'print f.restype, f.argtypes',
             'f.restype = c_char', 'print f(65)', 'f.restype = lambda r: r * 2', 'print f(65)',
             'del f.restype', 'f.errcheck = lambda r, fn, args: (r, fn is f, args)', 'print f(1)',
             'del f.errcheck', 'f.argtypes = [c_short]', 'print f(65537)', 'f.argtypes = None',
             'print f(7)', 'print bool(f), bool(CFUNCTYPE(None)()), callable(f)'):
    attempt(text)
class Adapter(object):
    def __init__(self, v):
        self._as_parameter_ = v
print f(Adapter(5)), f(Adapter(Adapter(c_int(6))))
class Table(Structure):
    _fields_ = [('add', CFUNCTYPE(c_int, c_int, c_int)), ('neg', CFUNCTYPE(c_int, c_int))]
t = Table(Table.add and CFUNCTYPE(c_int, c_int, c_int)(lambda a, b: a + b),
          CFUNCTYPE(c_int, c_int)(lambda a: -a))
print t.add(2, 3), t.neg(4), bool(Table().add)
g = cast(f, CFUNCTYPE(c_int, c_int))
print g(10), CFUNCTYPE(c_int, c_int)(cast(f, c_void_p).value)(20)
