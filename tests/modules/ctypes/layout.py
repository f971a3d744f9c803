# Structure and union layout: alignment, _pack_, nesting, inheritance, bit fields, repr of fields.
from ctypes import *

def dump(cls):
    print cls.__name__, sizeof(cls), alignment(cls), memoryview(cls()).format
    for c in reversed(cls.__mro__):
        for f in c.__dict__.get('_fields_', ()):
            print '   ', f[0], getattr(cls, f[0])

class Mixed(Structure):
    _fields_ = [('c', c_char), ('d', c_double), ('s', c_short), ('l', c_long), ('b', c_byte),
                ('g', c_longdouble), ('w', c_wchar), ('p', c_void_p), ('t', c_bool)]
dump(Mixed)
for pack in 1, 2, 4, 8, 16:
    class Packed(Structure):
        _pack_ = pack
        _fields_ = Mixed._fields_
    dump(Packed)

class Inner(Structure):
    _fields_ = [('a', c_byte), ('b', c_int * 3)]
class Choice(Union):
    _fields_ = [('i', c_int), ('d', c_double), ('raw', c_char * 11), ('inner', Inner)]
class Outer(Structure):
    _fields_ = [('x', c_char), ('inner', Inner), ('rows', Inner * 2 * 2), ('u', Choice),
                ('next', POINTER(Inner)), ('call', CFUNCTYPE(c_int, c_int))]
class Derived(Outer):
    _fields_ = [('more', c_short), ('last', c_longlong)]
class Same(Derived):
    pass
for cls in Inner, Choice, Outer, Derived, Same:
    dump(cls)

class Bits(Structure):
    _fields_ = [('a', c_int, 3), ('b', c_int, 5), ('c', c_uint, 24), ('d', c_uint, 1),
                ('e', c_short, 7), ('f', c_ubyte, 8), ('g', c_longlong, 40), ('h', c_char),
                ('i', c_ulonglong, 64), ('j', c_byte, 1), ('k', c_byte, 8)]
class BigBits(BigEndianStructure):
    _fields_ = Bits._fields_
class Widening(Structure):
    _fields_ = [('a', c_short, 4), ('b', c_short, 4), ('c', c_int, 24), ('d', c_short, 4),
                ('e', c_short, 4), ('f', c_int, 24)]
for cls in Bits, BigBits, Widening:
    dump(cls)
    x = cls()
    for name in [f[0] for f in cls._fields_ if len(f) == 3]:
        for value in 1, -1, 2 ** 40 + 5, 0x5555555555555555:
            setattr(x, name, value)
            print name, value, getattr(x, name), repr(buffer(x)[:])
    y = cls.from_buffer_copy('\xa5\x3c\x96\x0f' * (sizeof(cls) // 4))
    print [getattr(y, f[0]) for f in cls._fields_]

class Anonymous(Structure):
    class U(Union):
        class S(Structure):
            _fields_ = [('lo', c_ushort), ('hi', c_ushort)]
        _anonymous_ = ['s']
        _fields_ = [('s', S), ('whole', c_uint), ('bits', c_uint, 9)]
    _anonymous_ = ('u',)
    _fields_ = [('tag', c_int), ('u', U)]
dump(Anonymous)
x = Anonymous(7)
x.whole = 0x12345678
print hex(x.lo), hex(x.hi), hex(x.bits), hex(x.u.s.hi), Anonymous.hi, Anonymous.lo, Anonymous.bits
