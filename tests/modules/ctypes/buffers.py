# ctypes objects as buffers, old and new; file and struct functions on them; resize.
import struct
import io
from ctypes import *

class P(Structure):
    _fields_ = [('x', c_int), ('y', c_double)]
class Packed(Structure):
    _pack_ = 2
    _fields_ = P._fields_
for o in (c_int(5), (c_short * 3)(1, 2, 3), (c_char * 2 * 3)(), P(1, 2.5), Packed(), (P * 2)(),
          pointer(c_int()), (POINTER(c_int) * 2)(), (c_int * 0)(), CFUNCTYPE(c_int)(),
          POINTER(c_int * 2 * 3)(), c_char_p(), c_wchar('x')):
    m = memoryview(o)
    print type(o).__name__, m.format, m.itemsize, m.ndim, m.shape, m.strides, m.readonly, len(buffer(o))
b = create_string_buffer(16)
struct.pack_into('<IHH', b, 4, 1, 2, 3)
print repr(b.raw), struct.unpack_from('<I', b, 4)
print io.BytesIO('hello world').readinto(b), b.value
m = memoryview(b)
b.value = 'ABC'
print m[:4].tobytes(), bytearray(b)[:4], repr(buffer(b)[1:4]), bytes(buffer(b, 1, 2)), hash(buffer(b)) is None
for size in 8, 16, 100:
    try:
        resize((c_char * 16)(), size)
        print 'ok'
    except ValueError as e:
        print e
a = (c_int * 2)(1, 2)
resize(a, 40)
print sizeof(a), len(a), a[:], repr(buffer(a)[:])
big = (c_int * 10).from_buffer(a)
big[9] = 9
print big[:]
try:
    resize(big, 100)
except ValueError as e:
    print e
short = c_short.from_buffer(a, 4)
short.value = -1
print a[:]
u = (c_char * 4).from_buffer_copy('abcdef', 1)
print u.raw, u[:], u[::-1], u[1], u[1:3]
u.raw = 'xy'
print repr(u.raw)
u.value = 'q'
print repr(u.raw), u.value
w = create_unicode_buffer(u'h\xe9llo', 8)
print repr(w.value), len(w), sizeof(w), repr(w[:]), repr(w[1:3]), w[4]
w.value = u'ab'
print repr(w[:])
w[0] = 'Z'
for bad in ('u.value = "12345"', 'u.value = 5', 'u.raw = "12345"', 'u.raw = 5', 'w.value = u"123456789"',
            'w.value = 5', 'w[0] = u"xy"', 'del u.raw', 'del w.value', 'u[0] = "xy"', 'u[0] = 5'):
    try:
        exec bad
        print bad, 'ok'
    except Exception as e:
        print bad, type(e).__name__, e
