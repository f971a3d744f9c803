# from_buffer, from_buffer_copy, from_address: what they take and refuse.
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
c_int.from_buffer(bytearray(8),5)
c_int.from_buffer(bytearray(8),-1)
c_int.from_buffer(bytearray(3))
c_int.from_buffer('abcd')
c_int.from_buffer(5)
c_int.from_buffer()
c_int.from_buffer(u'abcd')
c_int.from_buffer(memoryview(bytearray(8)))
c_int.from_buffer(buffer(bytearray(8)))
c_int.from_buffer(array.array('i',[5]))
c_int.from_buffer(bytearray('\\1\\0\\0\\0'))._objects
c_int.from_buffer(bytearray('\\1\\0\\0\\0'))._b_base_
c_int.from_buffer(bytearray('\\1\\0\\0\\0'))._b_needsfree_
c_int.from_buffer_copy('abcd')
c_int.from_buffer_copy('abc')
c_int.from_buffer_copy('abcd',1)
c_int.from_buffer_copy('abcd',-1)
c_int.from_buffer_copy(u'abcd')
c_int.from_buffer_copy(5)
c_int.from_buffer_copy(memoryview('abcd'))
c_int.from_buffer_copy('abcd')._b_needsfree_
c_int.from_address('a')
c_int.from_address(1.5)
c_int.from_address(2**70)
c_int.from_address(-1)._b_needsfree_
c_int.from_address()
c_int.in_dll(pythonapi)
Structure.from_address(0)
'''.strip().splitlines():
    show(line)
