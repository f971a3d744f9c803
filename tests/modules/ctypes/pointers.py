# Pointer types, following pointers, slices, cast.
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
pointer(c_int(5))
pointer(5)
pointer(c_int)
POINTER(5)
POINTER(int)
POINTER('abc')
POINTER(u'abc')
POINTER(c_int)
len(pointer(c_int()))
POINTER(c_int)().contents
POINTER(c_int)()[0]
pointer(c_int(5))['a']
pointer(c_int(5))[0:1]
pointer(c_int(5))[:]
pointer(c_int(5))[0:]
pointer(c_int(5))[0:1:0]
pointer(c_int(5))[::-1]
pointer(c_char('a'))[0:1]
pointer(c_wchar('a'))[0:1]
POINTER(c_int)(5)
POINTER(c_int)(c_short(5))
POINTER(c_int)(c_int(1),2)
POINTER(c_int)(x=2)
POINTER(None)
cast(5,5)
cast(5,c_int)
cast(5,POINTER(c_int))
cast('abc',c_void_p) is not None
cast(None,c_char_p)
cast(1.5,c_char_p)
cast(B(),c_char_p)
cast(byref(c_int(5)),POINTER(c_int))[0]
POINTER(c_int).set_type(5)
'''.strip().splitlines():
    show(line)
