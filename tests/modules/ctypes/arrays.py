# Array types and their items.
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
c_int*-1
c_int*0
c_int*'a'
c_int*1.5
3*c_int
c_int*True
c_int*2**62
c_int*2**63
(c_int*3)*2
(c_int*3)(1,2,3,4)
(c_int*3)(a=1)
(c_int*3)()
(c_int*3)()[5]
(c_int*3)()['a']
(c_int*3)()[1L]
(c_int*3)()[2**70]
(c_char*3)('a','bc')
(c_char*3)('a').value
(c_char*3)('a').raw
(c_int*3).value
(c_char*3).value
(c_char*3).raw
(c_wchar*3).value
(c_int*3)().value
(c_int*3)(1,2,3)[0:2]
(c_int*3)(1,2,3)._type_
'''.strip().splitlines():
    show(line)
