# Random and mutated bytecode in code objects, made by hand and run: also as generators, classes and closures.
import dis, opcode, os, sys, types
from fuzzlib import INTERESTING, note, run

def f1(a, b=2, *c, **d):
    x = a
    def g(): return x, b
    for i in c:
        try:
            if i: continue
            break
        except (KeyError, ValueError), e:
            raise
        finally:
            x = g()
    else:
        with a as q:
            return q[1:2], a.b, [z for z in c], {1: 2}, {3}, not a, -b
    print x, b
    print >>a, x,
    exec "1" in d
    del x0, a.c, c[1], c[1:]
    x0 = 1
def f2(a, b):
    for i in a:
        try:
            y = yield i
        except:
            yield 2
        finally:
            while b:
                b -= 1
                yield b
def f3():
    global G
    import sys, os.path as p
    from sys import path, argv as v
    G = lambda *a, **k: (a, k)
    class K(object):
        z = 1
        locals()
    return G(1, *[2], **{'c': K})
def f4(a, b):
    with a:
        for x in b:
            with x as y, y as z:
                if x: continue
                return y
    return a < b < 3 != 4 or a in b and b is not a, a ** b // 2 << 1, `a`
def f5(n):
    t = 0.5
    while n:
        n -= 1
        t = t * 2.0 + n
        l = [n, t]; l[0] += n; l[-1] = t
        s = 'a' + 'b'; s += 'c'
        u, v = v, u = n, t
    return t, l, s
SEEDS = [f.func_code for f in (f1, f2, f3, f4, f5)] + [c for f in (f1, f3) for c in f.func_code.co_consts if hasattr(c, 'co_code')]
SEEDS += [compile(t, 'm', 'exec') for t in ('class A:\n x=1\n def f(self): return self.x\nprint A().f()', 'for i in range(3):\n try:\n  1/0\n except: pass\n')]
OPS = sorted(opcode.opmap.values())
CONSTS = [None, 1, 2.5, 'a', u'b', (1, 2), (), -1, ('x', 'y'), Ellipsis, 1 << 40, f1.func_code, f2.func_code, frozenset([1])]

class Hostile(object):
    def __enter__(self): return self
    def __exit__(self, *e): return True
    def __iter__(self): return iter([self, 1])
    def __getattr__(self, name):
        if name == 'b': return 3
        raise AttributeError(name)
    def write(self, s): pass
    def __getslice__(self, i, j): return i
    def __add__(self, o): return self
    def __call__(self, *a, **k): return self
    def __nonzero__(self): raise ValueError
    def __eq__(self, other):
        try:
            frame = sys._getframe(1)
            frame.f_locals.clear(), frame.f_lineno
        except Exception:
            pass
        return True

def instruction(rng, size):
    op = rng.choice(OPS)
    if op < opcode.HAVE_ARGUMENT:
        return chr(op)
    arg = rng.choice((0, 0, 1, 1, 2, 3, 4, 5, 6, 10, rng.randrange(size + 1), rng.randrange(size + 1), 255, 256, 257, 65535))
    return chr(op) + chr(arg & 255) + chr(arg >> 8)

def split(code):
    out, i = [], 0
    while i < len(code):
        n = 3 if ord(code[i]) >= opcode.HAVE_ARGUMENT else 1
        out.append(code[i:i + n])
        i += n
    return out

def mutated(rng, code):
    if rng.random() < .25:
        n = rng.randrange(1, 30)
        return ''.join(instruction(rng, n * 2) for _ in xrange(n)) + rng.choice(('', 'S', 'd\0\0S'))
    parts = split(code)
    for _ in xrange(rng.choice((1, 1, 1, 2, 3, 6))):
        at = rng.randrange(len(parts))
        how = rng.randrange(6)
        if how == 0:
            parts[at] = instruction(rng, len(code))
        elif how == 1:
            parts.insert(at, instruction(rng, len(code)))
        elif how == 2 and len(parts) > 1:
            del parts[at]
        elif how == 3 and len(parts[at]) == 3:
            parts[at] = parts[at][0] + chr(rng.choice((0, 1, 2, 3, 9, rng.randrange(256)))) + chr(rng.choice((0, 0, 0, 0, 1, 255)))
        elif how == 4:
            a = rng.randrange(len(parts))
            parts[at], parts[a] = parts[a], parts[at]
        else:
            parts[at:at] = parts[at:at + rng.randrange(1, 5)]
    code = ''.join(parts)
    if rng.random() < .1:
        code = code[:rng.randrange(len(code) + 1)]
    return code

def case(rng, n):
    co = rng.choice(SEEDS)
    flags = co.co_flags
    if rng.random() < .3:
        flags = rng.choice((0, 3, 0x43, 0x63, 0x23, 0x13, 0x1f, 0x2f, 0x67, rng.randrange(1 << 16)))
    def tweak(value, p=.1):
        return rng.choice((0, 1, 2, 3, 5, 20, 255)) if rng.random() < p else value
    consts, names, varnames = co.co_consts, co.co_names, co.co_varnames
    free, cells = co.co_freevars, co.co_cellvars
    if rng.random() < .2:
        consts = tuple(rng.choice(CONSTS) for _ in xrange(rng.randrange(6)))
    if rng.random() < .1:
        names = names[:rng.randrange(len(names) + 1)]
    if rng.random() < .1:
        varnames = varnames[:rng.randrange(len(varnames) + 1)]
    if rng.random() < .1:
        free = rng.choice(((), ('x',), ('x', 'b'), ('a',)))
    if rng.random() < .1:
        cells = rng.choice(((), ('x',), ('a', 'b'), ('b', 'c', 'd'), ('a', 'a')))
    args = (tweak(co.co_argcount, .05), tweak(co.co_nlocals), tweak(co.co_stacksize), flags, mutated(rng, co.co_code), consts, names,
            varnames, 'file', 'name', 1, rng.choice((co.co_lnotab, '', '\xff\xff' * 9, '\1')), free, cells)
    note(repr(args))
    code = types.CodeType(*args)
    dis.findlinestarts(code)
    try:
        cells = tuple((lambda v: lambda: v)(i).func_closure[0] for i in range(len(free)))
        f = types.FunctionType(code, {'__builtins__': __builtins__, 'G': 1, 'x': 2}, 'f', (Hostile(), 2), cells or None)
    except (TypeError, ValueError):
        f = None
    h = Hostile()
    if f is not None:
        given = rng.choice(((), (1, 2), (h, h), ([h, h], 2), ([1, 2], [3]), (h, 1, 2, 3), (range(3), 3.5), ('ab', u'c'), ({}, {1: 2})))
        try:
            if rng.random() < .1:
                sys.settrace(lambda *a: rng.choice((None, sys.gettrace())))
            r = f(*given)
        finally:
            sys.settrace(None)
        if hasattr(r, 'gi_frame'):
            for _ in xrange(5):
                how = rng.randrange(4)
                if how == 0: r.next()
                elif how == 1: r.send(h if r.gi_frame and r.gi_frame.f_lasti >= 0 else None)
                elif how == 2: r.throw(KeyError, 1)
                else: r.close()
    elif rng.random() < .5:
        exec code in {'a': h, 'b': [1]}, Mapping()
    else:
        exec code in {'a': h, 'b': [1], '__name__': 'x'}

class Mapping(dict):
    def __getitem__(self, key): return 1
    def __setitem__(self, key, value): self.clear()

sys.stdout = open(os.devnull, 'w')
run(case)
