# The functions of Python's C API that pythonapi has everywhere.
from ctypes import *
import sys

fmt = pythonapi.PyString_FromFormat
fmt.restype = py_object
ufmt = pythonapi.PyUnicodeUCS4_FromFormat
ufmt.restype = py_object
def attempt(f, *args):
    try:
        print repr(f(*args))
    except Exception as e:
        print type(e).__name__, e
for f in fmt, ufmt:
    attempt(f, 'plain')
    attempt(f, '%d|%i|%u|%x|%c', c_int(-5), c_int(6), c_uint(7), c_int(255), c_int(65))
    attempt(f, '%ld|%lu|%zd|%zu', c_long(-2 ** 63), c_ulong(2 ** 64 - 1), c_ssize_t(-1), c_size_t(9))
    attempt(f, '%s|%.2s|%%|%5d', 'text', 'abcdef', c_int(3))
    attempt(f, '100%', )
    attempt(f, 'a%qb %d')
    attempt(f, '%p', c_void_p(0x1234))
    attempt(f, '%s', create_string_buffer('buffer'))
attempt(ufmt, '%U|%S|%R|%V', py_object(u'\xe9'), py_object([1]), py_object('s'), None, 'other')
attempt(ufmt, '%V', py_object(u'first'), 'other')
attempt(ufmt, '%c%c', c_int(0x20ac), c_int(0x1f600))
attempt(ufmt, '%05d|%8.3d|%-d', c_int(42), c_int(7))
f = pythonapi.PyString_FromStringAndSize
f.restype, f.argtypes = py_object, (c_char_p, c_ssize_t)
attempt(f, 'abcdef', 3)
attempt(f, 'abcdef', 0)
attempt(f, 'abcdef', -1)
f = pythonapi.PyString_FromString
f.restype, f.argtypes = py_object, (c_char_p,)
attempt(f, 'abc\0def')
s = 'counted' + str(1)
before = sys.getrefcount(s)
f(s)
print sys.getrefcount(s) - before
pythonapi.PyInt_FromLong.restype = py_object
attempt(pythonapi.PyInt_FromLong, 42)
pythonapi.PyInt_AsLong.restype, pythonapi.PyInt_AsLong.argtypes = c_long, (py_object,)
attempt(pythonapi.PyInt_AsLong, 2 ** 40)
attempt(pythonapi.PyInt_AsLong, 'x')
attempt(pythonapi.PyInt_AsLong)
b = create_string_buffer(10)
print pythonapi.PyOS_snprintf(b, sizeof(b), '%s-%d', 'abc', 12), b.value
print pythonapi.PyOS_snprintf(b, sizeof(b), '%s and %5d', 'more than that', 12), b.value
print repr(pythonapi.PyString_FromFormat), pythonapi.PyString_FromFormat is fmt, fmt.__name__
