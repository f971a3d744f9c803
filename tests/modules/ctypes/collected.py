# What a cast pointer keeps holds its source, which holds the same table: the collector takes such cycles.
import ctypes, gc, weakref
class S(ctypes.Structure):
    _fields_ = [('p', ctypes.POINTER(ctypes.c_int)), ('o', ctypes.py_object)]
class U(ctypes.Union):
    _fields_ = [('p', ctypes.POINTER(ctypes.c_int))]
class Mark(object):
    pass

def cast_array():
    a = ctypes.create_string_buffer('abc')
    return a, ctypes.cast(a, ctypes.c_void_p)
def cast_pointer():
    p = ctypes.pointer(ctypes.c_int(3))
    return p, ctypes.cast(p, ctypes.POINTER(ctypes.c_char))
def pointer_in(kind):
    s = kind()
    s.p = ctypes.pointer(ctypes.c_int(1))
    s._objects['self'] = s
    return s, s.p
def object_in():
    s = S()
    s.o = ctypes.py_object(s)
    return s, None
def in_array():
    a = (ctypes.py_object * 2)()
    a[0] = ctypes.py_object(a)
    return a, None
for f in cast_array, cast_pointer, lambda: pointer_in(S), lambda: pointer_in(U), object_in, in_array:
    gc.collect()
    first, second = f()
    mark = first.mark = Mark()
    mark = weakref.ref(mark)
    del first, second
    gc.collect()
    print mark() is None
