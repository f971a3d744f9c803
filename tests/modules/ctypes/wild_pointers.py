# expected: by hand
# Addresses that lead nowhere: ValueError, where CPython reads what is there or crashes.
import gc
from ctypes import *

def attempt(what, f):
    try:
        result = repr(f())
        print what, result
    except (ValueError, MemoryError, BufferError) as e:
        print what, type(e).__name__, str(e).split(' 0x')[0]

for address in 1, 4096, 2 ** 47, 2 ** 64 - 8, -8, 0:
    attempt('read', lambda: c_int.from_address(address).value)
    attempt('write', lambda: setattr(c_int.from_address(address), 'value', 1))
    attempt('index', lambda: cast(address, POINTER(c_int))[0])
    attempt('string', lambda: string_at(address, 5))
    attempt('memset', lambda: memset(address, 0, 10))
    attempt('call', lambda: CFUNCTYPE(None)(address)())
    attempt('object', lambda: cast(address, py_object).value)
    attempt('view', lambda: memoryview(c_int.from_address(address)))
attempt('freed', lambda: string_at(addressof(create_string_buffer(100))))
b = create_string_buffer(100)
p = cast(b, POINTER(c_int))
attempt('last', lambda: p[24])
attempt('beyond', lambda: p[25])
attempt('before', lambda: p[-1])
attempt('far', lambda: p[2 ** 60])
attempt('copy', lambda: memmove(addressof(b) + 50, b, 51))
attempt('slice', lambda: cast(b, c_void_p) and cast(b, POINTER(c_char))[0:101])
s = 'a constant'
attempt('string write', lambda: memset(s, 0, 1))
print s
# memory that moves
data = bytearray(16)
a = (c_int * 4).from_buffer(data)
q = pointer(a)
a[0] = 7
print data[0], q[0][0]
data.extend('x' * 100000)
attempt('moved', lambda: a[0])
attempt('moved write', lambda: a.__setitem__(0, 1))
attempt('moved pointer', lambda: q[0][0])
data = bytearray(16)
a = (c_int * 4).from_buffer(data)
m = memoryview(a)
attempt('locked', lambda: data.extend('x' * 100000))
del m
class Pair(Structure):
    _fields_ = [('n', c_int), ('rest', c_int * 4)]
x = Pair(1)
rest, p = x.rest, pointer(x)
m = memoryview(x)
attempt('resize locked', lambda: resize(x, 100000))
del m
resize(x, 100000)
rest[3] = 5
print x.rest[:], x.n
attempt('resized', lambda: p[0].n)
class Sneaky(object):
    def __int__(self):
        resize(y, 200000)
        return 9
y = Pair()
y.rest[1] = Sneaky()
print y.rest[:]
f = CFUNCTYPE(c_int, c_int)(lambda v: v)
address = cast(f, c_void_p).value
del f
gc.collect()
attempt('dead function', lambda: CFUNCTYPE(c_int, c_int)(address)(1))
live = []
address = id(live)
attempt('live object', lambda: cast(address, py_object).value is live)
del live
attempt('dead object', lambda: cast(address, py_object).value)
