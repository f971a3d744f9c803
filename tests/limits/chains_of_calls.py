# Calls that lead to calls, without Python code in between: too many of them are RuntimeError, also with a
# recursion limit that lets everything through.
import functools, sys, types

N = 100000

def attempt(name, f):
    try:
        result = f()
        print name, result
    except RuntimeError, e:
        print name, 'RuntimeError', str(e)[:32]

def partial_of_partial():
    p = int
    for i in xrange(N):
        p = functools.partial(p)
    return p()

def partial_of_itself():
    p = functools.partial(int)
    p.__setstate__((p, (), {}, {}))
    try:
        return p()
    finally:
        p.__setstate__((int, (), {}, {}))

def apply_of_apply():
    a = (int, ())
    for i in xrange(N):
        a = (apply, a)
    return apply(*a)

class Own(object):
    pass
Own.__call__ = Own()

class OldOwn:
    pass
OldOwn.__call__ = OldOwn()

class New(object):
    pass
New.__new__ = staticmethod(New)

class Init(object):
    pass
Init.__init__ = Init

class OldInit:
    pass
OldInit.__init__ = OldInit

for limit in (1000, 1000000):
    sys.setrecursionlimit(limit)
    for name, f in [('partial of partial', partial_of_partial), ('partial of itself', partial_of_itself),
                    ('apply of apply', apply_of_apply), ('its own __call__', Own()), ('old __call__', OldOwn()),
                    ('its own __new__', New), ('its own __init__', Init), ('old __init__', OldInit)]:
        if limit == 1000 or name != 'apply of apply':
            attempt(name, f)
sys.setrecursionlimit(1000)
# expected: by hand
