# ctypes structures
from ctypes import *
import ctypes, struct
class Point(Structure):
    _fields_ = [('x', c_int), ('y', c_short), ('f', c_double)]
class Bits(Structure): _fields_ = [('a', c_uint, 3), ('b', c_uint, 5), ('c', c_int, 4)]
class U(Union): _fields_ = [('i', c_uint32), ('b', c_ubyte * 4), ('f', c_float)]
class Node(Structure): pass
Node._fields_ = [('val', c_int), ('next', POINTER(Node))]
class BE(BigEndianStructure): _fields_ = [('h', c_uint16), ('i', c_uint32)]
class Pk(Structure): _pack_ = 1; _fields_ = [('c', c_char), ('q', c_longlong)]
p = Point(1, 2, 3.5); print p.x, p.y, p.f, sizeof(p), alignment(Point), Point.x, Point.f.offset, Point.y.size, sizeof(Pk)
b = Bits(5, 17, -3); print b.a, b.b, b.c, sizeof(b); b.a = 9; print b.a, Bits.b
u = U(0x3f800000); print u.f, list(u.b), hex(u.i); n2 = Node(2); n1 = Node(1, pointer(n2)); print n1.next.contents.val, bool(n2.next); be = BE(0x102, 0x3040506); print repr(buffer(be)[:]), string_at(byref(be), 2).encode('hex')
A = c_int * 5; a = A(1, 2, 3); print list(a), len(a), a[1:3], a[-1], sizeof(a), A, a._length_; a[0] = 9; 
for f in (lambda: a[9], lambda: A(1, 2, 3, 4, 5, 6), lambda: setattr(p, 'x', 'str'), lambda: Point(1, 2, 3, 4), lambda: c_int('x'), lambda: c_char('ab'), lambda: c_int * -1, lambda: n2.next.contents, lambda: Point(z=1), lambda: cast(a, c_int), lambda: pointer(5), lambda: byref(5), lambda: POINTER(5), lambda: create_string_buffer(), lambda: c_char_p(5), lambda: Structure().x, lambda: setattr(a, '_length_', 3), lambda: from_buffer, lambda: Point.from_buffer('x' * 16), lambda: Point.from_buffer(bytearray(4)), lambda: (c_int * 2).from_buffer_copy(struct.pack('ii', 7, 8))[1], lambda: c_int.from_buffer(bytearray('\1\0\0\0')).value, lambda: resize(a, 2), lambda: type('S', (Structure,), {'_fields_': [('a', int)]}), lambda: type('S', (Structure,), {'_fields_': [('a', c_int, 40)]}), lambda: type('S', (Structure,), {'_fields_': 5})):
    try: print f()
    except Exception, e: print type(e).__name__, e
for t in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_float, c_double, c_bool, c_char, c_wchar, c_void_p, c_size_t):
    try: print t.__name__, sizeof(t), t(), t(1) if t not in (c_char, c_wchar, c_char_p) else t(t is c_wchar and u'a' or 'a'),
    except Exception, e: print type(e).__name__, e,
print; print c_byte(300).value, c_ubyte(-1).value, c_int(2 ** 32 + 5).value, c_float(0.1).value, c_bool(5).value, c_short(-40000).value
s = create_string_buffer('hello', 10); print s.value, repr(s.raw), len(s), sizeof(s); s.value = 'hi'; print repr(s.raw); s[0] = 'H'; print s.value, create_string_buffer(3).raw.encode('hex'), create_unicode_buffer(u'h\xe9').value.__repr__()
pi = pointer(c_int(5)); print pi.contents, pi[0]; pi[0] = 7; print pi.contents.value, cast(pi, POINTER(c_ubyte))[0], addressof(pi.contents) == cast(pi, c_void_p).value
memset(addressof(a), 0, sizeof(a)); print list(a); memmove(a, (c_int * 2)(4, 5), 8); print list(a)
CB = CFUNCTYPE(c_int, c_int, c_int); cb = CB(lambda x, y: x * y); print cb(3, 4), CB
class Out(Structure): _fields_ = [('p', Point), ('arr', c_char * 4), ('name', c_char_p)]
o = Out(); o.p.x = 5; o.arr = 'ab'; o.name = 'nm'; print o.p.x, o.arr, o.name, sizeof(Out), o.p.__class__.__name__
class Sub(Point): _fields_ = [('extra', c_int)]
print sizeof(Sub), Sub(1, 2, 3.0, 4).extra, [f[0] for f in Sub._fields_]
print Point(1) == Point(1), bool(p), repr(p).split(' object')[0], c_int(3) == c_int(3)
