# Calls, recursion, and who called whom, of Python and of C functions.
import cStringIO
import _lsprof


def name(code):
    return code if isinstance(code, str) else code.co_name


def show(p):
    for e in sorted(p.getstats(), key=lambda e: name(e.code)):
        print name(e.code), e.callcount, e.reccallcount
        for s in sorted(e.calls or (), key=lambda s: name(s.code)):
            print '   ', name(s.code), s.callcount, s.reccallcount


def fact(n):
    return 1 if n < 2 else n * fact(n - 1)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def gen(n):
    for i in xrange(n):
        yield i


def fails():
    raise ValueError


class C(object):
    def __init__(self):
        self.x = 1

    def __len__(self):
        return 3

    def __getattr__(self, attr):
        return attr

    def __enter__(self):
        return self

    def __exit__(self, *args):
        pass


class Old:
    def __cmp__(self, other):
        return 0


def run():
    fact(4), even(5), fact(2)
    len([]), len(C()), C().missing, abs(-1)
    map(fact, [1, 2]), sorted([3, 1, 2], key=fact), [2, 1].sort(cmp=lambda a, b: cmp(a, b))
    list(gen(3)), sum(gen(2)), next(gen(2)), gen(1).close()
    sum(i for i in gen(2)), dict((i, i) for i in gen(1)), {i for i in gen(1)}
    reduce(max, [1, 2, 3]), filter(None, [1]), zip([1], [2])
    with C() as c:
        Old() == Old()
    try:
        fails()
    except ValueError:
        pass
    try:
        len(3)
    except TypeError:
        pass
    exec 'fact(1)' in globals()
    eval('fact(1)')
    apply(fact, (1,)), fact(*[1]), len(*['ab']), ','.join(*[['a']])
    cStringIO.StringIO('a').read()


import functools  # reduce() imports it
run()
p = _lsprof.Profiler()
p.enable()
run()
p.disable()
show(p)
