# Union tricks: looking at a value's bytes through other types.
from ctypes import *

class Number(Union):
    _fields_ = [('f', c_float), ('d', c_double), ('i', c_int), ('u', c_uint), ('q', c_ulonglong),
                ('b', c_ubyte * 8), ('s', c_short * 4), ('c', c_char * 8)]
n = Number(1.0)
print hex(n.u), n.b[:]
n.d = -0.1
print hex(n.q), ['%02x' % b for b in n.b], n.s[:]
n.i = -1
print n.u, n.b[:4], n.s[0]
n.c = 'ABCDEFGH'
print n.c, hex(n.u), n.b[0]
n.c = 'xy'
print repr(n.c), repr(buffer(n)[:])
n.q = 0x7ff0000000000000
print n.d
n.q += 1
print n.d
n.u = 0x7f7fffff
print n.f

class Color(Union):
    class Channels(Structure):
        _fields_ = [(c, c_uint8) for c in 'rgba']
    _anonymous_ = ['channels']
    _fields_ = [('value', c_uint32), ('channels', Channels), ('array', c_uint8 * 4)]
c = Color(0xff8040c0)
print c.r, c.g, c.b, c.a
c.g = 0x12
print hex(c.value), map(hex, c.array)
c.array[3] = 1
print hex(c.value), c.a
print Color(5, (1, 2, 3, 4)).r, Color(channels=(9, 8)).array[:], Color(a=3).value
for bad in ((1, 2, 3, 4), ('x',)):
    try:
        Color(*bad)
    except Exception as e:
        print type(e).__name__, e

class Float80(Union):
    _fields_ = [('g', c_longdouble), ('raw', c_ubyte * 16)]
for v in 0.0, 1.0, -2.5, 1e-320, float('inf'), 1e308, 3.141592653589793:
    x = Float80(v)
    print ['%02x' % b for b in x.raw[:10]], repr(x.g)
