# _objects, _b_base_, _b_needsfree_: what keeps what alive, and until when.
import gc
import weakref
from ctypes import *

class Pair(Structure):
    _fields_ = [('a', c_char_p), ('b', POINTER(c_int))]
class Two(Structure):
    _fields_ = [('x', Pair), ('y', Pair * 2)]

t = Two()
print t._objects, t._b_base_, t._b_needsfree_, t.x._b_base_ is t, t.x._b_needsfree_
t.x.a = 'spam'
t.y[1].a = 'eggs'
print sorted(t._objects.items()), t.y[1]._b_base_._b_base_ is t
n = c_int(5)
t.y[0].b = pointer(n)
print sorted(t._objects), t.y[0].b[0]
n.value = 6
print t.y[0].b[0], t.y[0].b.contents
p = Pair('x')
t.x = p
print t._objects['0']
t.y = (Pair * 2)(p, p)
print sorted(t._objects), t.y[0].a, t.y[1].a

for make in (lambda: c_char_p('abc'), lambda: c_int(3), lambda: (c_int * 2)(1),
             lambda: (c_char_p * 2)('a', 'b'), lambda: pointer(c_int(4)), lambda: py_object('x')):
    x = make()
    print type(x).__name__, x._objects, x._b_base_, x._b_needsfree_
class Named(c_int):
    def __repr__(self):
        return 'Named'
i = Named(3)
p = pointer(i)
print p._objects, p.contents._b_base_ is p, p.contents is p.contents, pointer(p)._objects['1'] is p
r = weakref.ref(i)
del i
gc.collect()
print r() is not None, p[0].value
del p
gc.collect()
print r() is None
array = (c_char_p * 3)()
array[0] = 'foo'
q = cast(array, POINTER(c_char_p))
print q._objects is array._objects, sorted(map(str, array._objects.values()))[1:], q[0]
q[1] = 'bar'
print array[1], array._objects['1']
o = [1]
b = py_object(o)
print b.value is o, b._objects is o
class Holder(object):
    pass
h = Holder()
r = weakref.ref(h)
objects = (py_object * 2)(h, h)
del h
print r() is objects[0], objects[0] is objects[1]
objects[0] = objects[1] = None
print r() is not None, objects[:]
del objects
