# Pickling and copying of data types.
import copy
import pickle
import cPickle
from ctypes import *

class P(Structure):
    _fields_ = [('x', c_int), ('y', c_double), ('n', c_char * 5)]
class Q(P):
    made = 0
    def __init__(self, *args):
        Q.made += 1
        super(Q, self).__init__(*args)
class U(Union):
    _fields_ = [('i', c_int), ('f', c_float)]
class R(P):
    _fields_ = [('p', c_void_p)]

q = Q(1, 2.5, 'abc')
q.extra = 'kept'
for module in pickle, cPickle:
    for protocol in 0, 1, 2:
        for o in q, c_int(-5), U(3), c_wchar(u'\u20ac'), c_bool(1), P(7):
            r = module.loads(module.dumps(o, protocol))
            print type(r).__name__, r.__dict__, bytes(buffer(r)) == bytes(buffer(o)),
        print
print Q.made
c = copy.copy(q)
d = copy.deepcopy(q)
c.x = 9
print q.x, c.x, d.n, d.extra, d is not q
for o in c_char_p('a'), c_void_p(), pointer(c_int()), CFUNCTYPE(c_int)(), py_object(1), R():
    try:
        pickle.dumps(o)
    except ValueError as e:
        print type(o).__name__, e
