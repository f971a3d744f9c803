# Value, Array, RawValue, RawArray and structures in memory that processes really share.
import ctypes
import multiprocessing
import os
from multiprocessing import sharedctypes


class Point(ctypes.Structure):
    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_double), ('bits', ctypes.c_int, 3), ('more', ctypes.c_int, 5)]


def add(v, a, n):
    for i in xrange(n):
        with v.get_lock():
            v.value += 1
        with a.get_lock():
            a[i % len(a)] += 0.5


def change(p, points, text, raw, big, d, u):
    p.x, p.y, p.bits = 7, 2.5, -2
    points[1].y = 77
    text.raw = 'CHILD'
    raw[1:3] = [8, 9]
    big[99999] = 123456789012
    ctypes.memset(ctypes.addressof(d), 0xff, 4)
    u[0] = u'\u20ac'


if __name__ == '__main__':
    v, a = multiprocessing.Value('i', 0), multiprocessing.Array('d', 3)
    ps = [multiprocessing.Process(target=add, args=(v, a, 300)) for i in range(4)]
    for p in ps:
        p.start()
    for p in ps:
        p.join()
    print v.value, a[:], [p.exitcode for p in ps], len(a)

    p = multiprocessing.Value(Point, 1, 2)
    points = multiprocessing.Array(Point, [(1, 2), (3, 4)], lock=False)
    text = multiprocessing.Array('c', 'hello')
    raw = multiprocessing.RawArray('h', [1, 2, 3, 4])
    big = multiprocessing.RawArray(ctypes.c_longlong, 100000)
    d = multiprocessing.RawValue('i', 5)
    u = multiprocessing.Array('u', 3)
    child = multiprocessing.Process(target=change, args=(p, points, text, raw, big, d, u))
    child.start()
    child.join()
    print child.exitcode, p.x, p.y, p.bits, p.more
    print points[0].x, points[1].x, points[1].y
    print text.value, text.raw, text[:2], text[1]
    print raw[:], list(raw), big[99999], sum(big), d.value, repr(u[:])

    chars = multiprocessing.RawArray('c', 4)
    view = memoryview(chars)
    print repr(view.tobytes()), memoryview(raw).itemsize, memoryview(raw).tobytes()
    pid = os.fork()
    if pid == 0:
        view[1:3] = 'ab'
        del view
        os._exit(0)
    os.waitpid(pid, 0)
    print repr(chars.raw), repr(view[1]), chars[2]
    copy = sharedctypes.copy(points[1])
    copy.y = 1
    print points[1].y, copy.x, type(copy).__name__
    numbers = (ctypes.c_int * 4).from_buffer(multiprocessing.heap.Arena(16).buffer)
    numbers[2] = 3
    print numbers[:]
    for bad in [('zz',), ('i', 'a'), ('i', 1, 2)]:
        try:
            print multiprocessing.RawValue(*bad)
        except Exception as e:
            print type(e).__name__, e
