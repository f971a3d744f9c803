# The code that the compiler makes, as dis shows it.
import dis
source = '''
def f(a, b=1, *args, **kw):
    global g
    x = [i * 2 for i in a if i > b]
    y = {k: v for k, v in kw.items()}
    for i, (j, k) in enumerate(x):
        if i and j or not k: continue
        elif i == 3: break
        g = i
    else:
        del x[0], y
    try:
        with open('f') as h: print >>h, a, b,
    except (IOError, OSError), e:
        raise ValueError, e
    finally:
        x[1:2] = a[::2]
    while 1:
        a.b += 1; a[1] -= 2; x[:] += y
        assert a, 'msg'
        return lambda z=1: z + b
    exec 'x' in {}
    print `a`, a < b < 3, a if b else {1, 2}, -1 + 2 * 3, (1, 2)[0], 'ab'[1]
def gen(a):
    b = yield
    yield (yield a) + b
class C(object, int):
    'doc'
    @staticmethod
    def m((a, b)): return a.b.c(1, x=2, *b, **a)
from os import path as p, sep
import os.path
import a.b as c
'''
code = compile(source, 'f.py', 'exec')
def show(c):
    print c.co_name, c.co_argcount, c.co_nlocals, c.co_stacksize, c.co_flags, c.co_names, c.co_varnames, c.co_freevars, c.co_cellvars, c.co_firstlineno, repr(c.co_lnotab)
    dis.dis(c)
    for k in c.co_consts:
        if hasattr(k, 'co_code'): show(k)
        else: print repr(k),
    print
show(code)
