# sizeof, alignment, addressof, resize, string_at, memmove and others.
import array
import re
import sys
import _ctypes
from ctypes import *

class B(Structure):
    _fields_ = [('a', c_int, 3), ('b', c_short), ('c', c_double)]

def show(text):
    try:
        result = repr(eval(text))
    except Exception as e:
        result = '%s: %s' % (type(e).__name__, e)
    print text, '->', re.sub(r"\(0x[0-9a-f]{4,}\)|\d{13,}L?", '(address)', result)

for line in r'''
sizeof(5)
sizeof(int)
sizeof(c_int)
sizeof(Structure)
sizeof(Array)
alignment(5)
alignment(Structure)
addressof(5)
resize(5,5)
resize(c_int(5),2)
resize(c_int(5),200)
resize(B().b,5)
string_at('abc')
string_at('abc',2)
string_at('abc',-2)
string_at(1.5)
wstring_at(u'abc')
memset(5)
memmove('a','b','c')
set_errno('a')
_ctypes.dlopen('nosuch.so',0)
_ctypes.dlopen(None,0) is not None
_ctypes.dlopen(5,0)
_ctypes.dlopen()
_ctypes.dlsym(5,'a') if 0 else 0
CDLL('libnone.so')
pythonapi[3]
pythonapi.__nosuch__
_ctypes._buffer_info(c_int)
_ctypes._buffer_info(c_int*3*2)
_ctypes._buffer_info(B)
_ctypes._buffer_info(5)
set_conversion_mode('ascii','strict')
memoryview(c_int(5)).tobytes()
'''.strip().splitlines():
    show(line)
