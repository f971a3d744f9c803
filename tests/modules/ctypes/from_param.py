# from_param() of every kind of type, and what byref() makes.
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
c_int.from_param(3)
c_int.from_param('a')
c_int.from_param(c_int(3))
c_int.from_param(c_long(3))
c_int.from_param(3.5)
c_long.from_param(3L)
c_double.from_param(3)
c_float.from_param(3.5)
c_longdouble.from_param(3.5)
c_char.from_param('x')
c_char.from_param('xy')
c_wchar.from_param(u'x')
c_bool.from_param(5)
c_byte.from_param(5)
c_ubyte.from_param(200)
c_short.from_param(5)
c_void_p.from_param(5)
c_void_p.from_param(u'a')
c_void_p.from_param(None)
c_void_p.from_param(c_int(3))
c_void_p.from_param(byref(c_int(3)))
c_void_p.from_param(1.5)
c_void_p.from_param((c_int*3)())
c_void_p.from_param(pointer(c_int(3)))
c_void_p.from_param(CFUNCTYPE(None)())
c_void_p.from_param(c_char_p('q'))
c_void_p.from_param(c_wchar_p('q'))
c_void_p.from_param(POINTER(c_int))
c_char_p.from_param('abc')
c_char_p.from_param(u'abc')
c_char_p.from_param(None)
c_char_p.from_param(5)
c_char_p.from_param(create_string_buffer('abc'))
c_char_p.from_param((c_int*3)())
c_char_p.from_param(pointer(c_char('a')))
c_char_p.from_param(byref(c_char('a')))
c_char_p.from_param(byref(c_int()))
c_wchar_p.from_param('abc')
c_wchar_p.from_param(u'abc')
c_wchar_p.from_param(5)
py_object.from_param(5)
POINTER(c_int).from_param(None)
POINTER(c_int).from_param(5)
POINTER(c_int).from_param(byref(c_int()))
POINTER(c_int).from_param((c_int*3)())
POINTER(c_int).from_param((c_short*3)())
POINTER(c_int).from_param(c_int(4))
POINTER(c_int).from_param(pointer(c_short(4)))
B.from_param(5)
B.from_param(B())
(c_int*3).from_param(5)
(c_char*3).from_param('abc')
(c_char*3).from_param('abcd')
(c_char*3).from_param('ab')
(c_wchar*3).from_param(u'ab')
(c_wchar*3).from_param(u'abcd')
(c_int*3).from_param((1,2))
CFUNCTYPE(None).from_param(5)
byref(c_int(5))
byref(c_int(5),2)
byref(5)
byref(c_int(5),'a')
byref(c_int(5)) == byref(c_int(5))
'''.strip().splitlines():
    show(line)
