# expected: by hand
# 5,000 calls deep through built-in functions that call back: Python code they reach is not on the C stack.
import collections, functools, itertools, operator, re, sys
sys.setrecursionlimit(100000)
DEPTH = 5000
def gen(f, n):
    yield f(n)
def pairs(f, n):
    yield 1, f(n)
def text(f, n):
    f(n)
    yield 'x'
def special(name, value, old=False):
    """f, n -> an instance whose special method calls f(n) and gives value"""
    def method(self, *args):
        self.f(self.n)
        return value
    if old:
        class C: pass
    else:
        class C(object): pass
    setattr(C, name, method)
    def make(f, n):
        o = C()
        o.f, o.n = f, n
        return o
    return make
def each(make):
    def chain(f, n):
        for x in make(f, n):
            pass
    return chain
def traced(f, n):
    def tracer(frame, event, arg):
        sys.settrace(None)
        sys.call_tracing(f, (n,))
    sys.settrace(tracer)
    (lambda: None)()
def profiled(f, n):
    def profiler(frame, event, arg):
        sys.setprofile(None)
        sys.call_tracing(f, (n,))
    sys.setprofile(profiler)
    len([])
def extend(f, n):
    l = []
    l += gen(f, n)
    l.extend(gen(f, 0))
def missing(f, n):
    d = collections.defaultdict(lambda: f(n))
    d[1]
    class D(dict):
        def __missing__(self, key): return 1
    D()[2]
def checks(f, n):
    class Meta(type):
        def __instancecheck__(cls, o): return f(n)
    isinstance(1, Meta('M', (), {}))
def zipped(f, n):
    for a, b in itertools.izip([1], itertools.imap(f, [n])):
        pass
one, two = [1], [1, 2]
hooked, container = special('__getattr__', 1), special('__contains__', True)
texted, added = special('__str__', 'x'), special('__add__', 1, True)
CHAINS = [
    ('settrace', traced), ('setprofile', profiled),
    ('map', lambda f, n: map(f, [n])), ('map of two', lambda f, n: map(lambda a, b: f(n), one, one)),
    ('filter', lambda f, n: filter(f, [n])), ('reduce', lambda f, n: reduce(lambda a, b: f(n), two)),
    ('functools.reduce', lambda f, n: functools.reduce(lambda a, b: f(n), two)),
    ('sorted', lambda f, n: sorted([n], key=f)), ('sort', lambda f, n: [n].sort(key=f)),
    ('min', lambda f, n: min([n], key=f)), ('max', lambda f, n: max(gen(f, n))),
    ('sum', lambda f, n: sum(gen(f, n))), ('any', lambda f, n: any(gen(f, n))), ('all', lambda f, n: all(gen(f, n))),
    ('zip', lambda f, n: zip(gen(f, n), one)), ('list', lambda f, n: list(gen(f, n))), ('tuple', lambda f, n: tuple(gen(f, n))),
    ('set', lambda f, n: set(gen(f, n))), ('frozenset', lambda f, n: frozenset(gen(f, n))), ('dict', lambda f, n: dict(pairs(f, n))),
    ('dict.update', lambda f, n: {}.update(pairs(f, n))), ('set.update', lambda f, n: set().update(gen(f, n))),
    ('str.join', lambda f, n: ''.join(text(f, n))), ('unicode.join', lambda f, n: u''.join(text(f, n))), ('extend', extend),
    ('*args', lambda f, n: (lambda *a: None)(*gen(f, n))), ('partial', lambda f, n: functools.partial(f, n)()),
    ('apply', lambda f, n: apply(f, (n,))), ('iter', each(lambda f, n: iter(lambda: f(n) and 0 or 0, 0))),
    ('next', lambda f, n: next(gen(f, n), None)), ('defaultdict', missing), ('re.sub', lambda f, n: re.sub('a', lambda m: f(n) and '' or '', 'a')),
    ('enumerate', each(lambda f, n: enumerate(gen(f, n)))), ('imap', each(lambda f, n: itertools.imap(f, [n]))), ('izip', zipped),
    ('izip_longest', each(lambda f, n: itertools.izip_longest(gen(f, n), two))), ('ifilter', each(lambda f, n: itertools.ifilter(f, [n]))),
    ('ifilterfalse', each(lambda f, n: itertools.ifilterfalse(f, [n]))), ('chain', each(lambda f, n: itertools.chain(one, gen(f, n)))),
    ('islice', each(lambda f, n: itertools.islice(gen(f, n), 5))), ('takewhile', each(lambda f, n: itertools.takewhile(f, [n]))),
    ('dropwhile', each(lambda f, n: itertools.dropwhile(f, [n]))), ('groupby', each(lambda f, n: itertools.groupby([n], f))),
    ('starmap', each(lambda f, n: itertools.starmap(f, [(n,)]))), ('cycle', lambda f, n: next(itertools.cycle(gen(f, n)))),
    ('tee', each(lambda f, n: itertools.tee(gen(f, n))[1])), ('compress', each(lambda f, n: itertools.compress(gen(f, n), one))),
    ('isinstance', checks), ('getattr', lambda f, n: getattr(hooked(f, n), 'x')),
    ('in', lambda f, n: 1 in container(f, n)), ('%', lambda f, n: '%s' % texted(f, n)),
    ('old +', lambda f, n: added(f, n) + 1),
] + [(name.strip('_') + ' ' + ('old' if old else 'new'), lambda f, n, b=b, m=special(name, value, old): b(m(f, n)))
     for old in (False, True)
     for name, value, b in [('__len__', 1, len), ('__hash__', 1, hash), ('__str__', 'x', str), ('__repr__', 'x', repr), ('__int__', 1, int),
                            ('__float__', 1.0, float), ('__unicode__', u'x', unicode), ('__nonzero__', 1, bool), ('__abs__', 1, abs),
                            ('__cmp__', 0, lambda o: cmp(o, 1)), ('__divmod__', 1, lambda o: divmod(o, 1)), ('__pow__', 1, lambda o: pow(o, 1))]]
for name, chain in CHAINS:
    reached = []
    def f(n, chain=chain):
        if n == 0:
            reached.append(n)
        else:
            chain(f, n - 1)
        return n == 0
    try:
        f(DEPTH)
    except Exception as e:
        print name, type(e).__name__, str(e)[:80]
    else:
        print name, len(set(reached))
