# Function prototypes: Python callables called through C types.
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
CFUNCTYPE(c_int)(5).argtypes
CFUNCTYPE(c_int,c_int)(5).argtypes
CFUNCTYPE(c_int)(lambda:3)()
CFUNCTYPE(c_int,c_int)(lambda x:3)()
CFUNCTYPE(c_int,c_int)(lambda x:3)(1,2)
CFUNCTYPE(c_int,c_int)(lambda x:3)('a')
CFUNCTYPE(c_int,c_int)(lambda x:x)(2**40+7)
CFUNCTYPE(c_int,c_int)(lambda x:x)._objects
CFUNCTYPE(c_int,c_int)('a')
CFUNCTYPE(c_int,c_int)(1.5)
CFUNCTYPE(c_int,5)
CFUNCTYPE(5)
CFUNCTYPE(c_int,c_int)((1,2))
CFUNCTYPE(POINTER(c_int))(lambda:3)
CFUNCTYPE(B)(lambda:3)
CFUNCTYPE(py_object,py_object)(lambda x:[x])([4])
CFUNCTYPE(c_char_p,c_char_p)(lambda x:x)('abc')
CFUNCTYPE(c_void_p)(lambda :5)()
CFUNCTYPE(c_void_p)(lambda :None)()
CFUNCTYPE(c_int,POINTER(c_int))(lambda p:p[0]+1)(byref(c_int(41)))
CFUNCTYPE(c_int,POINTER(c_int))(lambda p:p[0]+1)((c_int*2)(3,4))
CFUNCTYPE(c_int,B)(lambda p:p.b+1)(B(1,2,3))
CFUNCTYPE(c_double,c_double,c_float)(lambda a,b:a*b)(1.5,2.5)
CFUNCTYPE(None)(lambda:3)()
CFUNCTYPE(c_bool,c_bool)(lambda x:x)(5)
sys.getsizeof(c_int()), sys.getsizeof(B()), sys.getsizeof((c_int*100)()), sys.getsizeof(CFUNCTYPE(c_int)())
callable(CFUNCTYPE(None)())
CFUNCTYPE(None)()._objects
bool(CFUNCTYPE(None)())
'''.strip().splitlines():
    show(line)
