# How many levels of recursion each of many operations takes: the error with no level left, with
# one, with two and so on, until there are enough.
import sys, functools, itertools, operator, copy, pickle, cPickle, collections, json, weakref, re, string, struct, array, datetime, decimal, StringIO, cStringIO, io, time, types, abc, gc, codecs, fractions, numbers, math, cmath, heapq, bisect, random, os, zlib, binascii, csv, _ast, ast, parser, symtable, imp, marshal, unicodedata, errno, itertools, warnings, contextlib, xxsubtype
class N(object):
    def __init__(self, *a): pass
    def __call__(self, *a, **k): return 1
    def __repr__(self): return 'r'
    def __str__(self): return 's'
    def __unicode__(self): return u'u'
    def __hash__(self): return 1
    def __len__(self): return 1
    def __nonzero__(self): return True
    def __int__(self): return 1
    __long__ = __index__ = __trunc__ = __int__
    def __float__(self): return 1.0
    def __complex__(self): return 1j
    def __oct__(self): return '01'
    __hex__ = __oct__
    def __neg__(self): return 1
    __pos__ = __invert__ = __abs__ = __neg__
    def __add__(self, x): return 1
    __sub__ = __mul__ = __div__ = __mod__ = __divmod__ = __pow__ = __lshift__ = __and__ = __radd__ = __rsub__ = __rmul__ = __rdivmod__ = __truediv__ = __floordiv__ = __or__ = __xor__ = __rshift__ = __add__
    def __eq__(self, x): return True
    def __ne__(self, x): return False
    __lt__ = __gt__ = __le__ = __ge__ = __ne__
    def __contains__(self, x): return True
    def __getitem__(self, i):
        if i == 3: raise IndexError
        return 1
    def __setitem__(self, i, x): pass
    def __delitem__(self, i): pass
    def __getattr__(self, n):
        if n.startswith('__'): raise AttributeError(n)
        return 1
    def __iter__(self): return iter([1])
    def __reversed__(self): return iter([1])
    def __enter__(self): return self
    def __exit__(self, *a): pass
    def __coerce__(self, x): return 1, 1
    def __format__(self, s): return 'f'
    def __dir__(self): return ['a']
    def __sizeof__(self): return 1
    def __cmp__(self, o): return 0
    def __get__(self, i, t): return 1
    def __copy__(self): return 1
    def __deepcopy__(self, m): return 1
    def m(self): pass
    @property
    def p(self): return 1
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(): pass
src = []
class O:
    pass
for k in list(N.__dict__):
    if k not in ('__module__', '__dict__', '__weakref__', '__doc__', 'p', 'c', 's', '__new__'):
        setattr(O, k, N.__dict__[k])
O.p = property(lambda s: 1)
class Plain(object): pass
class Slots(object): __slots__ = ['a']
class OldP: pass
class Lst(list): pass
class Dct(dict):
    def __missing__(self, k): return 1
class Str(str): pass
class Int(int): pass
class Exc(Exception): pass
class ExcI(Exception):
    def __init__(self): pass
class Meta(type): pass
class MetaI(type):
    def __instancecheck__(cls, x): return True
    def __subclasscheck__(cls, x): return True
    def __call__(cls, *a): return 1
    def __getattr__(cls, n): return 1
    def __len__(cls): return 1
class WM(object): __metaclass__ = Meta
class WMI(object): __metaclass__ = MetaI
class AB(object): __metaclass__ = abc.ABCMeta
def gen():
    while 1: yield 1
def fn(*a, **k): return 1
def fn1(a, b=1): return 1
n = N(); o = O(); d = {}; l = [3, 1, 2]; dc = Dct(); NT = collections.namedtuple('NT', 'a b')
m = n.m; part = functools.partial(fn, 1); g = gen(); next(g); px = weakref.proxy(n); dt = datetime.datetime(2000, 1, 1); de = decimal.Decimal(1); nt = NT(1, 2)
sc = json.scanner.c_make_scanner(json.JSONDecoder())
rx = re.compile('a'); sio = StringIO.StringIO(); csio = cStringIO.StringIO(); bio = io.BytesIO(); tio = io.StringIO()
src = '''1; fn(); fn(1); fn(a=1); fn(*l); fn(**d); fn1(1); fn1(a=1); fn1(b=2, a=1); fn1(1, b=2); apply(fn); apply(fn, (1,)); n(); n(1); n(a=1); o(); o(1); o(a=1); m(); n.m(); N.m(n); n.c(); n.s(); N.c(); N.s(); o.m()
n.p; n.q; o.p; o.q; getattr(n, "p"); getattr(n, "q"); getattr(o, "p"); getattr(o, "q"); hasattr(n, "q"); hasattr(n, "__q__"); hasattr(o, "q"); setattr(n, "q", 1); n.__dict__.clear(); len(n); len(o); len(l); len(d); bool(n); bool(o); not n; not o
repr(n); repr(o); `n`; str(n); str(o); unicode(n); unicode(o); repr(l); repr([n]); repr([o]); repr({1: n}); str([n]); repr(1); str(1); unicode(1); repr("a"); str("a"); unicode("a"); repr(1.5); str(1.5); repr((n,)); repr(set([1])); repr(set([n])); repr(frozenset([n])); str(dt); repr(dt); str(de); repr(de); str(nt); repr(N); str(N); repr(O); str(O); repr(None); repr(fn); str(Exc(n)); repr(Exc(n)); repr(buffer("a")); repr(collections.deque([n])); repr(collections.defaultdict(int)); repr(collections.OrderedDict()); repr(array.array("i")); repr(Lst()); repr(Str("a")); str(Str("a")); repr(Int(1)); str(Int(1)); unicode(Str("a"))
"%s" % n; "%s" % o; "%r" % n; "%r" % (n,); "%d" % n; "%d" % o; "%x" % n; "%f" % n; "%c" % 1; "%(a)s" % {"a": n}; "%s" % 1; "%r" % 1; "%s" % (n, ); u"%s" % n; u"%s" % o; u"%r" % n; u"%d" % n; "{0}".format(n); "{0}".format(o); "{0}".format(1); "{0!r}".format(n); "{0!s}".format(n); "{0.p}".format(n); "{0[1]}".format(n); u"{0}".format(n); u"{0}".format(1); format(n); format(o); format(1); format(1, "d"); format("a"); format(n, u""); format(1.5); format(Plain()); "{0}".format(Plain()); "{0:>{1}}".format("a", 3); "{a}".format(a=1)
hash(n); hash(o); hash((n,)); hash(1); hash(Plain()); hash(frozenset([n])); d.get(n); d.get(o); {n: 1}; set([n]); set([o]); {n}; n in d; d.has_key(n); d.setdefault(1, 1); dict([(n, 1)]); dict(a=n); dict(d); dict(d, a=1); dict({1: 2}); dict([(1, 2)]); dict.fromkeys([1]); dict.fromkeys([n]); dict.fromkeys(n)
int(n); int(o); int("1"); int("1", 10); int(1.5); int(); long(n); long(o); long("1"); float(n); float(o); float("1"); complex(n); complex(o); complex("1"); complex(1, 2); oct(n); oct(o); hex(n); hex(1); oct(1); bin(n); bin(1); operator.index(n); operator.index(o); l[Int(1)]; l[0:Int(1)]; range(3)[o.__index__():]; abs(n); abs(o); abs(1); round(n); round(1.5); chr(n); unichr(n); ord("a"); divmod(n, 1); divmod(o, 1); divmod(1, n); divmod(1, 1); pow(n, 1); pow(o, 1); pow(1, 1); pow(1, 1, 1); cmp(n, 1); cmp(o, 1); cmp(1, n); cmp(1, 2); cmp("a", 1); cmp([1], [2]); cmp((n,), (1,)); cmp({1: n}, {1: 1}); cmp(de, 1); coerce(1, 2); coerce(o, 1); coerce(1, 1.5)
-n; +n; ~n; -o; n + 1; 1 + n; n - 1; 1 - n; n * 1; 1 * n; n / 1; n % 1; n ** 1; n << 1; n & 1; n // 1; o + 1; 1 + o; o - 1; o * 1; 1 * o; o / 1; o ** 1; 1 + 1; 1.5 + 1; "a" + "b"; "a" * 2; [1] + [2]; [1] * 2; (1,) + (2,); "a" * n; [1] * n; de + 1; 1 + de; Lst() + Lst(); Int(1) + Int(2); Str("a") + "b"; operator.add(n, 1); operator.add(1, 1); operator.iadd(n, 1); operator.neg(n); operator.not_(n); operator.truth(n); operator.concat("a", "b"); operator.getitem(n, 1); operator.setitem(n, 1, 2); operator.delitem(n, 1); operator.contains(n, 1); operator.eq(n, 1); operator.lt(1, 2); operator.itemgetter(1)(n); operator.itemgetter(0)(l); operator.itemgetter(0, 1)(l); operator.attrgetter("p")(n); operator.attrgetter("q")(n); operator.methodcaller("m")(n); operator.isCallable(n); operator.countOf([1], n); operator.indexOf([1], n)
n == 1; 1 == n; o == 1; 1 == o; n != 1; n < 1; n > 1; 1 < n; o < 1; n == n; o == o; n is n; 1 == 2; 1 < 2; 1.5 < 2; "a" == "b"; "a" < "b"; "a" == u"b"; [1] == [2]; [1] == [1]; [1] < [2]; [n] == [1]; (n,) == (1,); (1,) == (1,); {1: n} == {1: 1}; {1: 1} == {1: 1}; {} == {}; set([1]) == set([1]); set([n]) == set([1]); frozenset([1]) < set([1]); 1 == "a"; 1 < "a"; None == 1; None < 1; Plain() == 1; Plain() < 1; Plain() < Plain(); OldP() == 1; OldP() < OldP(); N == O; N < O; fn == fn1; de == 1; de < 1; dt == 1; dt < dt; dt == dt; 1j == 1; slice(1) == slice(1); buffer("a") == buffer("a"); bytearray("a") == "a"; array.array("i", [1]) == array.array("i", [1]); collections.deque([n]) == collections.deque([1]); collections.deque([1]) < collections.deque([2]); nt == nt; xrange(1) == xrange(2); m == m; m == n.m; Lst() == Lst(); Lst([1]) < Lst([2]); Int(1) == Int(1); Str("a") == Str("b"); memoryview("a") == memoryview("a"); Exc() == Exc()
n in [1]; n in (1,); 1 in [n]; 1 in n; 1 in o; 1 in l; "a" in "b"; "a" in ["b"]; 1 in d; 1 in set(); 1 in gen(); 1 in iter([1]); 1 in xrange(3); [n].index(1); [n].count(1); [n].remove(1); (n,).index(1); (1, 2).count(1); collections.deque([n]).remove(1); collections.deque([n]).count(1); array.array("i", [1]).index(1); "a".find("b"); l.index(1); l.count(n)
n[1]; o[1]; n[1:2]; o[1:2]; n[::1]; l[0]; l[0:1]; l[::1]; d.get(1); dc[1]; collections.defaultdict(int)[1]; collections.defaultdict(fn)[1]; collections.Counter()[1]; collections.OrderedDict()[1] if 0 else 1; "a"[0]; (1,)[0]; nt.a; nt[0]; range(3)[n:]; range(3)[n:o]; range(3)[n]; "abc"[n]; (1, 2)[n]; xrange(3)[n]; range(n); xrange(n); list(n); list(o); tuple(n); tuple(l); list(l); list(gen.__name__); set(n); sum(n); sum(l); sum(o); sum([n]); sum([n], n); min(n); min(l); min(1, 2); min([n, 1]); min(l, key=fn); max(l); max(l, key=fn); sorted(l); sorted(n); sorted(l, key=fn); sorted(l, cmp=fn); sorted([n, 1]); sorted([n, n]); l.sort(); l.sort(key=fn); l.sort(fn); [n, 1].sort(); map(fn, l); map(None, l); map(None, n); map(fn, n); map(fn, l, l); map(str, l); map(int, l); map(Int, l); map(N, l); map(n, l); filter(fn, l); filter(None, [n]); filter(None, l); filter(bool, l); filter(fn, "a"); filter(fn, (1,)); filter(fn, n); reduce(fn, l); reduce(operator.add, l); reduce(fn, n); functools.reduce(fn, l); zip(n); zip(l, l); any([n]); any(l); any(n); all([n]); all(n); enumerate(n); next(enumerate(l)); reversed(n); reversed(l); list(reversed(l)); iter(n); iter(l); iter(fn, 1); next(iter(fn, 2)); next(iter(l)); next(g); g.next(); g.send(1); gen().close(); next(gen()); list(itertools.islice(gen(), 2)); [x for x in n]; [x for x in l]; list(x for x in l); sum(x for x in l); "".join(n) if 0 else 1; "".join(["a"]); "".join(iter(["a"])); "".join(x for x in "ab"); u"".join(["a"]); tuple(x for x in l); set(x for x in l); dict((x, 1) for x in l); {x for x in l}; {x: 1 for x in l}; bytearray(l); bytearray(n); bytearray(x for x in l); bytearray("a"); str.join("", ["a"]); collections.deque(n); collections.deque(l); collections.deque(x for x in l); collections.Counter("aab"); [].extend(n); [].extend(x for x in l); array.array("i", l); array.array("i", (x for x in l)); array.array("i", n) if 0 else 1
next(itertools.imap(fn, l)); next(itertools.imap(None, l)); next(itertools.imap(str, l)); next(itertools.ifilter(fn, l)); next(itertools.ifilter(None, [n])); next(itertools.ifilterfalse(fn, [1]), 0); next(itertools.starmap(fn, [(1,)])); next(itertools.takewhile(fn, l)); next(itertools.dropwhile(fn, l), 0); next(itertools.groupby(l)); next(itertools.groupby(l, fn)); next(itertools.chain(n)); next(itertools.chain(x for x in l)); next(itertools.izip(n)); next(itertools.izip(x for x in l)); next(itertools.islice(n, 1)); next(itertools.cycle(n)); next(itertools.repeat(1)); next(itertools.count()); next(itertools.count(n)); next(itertools.product(l)); next(itertools.product(n)); next(itertools.permutations(l)); next(itertools.combinations(n, 1)); itertools.tee(n); next(itertools.tee(x for x in l)[0]); next(itertools.izip_longest(n, l)); next(itertools.compress(l, l)); next(itertools.count(1.5)); next(itertools.count(de))
part(); part(1); part(a=1); functools.partial(n)(); functools.partial(part)(); functools.partial(str)(1); functools.wraps(fn)(fn1); functools.cmp_to_key(fn)(1); functools.total_ordering(Plain) if 0 else 1; fn.__call__(); fn.__call__(1); n.__call__(); N.__call__(n); str.__call__(1) if 0 else 1; type.__call__(int); type.__call__(N); object.__str__(n); object.__repr__(n); int.__add__(1, 1); (1).__add__(1); str.__len__("a"); "a".__len__(); list.__getitem__(l, 0); l.__getitem__(0); dict.get(d, 1); str.upper("a"); l.__len__(); object.__getattribute__(n, "p"); object.__getattribute__(n, "q") if 0 else 1; n.__getattribute__("p"); object.__hash__(n); n.__hash__(); n.__eq__(1); N.__eq__(n, 1); super(N, n).__repr__(); fn.__get__(1)(); fn.__get__(1, int)(); N.__dict__["m"].__get__(n)(); property(fn).__get__(1); N.p.__get__(n); N.p.fget(n); classmethod(fn).__get__(1)(); staticmethod(fn).__get__(1)(); types.MethodType(fn, 1)(); types.MethodType(n, 1)(); types.FunctionType(fn.__code__, {})(); types.InstanceType(O); 1
N(); O(); Plain(); OldP(); Lst(); Lst(l); Dct(); Str("a"); Int(1); Exc(); ExcI(); Slots(); WM(); WMI(); AB(); object(); list(); dict(); set(); str(); tuple(); type(1); type("X", (), {}); type("X", (object,), {"a": 1}); type("X", (N,), {}); Meta("X", (), {}); type("X", (WM,), {}); types.ClassType("X", (), {}); NT(1, 2); NT(a=1, b=2); NT._make([1, 2]); super(N, n); property(fn); classmethod(fn); staticmethod(fn); slice(1); xrange(1); buffer("a"); memoryview("a"); frozenset(l); enumerate(l); file if 0 else 1; datetime.date(2000, 1, 1); datetime.timedelta(1); datetime.datetime.now(); dt + datetime.timedelta(1); dt - dt; dt.strftime("%Y"); datetime.date.today(); decimal.Decimal("1"); decimal.Decimal(1) + 1; fractions.Fraction(1, 2); collections.OrderedDict(); collections.OrderedDict([(1, 2)]); collections.Counter(); collections.defaultdict(int); collections.deque(); random.Random(1); random.random(); random.choice(l); random.randint(1, 2); weakref.ref(n); weakref.proxy(n); weakref.ref(n)(); weakref.ref(n, fn); px.m(); px + 1; px == 1; px.q; len(px); str(px); repr(px); px(); px[1]
isinstance(1, int); isinstance(1, str); isinstance(n, N); isinstance(n, Plain); isinstance(o, O); isinstance(n, O); isinstance(1, (int, str)); isinstance(1, (str, (int,))); isinstance(n, (str, N)); isinstance(1, WM); isinstance(1, WMI); isinstance(1, AB); isinstance(1, numbers.Number); isinstance(1, collections.Callable); isinstance([], collections.Iterable); issubclass(int, int); issubclass(int, str); issubclass(bool, int); issubclass(N, O); issubclass(O, OldP); issubclass(int, (str, int)); issubclass(int, WM); issubclass(int, WMI); issubclass(int, AB); issubclass(int, numbers.Number); isinstance(1, types.IntType); callable(n); callable(o); callable(OldP()); dir(n); dir(o); dir(N); dir(1); dir(); dir(sys); vars(); vars(n); id(n); type(n); sys.getsizeof(n); sys.getsizeof(1); sys.getsizeof(o); sys.getrefcount(n); sys._getframe(); sys.exc_info(); sys.getrecursionlimit(); locals(); globals(); intern("a"); eval("1"); eval("fn()"); eval(code1); eval("1", {}); eval(u"1"); compile("1", "x", "eval"); compile("1", "x", "exec"); compile(tree, "x", "eval"); ast.parse("1"); symtable.symtable("1", "x", "eval"); parser.expr("1"); parser.expr("1").compile(); __import__("sys"); __import__("os.path"); __import__("os", fromlist=["path"]); imp.find_module("os"); marshal.dumps(1); marshal.dumps([1, [2]]); marshal.loads(marshal.dumps([1]))
copy.copy(n); copy.copy(l); copy.copy(o); copy.copy(Plain()); copy.copy(OldP()); copy.copy(1); copy.deepcopy(n); copy.deepcopy(l); copy.deepcopy(1); copy.deepcopy(Plain()); pickle.dumps(1); pickle.dumps(l); pickle.dumps(Plain()); pickle.loads("I1\\n."); cPickle.dumps(1); cPickle.dumps(l); cPickle.dumps(l, 2); cPickle.dumps([n]) if 0 else 1; cPickle.dumps(Plain()); cPickle.dumps(Plain(), 2); cPickle.dumps(OldP()); cPickle.dumps({1: 2}); cPickle.loads("I1\\n."); cPickle.loads(pk); json.dumps(1); json.dumps([1]); json.dumps({"a": [1]}); json.dumps("a"); json.dumps(n, default=fn); json.loads("1"); json.loads("[1]"); json.loads("{}", object_hook=fn); json.loads('{"a": 1}', object_pairs_hook=fn); json.loads('[1.5]', parse_float=fn)
re.match("a", "a"); rx.match("a"); rx.sub("b", "a"); rx.sub(fn_s, "a"); re.sub("a", fn_s, "a"); rx.split("bab"); rx.findall("aa"); list(rx.finditer("aa")); rx.sub(r"\\g<0>", "a"); rx.subn("b", "a"); re.compile("b"); "a".encode("utf-8"); "a".decode("utf-8"); u"a".encode("utf-8"); u"a".encode("ascii"); "a".encode("hex"); "a".encode("rot13"); u"a".encode("utf-16"); "a".decode("utf-16") if 0 else 1; unicode("a", "utf-8"); unicode("a", "latin-1"); u"a".encode("cp1252"); "\\xff".decode("ascii", "ignore"); codecs.lookup("utf-8"); codecs.encode(u"a", "utf-8"); codecs.getencoder("utf-8")(u"a"); str(u"a"); "a" + u"b"; u"a" in "a"; "a".split(); "a".replace("a", "b"); "a".translate(None, "a"); u"a".translate({97: u"b"}); u"a".translate(n) if 0 else 1; "a".startswith(("a", "b")); "a".center(3); "%s" % u"a"; "a".join([u"b"]); str.format("{0}", n); string.upper("a"); string.join(["a"]); string.Template("$a").substitute(a=1); string.Formatter().format("{0}", 1); struct.pack("i", 1); struct.pack("i", n); struct.unpack("i", "abcd"); struct.Struct("i"); struct.calcsize("i"); zlib.crc32("a"); binascii.hexlify("a"); list(csv.reader(["a,b"])); csv.writer(sio).writerow([1]); csv.writer(csio).writerow([n]); sio.write("a"); csio.write("a"); bio.write("a"); tio.write(u"a"); sio.getvalue(); bio.read(); tio.read(); tio.seek(0); tio.readline(); io.BufferedReader(io.BytesIO("a")).read(); io.BytesIO("a").readline(); list(io.BytesIO("a")); os.path.join("a", "b"); time.time(); time.localtime(); time.strftime("%Y"); time.sleep(0); gc.collect(); gc.get_count(); warnings.warn("x"); math.sqrt(n); math.floor(n); math.floor(1.5); math.ceil(1); math.trunc(n); math.trunc(1.5); math.fsum(l); math.fsum(n); math.ldexp(1.5, 2); math.factorial(3); cmath.sqrt(1); cmath.sqrt(n); heapq.heappush([], 1); heapq.heappush([n], n); heapq.heapify([2, 1]); heapq.nlargest(1, l); heapq.nsmallest(1, l, key=fn); heapq.nlargest(2, [n, n, n]); bisect.bisect(l, 1); bisect.insort([1], 2); bisect.bisect([n], 1); unicodedata.name(u"a"); errno.errorcode[1]'''
code1 = compile('1', 'x', 'eval'); tree = ast.parse('1', 'x', 'eval'); pk = cPickle.dumps([1, {2: 3}]); pk2 = cPickle.dumps(Plain(), 2); fn_s = lambda m: 'x'
stmts = ["sc('\"a\"', 0)", "sc(u'\"a\"', 0)", "sc(u'\"\"', 0)","sc('1', 0)", "sc('1.5', 0)", "sc('[1]', 0)", "sc('{}', 0)","sc('{\"a\":1}', 0)",'raise Exc', 'raise Exc()', 'raise Exc, 1', 'raise ExcI', 'raise OldP()', 'raise KeyError, "a"', 'raise Exc, (1, 2)', 'assert 0', 'assert 0, 1', 'del n[1]', 'n[1] = 2', 'n[1:2] = 2', 'del n[1:2]', 'o[1] = 2', 'o[1:2] = 3', 'n.q = 1', 'del n.q', 'exec "1"', 'exec "fn()"', 'exec code1', 'print >>sio, 1', 'print >>csio, n', 'print >>csio, o', 'print >>sio, "a"', 'import os', 'import os.path', 'from os import path', 'import string as s', 'from os import *' if 0 else 'pass',
   'with n: pass', 'with o: pass', 'for x in n: break', 'for x in l: pass', 'for x in g: break', 'for x in o: break', 'a, = n', 'a, b, c = l', 'try: 1/0\nexcept: pass', 'try: 1/0\nexcept ZeroDivisionError: pass', 'try: 1/0\nexcept (KeyError, ZeroDivisionError): pass', 'try: raise Exc\nexcept Exc: pass', 'try: raise Exc\nexcept Exc, e: pass', 'try: {}[1]\nexcept KeyError, e: pass', 'try: {}[n]\nexcept KeyError: pass', 'try: n.__q__\nexcept AttributeError: pass', 'try: [][1]\nexcept IndexError, e: pass', 'try: int("a")\nexcept ValueError: pass', 'try: undefined_\nexcept NameError: pass', 'try: fn1()\nexcept TypeError: pass', 'try: raise ExcI\nexcept Exc: pass\nexcept ExcI: pass',
   'class X: pass', 'class X(object): pass', 'class X(N): pass', 'class X(O): pass', 'class X(WM): pass', 'class X(list):\n def m(self): pass', 'class X(Exception): pass', 'def f(): pass', 'f = lambda: 1', 'n += 1', 'l[:] = n', 'l[1:1] = l', 'l[:] = [3, 1, 2]', 'x = l; x += n; l[:] = [3, 1, 2]', 'if n: pass', 'if o: pass', 'while n: break', 'x = n and 1', 'x = n or 1', 'x = 1 if n else 2', 'not n', 'x = n < 1 < 2', 'x = n == 1 == o', 'try: open("/nonexistent")\nexcept IOError: pass', 'try: os.stat("/nonexistent")\nexcept OSError, e: str(e)', 'try: unicode("\\xff")\nexcept UnicodeDecodeError: pass', 'try: g.throw(KeyError)\nexcept KeyError: pass', 'global g; g = gen(); g.next()', 'x = gen(); x.next(); x.close()', 'x = gen(); x.next(); del x', 'x = N(); del x', 'x = O(); del x', 'weakref.ref(N(), fn)']
tests = [(e.strip(), 'def f():\n global n, l\n return ' + e.strip()) for line in src.split('\n') for e in line.split('; ')]
tests += [(s, 'def f():\n ' + ('global n, l, d, o, g\n ' if not s.startswith('global') else '') + s.replace('\n', '\n ').replace('n += 1', 'y = n; y += 1')) for s in stmts]
warnings.simplefilter('ignore')
def go(limit):
    try:
        sys.setrecursionlimit(limit)
        f()
        return 'ok'
    except RuntimeError as e:
        sys.setrecursionlimit(1000)
        if 'recursion' in str(e):
            sys.setrecursionlimit(1000)
            return str(e)[32:] or '.'
        return str(e)
    except:
        e = sys.exc_info()[1]
        sys.setrecursionlimit(1000)
        return 'E ' + type(e).__name__ + str(e)[:20]
    finally:
        sys.setrecursionlimit(1000)
for i, (name, code) in enumerate(tests):
    try:
        exec code in globals()
    except SyntaxError:
        print name, 'SYNTAX'; continue
    try: f()
    except: pass
    res = []
    for k in range(0, 9):
        res.append(go(3 + k))
    while len(res) > 2 and res[-1] == res[-2]: res.pop()
    print repr(name), '|'.join(res)
