# Methods of all ctypes objects: comparison, pickling support, attributes, deletion.
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
hash(c_int()) is not None
B()==B()
iter(B())
B(1,2,3).__reduce__()
B().__ctypes_from_outparam__()
B.a.offset, B.a.size, B.b.offset,B.b.size
B.__dict__['a'].__get__(5)
B.a.__set__(5,3)
B(1,2,3,4)
B(z=5)
B(a='x')
B(1,a=2)
buffer(c_int(5))[:]
str(buffer((c_int*2)(5)))
bytearray(c_int(5))
'{}'.format(c_int(5))
int(c_int(5))
[].__class__ == list and c_int(5) + 1
vars(c_int(5))
vars(B())
setattr(B,'_fields_',[])
B._fields_
delattr(B(),'a')
delattr(c_int(),'value')
delattr(pointer(c_int()),'contents')
'''.strip().splitlines():
    show(line)
