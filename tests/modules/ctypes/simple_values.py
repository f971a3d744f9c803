# Values of simple types: conversion, wrapping around, errors.
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
c_int("a")
c_int(1.5)
c_int(1,2)
c_int(x=1)
c_int(2**70).value
c_int(-2**70-5).value
c_byte(300).value
c_byte(None)
c_bool([]).value
c_bool("")
c_bool(None)
c_float("a")
c_float(10**400)
c_float(1e300)
c_double(3)
c_longdouble(1.5).value
c_char("ab")
c_char(u"a")
c_char(5)
c_char('')
c_char(bytearray('a'))
c_wchar('a')
c_wchar(u'ab')
c_wchar(5)
c_wchar(u'\\U00010000')
c_char_p(5)
c_char_p(None)
c_char_p(1.5)
c_char_p('abc')._objects
c_char_p(u'abc')._objects
c_wchar_p(u'abc')._objects
c_wchar_p('abc')
c_wchar_p(None).value
c_wchar_p(1.5)
c_void_p(5)
c_void_p(-5)
c_void_p(None)
c_void_p('abc')
c_void_p(2**64+7)
c_void_p()
c_void_p(0)
py_object()
py_object().value
py_object([1])
py_object([1]).value
py_object([1])._objects
c_int(1)==c_int(1)
c_int(1)!=c_int(1)
bool(c_int()), bool(c_int(2)), bool(c_char('\\0')), bool(c_double(0.0))
c_int(5).__reduce__()
c_int(5).__setstate__(({},'abcd'))
c_int(5).__setstate__({},'abcdefghi')
c_int(5).__setstate__({},'ab')
c_int(5).__ctypes_from_outparam__()
c_char_p('a').__reduce__()
repr(c_char('a')),repr(c_wchar(u'a')),repr(c_bool(1)),repr(c_float(1.5)),repr(c_char_p('abc'))!='',repr(c_wchar_p(u'abc'))
c_wchar_p(u'abc')
c_int(5).nosuch
'''.strip().splitlines():
    show(line)
