# How deep a program gets that recurses through each of many built-in ways, before the limit.
import sys, functools, itertools, operator, copy, pickle, cPickle, collections, json, weakref, re, string
shapes = []
depth = [0]
def shape(f):
    shapes.append((f.__name__, f)); return f
def count():
    depth[0] += 1

def plain():
    count(); plain()
shape(plain)
def kw(**k):
    count(); kw(a=1)
shape(kw)
def star(*a):
    count(); star(*a)
shape(star)
def starstar(**k):
    count(); starstar(**k)
shape(starstar)
def apply_(*a):
    count(); apply(apply_, a)
shape(apply_)
def lam():
    count(); (lambda: lam())()
shape(lam)
class M(object):
    def m(self): count(); self.m()
    def mk(self, **k): count(); self.mk(a=1)
    def ms(self, *a): count(); self.ms(*a)
    @classmethod
    def c(cls): count(); cls.c()
    @staticmethod
    def s(): count(); M.s()
    def u(self): count(); M.u(self)
    def sup(self): count(); super(N, self).sup()
class N(M):
    def sup(self): count(); self.sup2()
    def sup2(self): super(N, self).sup3()
M.sup3 = lambda self: self.sup()
@shape
def method(): M().m()
@shape
def method_kw(): M().mk()
@shape
def method_star(): M().ms()
@shape
def clsmethod(): M.c()
@shape
def static(): M.s()
@shape
def unbound(): M().u()
@shape
def superm(): N().sup()
def mk(name, body, base='object', extra=''):
    d = {}
    src = 'class C(%s):\n' % base if base else 'class C:\n'
    src += '    def %s\n' % body
    src += extra
    exec src in globals(), d
    return d['C']
def special(name, params, expr, use, base='object', extra=''):
    C = mk(name, '__%s__(self%s): count(); return %s' % (name, params, expr), base, extra)
    def run():
        o = C()
        eval(use, globals(), {'o': o})
    run.__name__ = ('old_' if not base else '' if base == 'object' else base + '_') + name + '_' + re.sub(r'\W+', '_', expr).strip('_')
    shapes.append((run.__name__, run))
for base in ('object', ''):
    for name, params, expr, use in [
        ('call', '', 'self()', 'o()'),
        ('call', ', *a', 'self(*a)', 'o()'),
        ('call', ', **a', 'self(k=1)', 'o()'),
        ('repr', '', 'repr(self)', 'repr(o)'),
        ('repr', '', '`self`', 'repr(o)'),
        ('repr', '', "'%r' % self", 'repr(o)'),
        ('repr', '', "'%r' % (self,)", 'repr(o)'),
        ('repr', '', "str(self)", 'repr(o)'),
        ('repr', '', "'{0!r}'.format(self)", 'repr(o)'),
        ('repr', '', "repr([self])", 'repr(o)'),
        ('repr', '', "repr((self,))", 'repr(o)'),
        ('repr', '', "repr({1: self})", 'repr(o)'),
        ('repr', '', "unicode(self)", 'repr(o)'),
        ('str', '', 'str(self)', 'str(o)'),
        ('str', '', "'%s' % self", 'str(o)'),
        ('str', '', "'%s' % (self,)", 'str(o)'),
        ('str', '', "u'%s' % self", 'str(o)'),
        ('str', '', "'{0}'.format(self)", 'str(o)'),
        ('str', '', "'{0!s}'.format(self)", 'str(o)'),
        ('str', '', "format(self)", 'str(o)'),
        ('str', '', "unicode(self)", 'str(o)'),
        ('str', '', "string.upper(str(self))", 'str(o)'),
        ('unicode', '', 'unicode(self)', 'unicode(o)'),
        ('unicode', '', "u'%s' % self", 'unicode(o)'),
        ('unicode', '', "u'%s%s' % (1, self)", 'unicode(o)'),
        ('unicode', '', "u'{0}'.format(self)", 'unicode(o)'),
        ('format', ', spec', "format(self)", 'format(o)'),
        ('format', ', spec', "'{0}'.format(self)", 'format(o)'),
        ('format', ', spec', "'{0:x}{0}'.format(self)", 'format(o)'),
        ('format', ', spec', "u'{0}'.format(self)", 'format(o)'),
        ('hash', '', "hash(self)", 'hash(o)'),
        ('hash', '', "hash((self,))", 'hash(o)'),
        ('hash', '', "{}.get(self)", 'hash(o)'),
        ('hash', '', "set([self])", 'hash(o)'),
        ('len', '', "len(self)", 'len(o)'),
        ('len', '', "bool(self)", 'len(o)'),
        ('nonzero', '', "bool(self)", 'bool(o)'),
        ('nonzero', '', "not self", 'bool(o)'),
        ('nonzero', '', "1 if self else 2", 'bool(o)'),
        ('nonzero', '', "self and 1", 'bool(o)'),
        ('nonzero', '', "any([self])", 'bool(o)'),
        ('nonzero', '', "filter(None, [self])", 'bool(o)'),
        ('int', '', "int(self)", 'int(o)'),
        ('long', '', "long(self)", 'long(o)'),
        ('float', '', "float(self)", 'float(o)'),
        ('complex', '', "complex(self)", 'complex(o)'),
        ('oct', '', "oct(self)", 'oct(o)'),
        ('hex', '', "hex(self)", 'hex(o)'),
        ('index', '', "operator.index(self)", 'operator.index(o)'),
        ('index', '', "[1][self]", 'operator.index(o)'),
        ('index', '', "range(9)[self:]", 'operator.index(o)'),
        ('index', '', "bin(self)", 'operator.index(o)'),
        ('trunc', '', "int(self)", 'int(o)'),
        ('neg', '', "-self", '-o'),
        ('pos', '', "+self", '+o'),
        ('invert', '', "~self", '~o'),
        ('abs', '', "abs(self)", 'abs(o)'),
        ('add', ', x', "self + x", 'o + 1'),
        ('add', ', x', "operator.add(self, x)", 'o + 1'),
        ('add', ', x', "sum([1], self)", 'o + 1'),
        ('add', ', x', "reduce(operator.add, [1], self)", 'o + 1'),
        ('radd', ', x', "x + self", '1 + o'),
        ('radd', ', x', "sum([x, self])", '1 + o'),
        ('iadd', ', x', "operator.iadd(self, x)", 'operator.iadd(o, 1)'),
        ('mul', ', x', "self * x", 'o * 1'),
        ('rmul', ', x', "x * self", '1 * o'),
        ('mod', ', x', "self % x", 'o % 1'),
        ('rmod', ', x', "x % self", '1 % o'),
        ('pow', ', x', "self ** x", 'o ** 1'),
        ('pow', ', x, *a', "pow(self, x)", 'o ** 1'),
        ('divmod', ', x', "divmod(self, x)", 'divmod(o, 1)'),
        ('lshift', ', x', "self << x", 'o << 1'),
        ('and', ', x', "self & x", 'o & 1'),
        ('eq', ', x', "self == x", 'o == 1'),
        ('eq', ', x', "[self] == [x]", 'o == 1'),
        ('eq', ', x', "(self,) == (x,)", 'o == 1'),
        ('eq', ', x', "{1: self} == {1: x}", 'o == 1'),
        ('eq', ', x', "x in [self]", 'o == 1'),
        ('eq', ', x', "[self].index(x)", 'o == 1'),
        ('eq', ', x', "[self].count(x)", 'o == 1'),
        ('eq', ', x', "cmp(self, x)", 'o == 1'),
        ('eq', ', x', "operator.eq(self, x)", 'o == 1'),
        ('ne', ', x', "self != x", 'o != 1'),
        ('lt', ', x', "self < x", 'o < 1'),
        ('lt', ', x', "sorted([x, self])", 'o < 1'),
        ('lt', ', x', "min([x, self])", 'o < 1'),
        ('gt', ', x', "max(self, x)", 'o > 1'),
        ('cmp', ', x', "cmp(self, x)", 'cmp(o, 1)'),
        ('cmp', ', x', "self == x", 'cmp(o, 1)'),
        ('cmp', ', x', "self < x", 'cmp(o, 1)'),
        ('cmp', ', x', "[self] < [x]", 'cmp(o, 1)'),
        ('cmp', ', x', "cmp([self], [x])", 'cmp(o, 1)'),
        ('cmp', ', x', "cmp({1: self}, {1: x})", 'cmp(o, 1)'),
        ('contains', ', x', "x in self", '1 in o'),
        ('contains', ', x', "x not in self", '1 in o'),
        ('contains', ', x', "operator.contains(self, x)", '1 in o'),
        ('getitem', ', i', "self[i]", 'o[1]'),
        ('getitem', ', i', "self[i:2]", 'o[1]'),
        ('getitem', ', i', "operator.getitem(self, i)", 'o[1]'),
        ('getitem', ', i', "operator.itemgetter(i)(self)", 'o[1]'),
        ('getitem', ', i', "'%(x)s' % self", 'o[1]'),
        ('getitem', ', i', "'{0[x]}'.format(self)", 'o[1]'),
        ('getitem', ', i', "list(self)", 'o[1]'),
        ('getitem', ', i', "1 in self", 'o[1]'),
        ('getitem', ', i', "[x for x in self]", 'o[1]'),
        ('getslice', ', i, j', "self[i:j]", 'o[1:2]'),
        ('setitem', ', i, x', "operator.setitem(self, i, x)", 'operator.setitem(o, 1, 2)'),
        ('delitem', ', i', "operator.delitem(self, i)", 'operator.delitem(o, 1)'),
        ('getattr', ', n', "self.x", 'o.y'),
        ('getattr', ', n', "getattr(self, n)", 'o.y'),
        ('getattr', ', n', "hasattr(self, n)", 'o.y'),
        ('getattr', ', n', "operator.attrgetter(n)(self)", 'o.y'),
        ('getattr', ', n', "operator.attrgetter('a.b')(self)", 'o.y'),
        ('getattr', ', n', "'{0.x}'.format(self)", 'o.y'),
        ('setattr', ', n, v', "setattr(self, n, v)", 'setattr(o, "y", 1)'),
        ('delattr', ', n', "delattr(self, n)", 'delattr(o, "y")'),
        ('iter', '', "iter(self)", 'iter(o)'),
        ('iter', '', "list(self)", 'iter(o)'),
        ('iter', '', "tuple(self)", 'iter(o)'),
        ('iter', '', "[x for x in self]", 'iter(o)'),
        ('iter', '', "''.join(self)", 'iter(o)'),
        ('iter', '', "sum(self)", 'iter(o)'),
        ('iter', '', "dict(self)", 'iter(o)'),
        ('iter', '', "set(self)", 'iter(o)'),
        ('iter', '', "zip(self)", 'iter(o)'),
        ('iter', '', "map(None, self)", 'iter(o)'),
        ('iter', '', "reversed(list(self))", 'iter(o)'),
        ('iter', '', "enumerate(self)", 'iter(o)'),
        ('iter', '', "apply_(*self)", 'iter(o)'),
        ('reversed', '', "reversed(self)", 'reversed(o)'),
        ('enter', '', "self.__enter__()", 'o.__enter__()'),
        ('coerce', ', x', "coerce(self, x)", 'coerce(o, 1)'),
        ('instancecheck', ', x', "isinstance(x, self)", 'isinstance(1, o)'),
        ('subclasscheck', ', x', "issubclass(x, self)", 'issubclass(int, o)'),
        ('dir', '', "dir(self)", 'dir(o)'),
        ('sizeof', '', "sys.getsizeof(self)", 'sys.getsizeof(o)'),
        ('reduce_ex', ', p', "copy.copy(self)", 'copy.copy(o)'),
        ('deepcopy', ', m', "copy.deepcopy(self, m)", 'copy.deepcopy(o)'),
        ('getstate', '', "cPickle.dumps(self, 2)", 'cPickle.dumps(o, 2)'),
        ('unicode', '', "u''.join([unicode(self)])", 'unicode(o)'),
    ]:
        special(name, params, expr, use, base)
class It(object):
    def __iter__(self): return self
def iters(expr, use=None):
    class I(It):
        code = compile(expr, 'x', 'eval')
        def next(self):
            count(); return eval(self.code, globals(), {'self': self})
    def run(): I().next()
    run.__name__ = 'next_' + re.sub(r'\W+', '_', expr).strip('_')
    shapes.append((run.__name__, run))
    class I2(It): pass
    exec 'def next(self): count(); return ' + expr in globals(), I2.__dict__ if 0 else globals()
    I2.next = globals().pop('next')
    def run2(): I2().next()
    run2.__name__ = 'nextd_' + re.sub(r'\W+', '_', expr).strip('_')
    shapes.append((run2.__name__, run2))
for e in ["next(self)", "self.next()", "list(self)", "tuple(self)", "[x for x in self]", "list(x for x in self)", "sum(self)", "max(self)", "sorted(self)", "map(None, self)",
          "filter(None, self)", "zip(self)", "set(self)", "frozenset(self)", "dict(self)", "''.join(self)", "any(self)", "all(self)", "1 in self", "list(iter(self))",
          "list(itertools.chain(self))", "list(itertools.imap(str, self))", "list(itertools.islice(self, 2))", "next(itertools.izip(self))", "next(itertools.ifilter(None, self))",
          "next(itertools.takewhile(bool, self))", "next(itertools.cycle(self))", "next(itertools.groupby(self))", "next(enumerate(self))", "next(itertools.chain.from_iterable([self]))",
          "itertools.tee(self)[0].next()", "next(itertools.starmap(plain, self))", "list(itertools.product(self))", "bytearray(self)", "[].extend(self)", "reduce(operator.add, self)",
          "collections.deque(self)", "collections.deque().extend(self)", "min(self)", "next(itertools.compress(self, [1]))", "next(itertools.izip_longest(self, [1]))", "apply_(*self)", "next(iter(self.next, 1))"]:
    iters(e)
def gen():
    count()
    for x in gen(): yield x
@shape
def generator():
    for x in gen(): pass
def gen2():
    count(); yield next(gen2())
@shape
def generator_next(): next(gen2())
def gen3():
    count(); yield gen3().next()
@shape
def generator_nextm(): next(gen3())
def gen4():
    count(); yield gen4().send(None)
@shape
def generator_send(): next(gen4())
def gen5():
    count(); yield list(gen5())
@shape
def generator_list(): list(gen5())
def gen6():
    count(); yield sum(gen6())
@shape
def generator_sum(): sum(gen6())
def gen7():
    count(); yield ''.join(gen7())
@shape
def generator_join(): ''.join(gen7())
def gen8():
    try:
        yield 1
    except ValueError:
        count()
        g = gen8(); next(g)
        g.throw(ValueError)
@shape
def generator_throw():
    g = gen8(); next(g); g.throw(ValueError)
def gen9():
    try:
        yield 1
    finally:
        count()
        g = gen9(); next(g)
        g.close()
@shape
def generator_close():
    g = gen9(); next(g); g.close()
def ge():
    count(); return (ge() for x in [1]).next()
shape(ge)
def ge2():
    count(); return list(ge2() for x in [1])
shape(ge2)
def lc():
    count(); return [lc() for x in [1]]
shape(lc)
def sc():
    count(); return {sc() for x in [1]}
shape(sc)
def dc():
    count(); return {1: dc() for x in [1]}
shape(dc)
def via(name, expr, params='*a'):
    d = {}
    exec 'def %s(%s):\n    count(); return %s' % (name, params, expr) in globals(), globals()
    shapes.append((name, globals()[name]))
for name, expr in [
    ('v_map', 'map(v_map, [1])'), ('v_map2', 'map(v_map2, [1], [2])'), ('v_filter', 'filter(v_filter, [1])'), ('v_filter_t', 'filter(v_filter_t, (1,))'), ('v_filter_s', 'filter(v_filter_s, "a")'),
    ('v_reduce', 'reduce(v_reduce, [1, 2])'), ('v_freduce', 'functools.reduce(v_freduce, [1, 2])'), ('v_sorted_key', 'sorted([1], key=v_sorted_key)'), ('v_sorted_cmp', 'sorted([1, 2], cmp=v_sorted_cmp)'),
    ('v_sort_key', '[1].sort(key=v_sort_key)'), ('v_sort_cmp', '[1, 2].sort(v_sort_cmp)'), ('v_min', 'min([1, 2], key=v_min)'), ('v_max', 'max(1, 2, key=v_max)'),
    ('v_partial', 'functools.partial(v_partial)()'), ('v_partial_kw', 'functools.partial(v_partial_kw, 1)(2)'), ('v_partial2', 'functools.partial(functools.partial(v_partial2, 1))()'),
    ('v_imap', 'next(itertools.imap(v_imap, [1]))'), ('v_ifilter', 'next(itertools.ifilter(v_ifilter, [1]))'), ('v_starmap', 'next(itertools.starmap(v_starmap, [(1,)]))'),
    ('v_takewhile', 'next(itertools.takewhile(v_takewhile, [1]))'), ('v_dropwhile', 'next(itertools.dropwhile(v_dropwhile, [1]))'), ('v_groupby', 'next(itertools.groupby([1], v_groupby))'),
    ('v_iter', 'next(iter(v_iter, 1))'), ('v_listiter', 'list(iter(v_listiter, 1))'), ('v_getattr', 'getattr(sys.modules["__main__"], "v_getattr")()'),
    ('v_methodcaller', 'operator.methodcaller("append", 1)(v_methodcaller())'), ('v_eval', 'eval("v_eval()")'), ('v_evalc', 'eval(v_evalc_code)'),
    ('v_call', 'v_call.__call__()'), ('v_callcall', 'v_callcall.__call__.__call__()'), ('v_get', 'v_get.__get__(1)()'), ('v_get2', 'v_get2.__get__(1, int)(2)'),
    ('v_sub', 're.sub("a", v_sub, "a")'), ('v_type', 'type("X", (), {"__new__": v_type})()'), ('v_type2', 'type("X", (object,), {"__init__": v_type2})()'), ('v_typecall', 'type.__call__(v_tc)'),
    ('v_prop', 'P().p'), ('v_class', 'make_class()'), ('v_meta', 'make_meta()'), ('v_dd', 'collections.defaultdict(v_dd)[1]'),
    ('v_setdef', 'sys.settrace'), ('v_import', '__import__("sys") and v_import()'), ('v_jsondef', 'json.dumps(v_jsondef, default=v_jsondef)'), ('v_loads', 'json.loads("{}", object_hook=v_loads)'),
    ('v_exec', 'ex()'), ('v_apply', 'apply(v_apply)'), ('v_weak', 'weakref.proxy(v_weak)()'), ('v_bound', 'BOUND()'), ('v_tuplestar', 'v_tuplestar(*(1,), **{})'),
    ('v_listmap', '[v for v in map(v_listmap, [1])]'), ('v_sumgen', 'sum(v_sumgen() for i in (1, 2))'), ('v_dictgen', 'dict((v_dictgen(), 1) for i in (1,))'),
    ('v_joingen', '"".join(v_joingen() for i in (1,))'), ('v_tuplegen', 'tuple(v_tuplegen() for i in (1,))'), ('v_setgen', 'set(v_setgen() for i in (1,))'), ('v_anygen', 'any(v_anygen() for i in (1,))'),
    ('v_maxgen', 'max(v_maxgen() for i in (1,))'), ('v_sortedgen', 'sorted(v_sortedgen() for i in (1,))'), ('v_zipgen', 'zip(v_zipgen() for i in (1,))'), ('v_ordered', 'collections.OrderedDict([(1, 2)]) and v_ordered()'),
    ('v_nt', 'NT(v_nt())'), ('v_print', 'pr()'), ('v_deco', 'deco(v_deco)()'), ('v_vars', 'vars() and v_vars()'), ('v_lambda', '(lambda *a: v_lambda(*a))(1)'), ('v_cmpkey', 'sorted([1, 2], key=functools.cmp_to_key(v_cmpkey))'),
    ('v_oldclass', 'Old1()'), ('v_oldinit', 'OldInit()'), ('v_newinit', 'NewInit()'), ('v_newnew', 'NewNew()'), ('v_callinst', 'CallInst()()'), ('v_oldcallinst', 'OldCallInst()()'),
    ('v_bytearr', 'bytearray(x for x in [v_bytearr()])'), ('v_strtrans', '"a".translate(v_strtrans())'), ('v_enum', 'list(enumerate(v_enum() for i in (1,)))'), ('v_rev', 'list(reversed([v_rev()]))'),
    ('v_compile', 'eval(compile("v_compile()", "x", "eval"))'), ('v_execfn', 'ex2()'), ('v_missing', 'Miss()[1]'), ('v_excinit', 'ExcI()'), ('v_with', 'wi()'), ('v_raise', 'ra()'),
    ('v_descr', 'Descr.d'), ('v_inst_descr', 'Descr().d'), ('v_metacall', 'MetaC()'), ('v_abc', 'isinstance(1, ABCC)'), ('v_subclasshook', 'issubclass(int, Hook)'),
    ]:
    via(name, expr)
v_evalc_code = compile('v_evalc()', 'x', 'eval')
class v_tc(object):
    def __init__(self): v_typecall()
class P(object):
    p = property(lambda s: v_prop())
def make_class():
    class X(object):
        v_class()
class Meta(type):
    def __new__(m, n, b, d):
        if 'x' in d: v_meta()
        return type.__new__(m, n, b, d)
def make_meta():
    class X(object):
        __metaclass__ = Meta
        x = 1
def ex():
    exec 'v_exec()'
def ex2():
    exec 'def q(): v_execfn()\nq()' in globals()
class BB(object):
    def m(self): v_bound()
BOUND = BB().m
NT = collections.namedtuple('NT', 'a')
class PR(object):
    def write(self, x): v_print()
def pr():
    print >>PR(), 1
def deco(f):
    @functools.wraps(f)
    def g(*a): return f(*a)
    return g
class Old1:
    def __init__(self): v_oldclass()
class OldInit:
    def __init__(self, *a): v_oldinit()
class NewInit(object):
    def __init__(self, *a): v_newinit()
class NewNew(object):
    def __new__(cls, *a): return v_newnew()
class CallInst(object):
    def __call__(self): v_callinst()
class OldCallInst:
    def __call__(self): v_oldcallinst()
class Miss(dict):
    def __missing__(self, k): v_missing()
class ExcI(Exception):
    def __init__(self): v_excinit()
class CM(object):
    def __enter__(self): v_with()
    def __exit__(self, *a): pass
def wi():
    with CM(): pass
class ExcR(Exception):
    def __init__(self): v_raise()
def ra():
    raise ExcR
class D_(object):
    def __get__(self, i, t):
        if i is None: v_descr()
        else: v_inst_descr()
class Descr(object):
    d = D_()
class MC(type):
    def __call__(cls): v_metacall()
class MetaC(object):
    __metaclass__ = MC
import abc
class ABCM(abc.ABCMeta):
    def __instancecheck__(cls, i): v_abc()
class ABCC(object):
    __metaclass__ = ABCM
class Hook(object):
    __metaclass__ = abc.ABCMeta
    @classmethod
    def __subclasshook__(cls, c):
        count(); v_subclasshook()
        return NotImplemented

for name, run in shapes:
    out = []
    for limit in (120, 187, 240):
        depth[0] = 0
        old = sys.getrecursionlimit()
        msg = 'no error'
        try:
            try:
                sys.setrecursionlimit(limit)
                run()
            finally:
                sys.setrecursionlimit(old)
        except Exception as e:
            msg = (type(e).__name__ + ': ' + str(e)[:70]).replace('RuntimeError: maximum recursion depth exceeded', 'deep')
        out.append('%d %s' % (depth[0], msg))
    if len(set(o.split(' ', 1)[1] for o in out)) == 1:
        print name, ' '.join(o.split()[0] for o in out), out[0].split(' ', 1)[1]
    else:
        print name, '; '.join(out)
