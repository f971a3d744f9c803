# Every callable of the built-in types and modules with random arguments, among them half-made instances and
# objects whose special methods change what the call is working on.
import gc, os, random, sys, types, weakref
from fuzzlib import note, run, TimeOut

SKIP_MODULES = set('posix signal thread time select _socket resource pwd _multiprocessing mmap fcntl _testcapi _testcapi_args imp zipimport _ctypes __main__ _krait'.split())
SKIP = set('''gc.disable gc.set_debug gc.set_threshold gc.get_objects gc.get_referrers gc.get_referents sys.setrecursionlimit sys.exit sys.settrace sys.setprofile sys.setcheckinterval sys._clear_type_cache
sys.setdlopenflags sys.excepthook sys.displayhook sys.call_tracing __builtin__.raw_input __builtin__.input __builtin__.exit __builtin__.quit __builtin__.execfile
__builtin__.help __builtin__.license __builtin__.copyright __builtin__.credits __builtin__.reload __builtin__.__import__ __builtin__.range _random.Random.jumpahead __builtin__.eval
itertools.repeat itertools.count itertools.cycle exceptions.SystemExit faulthandler.enable sys.setdefaultencoding _warnings.warn_explicit operator.repeat operator.pow operator.lshift operator.mul
operator.ipow operator.ilshift operator.imul operator.irepeat __builtin__.pow operator.__pow__ operator.__lshift__ operator.__mul__ operator.__repeat__ operator.__ipow__ operator.__ilshift__ operator.__imul__ operator.__irepeat__
math.factorial _codecs.register _codecs.register_error'''.split())
SKIP_METHODS = set('__subclasses__ __lshift__ __rlshift__ __pow__ __rpow__ __ipow__ __ilshift__ __subclasshook__ gi_code jumpahead zfill ljust rjust center expandtabs tofile truncate'.split())

MODULES = [__import__(n) for n in sys.builtin_module_names if n not in SKIP_MODULES]
def all_types():
    seen, todo = set(), [object]
    while todo:
        t = todo.pop()
        if t in seen:
            continue
        seen.add(t)
        try:
            todo.extend(type.__subclasses__(t))
        except TypeError:
            pass
    return sorted((t for t in seen if not t.__flags__ & (1 << 9) or t.__module__ in ('exceptions',)), key=lambda t: (t.__module__, t.__name__))

G = {}
class Pool(object):
    pass
P = Pool()
P.objects = []
P.rng = random.Random(0)
P.depth = 0
P.target = []

def pick():
    return P.rng.choice(P.objects)

def mischief(self=None):
    """What a hostile special method does."""
    rng = P.rng
    if P.depth > 6:
        return
    P.depth += 1
    try:
        how = rng.randrange(12)
        target = rng.choice(P.target) if P.target and rng.random() < .8 else pick()
        if how == 0:
            raise rng.choice((ValueError, TypeError, KeyError, IndexError, StopIteration, AttributeError, MemoryError, OverflowError))('mischief')
        elif how < 6:
            mutate_object(target, rng)
        elif how == 6:
            gc.collect(rng.randrange(2))
        elif how == 7 and P.target:
            del P.target[:]
        elif how == 8 and len(P.objects) > 50:
            P.objects[rng.randrange(len(P.objects))] = None
    finally:
        P.depth -= 1

def mutate_object(o, rng):
    try:
        if isinstance(o, (list, bytearray)) or type(o).__name__ == 'array':
            how = rng.randrange(5)
            if how == 0: del o[:]
            elif how == 1: o.extend(o[:3] * 3)
            elif how == 2: o.append(o[0] if len(o) else 1)
            elif how == 3: o.pop()
            else: o[:] = o[:1]
        elif isinstance(o, dict):
            how = rng.randrange(5)
            if how == 0: dict.clear(o)
            elif how == 1: dict.update(o, [(i, i) for i in range(rng.randrange(60))])
            elif how == 2: dict.popitem(o)
            elif how == 3: dict.__setitem__(o, rng.randrange(99), o)
            else: dict.__delitem__(o, dict.keys(o)[0])
        elif isinstance(o, set):
            how = rng.randrange(4)
            if how == 0: set.clear(o)
            elif how == 1: set.update(o, range(rng.randrange(60)))
            elif how == 2: set.pop(o)
            else: set.add(o, rng.random())
        elif hasattr(o, 'popleft'):
            how = rng.randrange(4)
            if how == 0: o.clear()
            elif how == 1: o.extend(range(100))
            elif how == 2: o.popleft()
            else: o.rotate(3)
        elif hasattr(o, 'close') and not isinstance(o, file):
            o.close()
        elif hasattr(o, '__dict__') and not isinstance(o, (type, types.ModuleType)):
            how = rng.randrange(4)
            if how == 0: o.__dict__.clear()
            elif how == 1: o.__dict__ = {}
            elif how == 2: o.__class__ = any_hostile(rng)
            else: o.__init__()
        elif hasattr(o, '__init__'):
            o.__init__(*[pick() for _ in range(rng.randrange(3))])
    except TimeOut:
        raise
    except BaseException:
        pass

def simple(kinds):
    rng = P.rng
    kind = rng.choice(kinds)
    if kind == 'i': return rng.choice((0, 1, -1, 2, 3, 5, 100, 1 << 31, (1 << 63) - 1, -(1 << 63), 1 << 64, True))
    if kind == 'l': return rng.choice((0L, 1L, -1L, 1 << 70))
    if kind == 's': return rng.choice(('', 'a', 'abc', 'x' * 100, '\0'))
    if kind == 'u': return rng.choice((u'', u'a', u'\U0010ffff'))
    if kind == 'f': return rng.choice((0.0, 1.5, -1e300, float('nan')))
    if kind == 'b': return rng.choice((True, False))
    if kind == 't': return rng.choice(((), (1,), (1, 2), (pick(), pick())))
    if kind == 'it': return iter([pick(), 1])
    if kind == 'self': return HOSTILE[0]()
    if kind == 'd': return {}
    return pick()

RESULT = {'__len__': 'iiil?', '__hash__': 'il?', '__index__': 'iil?', '__int__': 'ilfs?', '__long__': 'il?', '__float__': 'fi?', '__nonzero__': 'bbi?', '__str__': 'su?', '__repr__': 'su?',
          '__unicode__': 'su?', '__cmp__': 'il?', '__iter__': ['it', 'it', '?', 'self'], '__coerce__': 't?', '__oct__': 's?', '__hex__': 's?', '__enter__': '?', '__length_hint__': 'il?', '__format__': 'su?',
          '__complex__': 'f?', '__contains__': 'b?', '__reduce__': 'ts?', '__getstate__': '?d', '__dir__': '?t', '__sizeof__': 'i?', '__instancecheck__': 'b?', '__subclasscheck__': 'b?', 'keys': ['it', 't', '?'],
          '__getnewargs__': 't?', '__getinitargs__': 't?'}
OTHERS = '''__add__ __radd__ __iadd__ __sub__ __mul__ __div__ __mod__ __divmod__ __and__ __or__ __xor__ __neg__ __invert__ __abs__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __getitem__ __setitem__ __delitem__ __getslice__
__setslice__ __delslice__ __call__ next read write readline readinto seek tell flush close send throw __enter__ __exit__ __get__ __set__ __delete__ __getattr__ __del__ __missing__ __setstate__ __reversed__ __concat__ readable writable seekable closed
__copy__ __deepcopy__ __truediv__ __floordiv__ __trunc__ fileno append extend'''.split()

def hostile_method(name):
    kinds = RESULT.get(name, '????')
    def method(self, *args):
        mischief(self)
        if P.depth > 6:
            return 1 if name in ('__len__', '__hash__', '__index__', '__int__') else simple(kinds)
        return simple(kinds)
    return method

def hostile_class(name, bases, names, meta=type):
    d = dict((n, hostile_method(n)) for n in names)
    try:
        return meta(name, bases, d)
    except TypeError:
        return None
EVERY = sorted(RESULT) + OTHERS
import random as _r
R0 = _r.Random(7)
HOSTILE = [hostile_class('H%d' % i, (object,), R0.sample(EVERY, R0.randrange(3, 50))) for i in range(12)]
HOSTILE += [types.ClassType('O%d' % i, (), dict((n, hostile_method(n)) for n in R0.sample(EVERY, R0.randrange(3, 50)))) for i in range(4)]
TYPES = all_types()
for t in list(TYPES):
    if t in (type, object) or t.__module__ in ('fuzzlib',) or t.__name__ in ('count', 'repeat', 'cycle'):
        continue
    for k in (0, 5, 14):
        c = hostile_class('S_' + t.__name__, (t,), [n for n in R0.sample(EVERY, k) if n != '__del__'])
        if c is not None:
            HOSTILE.append(c)
HOSTILE = [h for h in HOSTILE if h is not None]
TYPES = [t for t in TYPES if t.__name__ not in ('TimeOut', 'Pool', 'LifoQueue') and t.__module__ not in ('signal', 'site', 'threading')]
# These have no end, and loops in C over them none either, here as in CPython.
ENDLESS = ('count', 'repeat', 'cycle')
TYPES = [t for t in TYPES if t.__name__ not in ENDLESS]

# Exceptions and syntax nodes are many and alike: not too often.
FEW = [t for t in TYPES if issubclass(t, BaseException) or t.__module__ == '_ast']
MANY = [t for t in TYPES if t not in FEW]
FEW_HOSTILE = [h for h in HOSTILE if issubclass(h, BaseException) or '_ast' in str(getattr(h, '__mro__', ''))]
MANY_HOSTILE = [h for h in HOSTILE if h not in FEW_HOSTILE]
def any_type(rng):
    return rng.choice(FEW if rng.random() < .1 else MANY)
def any_hostile(rng):
    return rng.choice(FEW_HOSTILE if rng.random() < .1 else MANY_HOSTILE)

CALLABLES = []
for m in MODULES:
    for n, v in sorted(vars(m).items()):
        full = '%s.%s' % (m.__name__, n)
        if callable(v) and full not in SKIP and not (isinstance(v, type) and issubclass(v, SystemExit)):
            CALLABLES.append((full, v))
METHODS = {}
def methods_of(t):
    if t not in METHODS:
        names = []
        for n in dir(t):
            if n in SKIP_METHODS or n == 'mro':
                continue
            names.append(n)
        METHODS[t] = names
    return METHODS[t]

def gen(n=3):
    try:
        while n:
            n -= 1
            x = yield n
            mischief()
    finally:
        mischief()

def fresh():
    """A new object of any kind."""
    rng = P.rng
    how = rng.randrange(20)
    if how < 3:
        return simple('ilsufbtd')
    if how == 3:
        return rng.choice(([], [1, 2, 3], [pick(), pick(), pick()], [rng.random() for _ in range(30)], range(20)))
    if how == 4:
        return rng.choice(({}, {1: 2, 'a': pick()}, dict.fromkeys(range(10), pick()), {'x': 1, u'y': pick()}))
    if how == 5:
        return set(rng.sample(range(50), rng.randrange(8)))
    if how == 6:
        return (pick(), pick())
    if how == 7:
        return gen()
    if how == 8:
        return rng.choice((gen, mischief, gen().gi_frame, gen.func_code, lambda *a, **k: pick(), lambda a, b=1: mischief(), sys._getframe(), types.ModuleType('m'), slice(pick(), pick(), pick()), xrange(5),
                           bytearray('abc'), buffer('abc'), memoryview(bytearray('abcdef')), iter([1, 2]), iter({1: 2}), enumerate('ab'), reversed([1]), property(pick()), staticmethod(pick()), classmethod(pick()),
                           open(os.devnull), open('scratch', 'w+'), weakref.WeakKeyDictionary(), Ellipsis, NotImplemented, None))
    if how < 12:
        t = any_hostile(rng)
        return t.__new__(t) if rng.random() < .3 and isinstance(t, type) else t(*[simple('ilsufbtd?') for _ in range(rng.randrange(3))])
    if how == 12:
        t = any_type(rng)
        return t.__new__(t)
    if how == 13:
        return any_hostile(rng)
    if how == 14:
        return weakref.ref(pick(), lambda r: mischief())
    if how == 15:
        return any_type(rng)
    if how == 16:
        # an exception that was raised, with its traceback
        try:
            raise rng.choice((ValueError, UnicodeDecodeError, SyntaxError))(pick())
        except Exception:
            return sys.exc_info()[2]
    t = any_type(rng)
    return t(*[arg() for _ in range(rng.randrange(4))])

def arg():
    rng = P.rng
    how = rng.random()
    if how < .35:
        return simple('ilsufbtd')
    if how < .6 and P.objects:
        return pick()
    if how < .75:
        t = any_hostile(rng)
        try:
            return t.__new__(t)
        except Exception:
            return t
    return fresh()

def describe(o):
    try:
        return '%s@%x' % (type(o).__name__, id(o))
    except Exception:
        return '?'

# What a callable took without a TypeError: types of arguments, to be tried again with others of their kind.
TOOK = {}

def like(kind):
    """An object of that type, or one like it."""
    rng = P.rng
    for _ in range(30):
        o = pick()
        if type(o) is kind:
            return o
    for sample in (0, 0L, '', u'', 1.5, (), [], {}, True):
        if type(sample) is kind:
            return rng.choice((simple('ib'), simple('l')) if kind in (int, long, bool) else (sample, arg(), simple('s') if kind is str else arg()))
    try:
        if kind in HOSTILE or kind in TYPES:
            return kind()
    except Exception:
        pass
    return arg()

def call(name, f, args, kw={}):
    kinds = TOOK.setdefault(name, [])
    if kinds and P.rng.random() < .7:
        args = [like(k) for k in P.rng.choice(kinds)]
        if args and P.rng.random() < .5:
            args[P.rng.randrange(len(args))] = arg()
        kw = {}
    result = call_now(name, f, args, kw)
    key = tuple(map(type, args))
    if not kw and key not in kinds:
        if len(kinds) < 12:
            kinds.append(key)
        else:
            kinds[P.rng.randrange(12)] = key
    return result

def call_now(name, f, args, kw):
    note('%s(%s%s)' % (name, ', '.join(map(describe, args)), kw and ', **'))
    P.target = list(args)
    return f(*args, **kw)

def act(rng):
    how = rng.randrange(10)
    n = rng.choice((0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6))
    args = [arg() for _ in range(n)]
    kw = {}
    if how < 3:
        name, f = rng.choice(CALLABLES)
        if rng.random() < .1:
            kw = {rng.choice(('key', 'cmp', 'default', 'encoding', 'errors', 'name', 'fget', 'start', 'x', 'imag', 'buffering', 'object')): arg()}
        return call(name, f, args, kw)
    if how < 7:
        o = arg()
        t = type(o)
        names = methods_of(t if not isinstance(o, type) else o)
        name = rng.choice(names)
        note('. %s %s' % (describe(o), name))
        P.target = [o]
        f = getattr(o, name)
        if callable(f):
            if t is file and name in ('__init__', 'tofile', 'truncate', 'write', 'writelines'):
                return
            P.target = [o]
            args.append(o) if rng.random() < .1 else None
            if name in ('__mul__', '__rmul__', '__imul__'):
                args = [rng.choice((0, 1, 3, -1, 1 << 63, arg()))]
                if isinstance(args[0], (int, long)) and 100 < args[0] < 1 << 62:
                    return
            return call('%s.%s' % (t.__name__, name), f, args, kw)
        if rng.random() < .3:
            setattr(o, name, arg())
        elif rng.random() < .1:
            delattr(o, name)
        return f
    if how == 7:
        a, b = arg(), arg()
        op = rng.choice(('a + b', 'a - b', 'a / b', 'a % b', 'a & b', 'a == b', 'a < b', 'a in b', 'a[b]', 'a[b:3]', '-a', 'repr(a)', 'str(a)', 'hash(a)', 'list(a)', 'dict(a)', 'set(a)', 'tuple(a)', 'sorted(a)', 'max(a)',
                         'a[b] .__class__', 'iter(a).next()', 'cmp(a, b)', 'unicode(a)', '"%s %r" % (a, b)', 'a % (b,)', 'isinstance(a, b)', 'map(a, b)', 'zip(a, b)', 'a(b)', '"".join(a)', 'u",".join(a)', 'filter(a, b)',
                         'reduce(a, b)', 'sum(a)', 'any(a)', 'bytearray(a)', 'frozenset(a)', 'complex(a, b)', 'a.__dict__.update(b)', 'dir(a)', 'vars(a)', 'coerce(a, b)', 'enumerate(a).next()', 'a(*b)', 'a(**b)', 'sys.getsizeof(a)',
                         '{a: b}', '[x for x in a]', 'copy_reg._reduce_ex(a, 1)', 'a is b or a != b', 'list(reversed(a))', 'int(a)', 'float(a)', 'long(a)', 'round(a)', 'a.__class__(b)', 'type(a)(b)', 'getattr(a, b)', 'format(a, b)',
                         'issubclass(a, b)', 'cPickle.dumps(a, 2)', 'marshal.dumps(a)', 'copy.copy(a)', 'copy.deepcopy(a)', 'json.dumps(a)', 'super(type(a), a).__init__(b)', 'object.__reduce_ex__(a, 2)', 'print_to(a, b)', 'import_from(a)'))
        note('%s; a = %s, b = %s' % (op, describe(a), describe(b)))
        P.target = [a, b]
        return eval(op, G, {'a': a, 'b': b})
    if how == 8:
        a = arg()
        stmt = rng.choice(('a[b] = c', 'del a[b]', 'a[b:c] = d', 'del a[:]', 'a += b', 'a.x = b', 'del a.x', 'a.__class__ = type(b)', 'a.__dict__ = b', 'for x in a: break', 'raise a, b, c', 'raise a', 'with a as x: pass',
                           'x, y = a', 'print >>a, b', 'exec "x = 1" in a', 'exec "x" in {}, a', 'class K(a): pass', 'class K(a, b): __slots__ = c', 'a.__bases__ = (b,)', 'type("K", a, b)', 'a.__name__ = b', 'a.__doc__ = b', 'a[b] += c',
                           'a[b:c] += d', 'a -= b', 'assert a == b, c', 'try: raise a\nexcept b, c: pass', 'class K:\n __metaclass__ = a', 'a.func_code = b.func_code', 'a.func_defaults = b', 'a.__slots__', 'del a.__dict__', 'a.gi_frame.f_trace = b',
                           'def f(x=a): yield x\nf().throw(b, c)', 'a.message = b', 'a.args = b', 'type.__setattr__(a, "__eq__", b)', 'a.__del__ = b', 'class K(a):\n __slots__ = b\n x = c', 'type(a).mro(type(b))', 'x = [a] * 3; x.sort(cmp=b)',
                           'x = [a, b, c, d]; x.sort(key=a)', 'x = [a, b, c, d]; P.target = [x]; x.sort()', 'x = {a: 1, b: 2}; P.target = [x]; x[c]', 'x = set([a, b]); P.target = [x]; c in x; x - set([d])', 'x = [a, b, c]; P.target = [x]; x.remove(d)',
                           'x = [a, b]; P.target = [x]; x.index(c); x.count(d); x == [c, d]', 'import heapq; x = [a, b, c]; P.target = [x]; heapq.heapify(x); heapq.heappushpop(x, d)', 'import bisect; x = [a, b]; P.target=[x]; bisect.insort(x, c)',
                           'x = collections.deque([a, b, c]); P.target = [x]; x.remove(d); x.count(a); x == x', 'x = {a: b}; P.target=[x]; x == {c: d}; x.update({b: c}); x.setdefault(d, a)', 'x = dict.fromkeys([a,b]); P.target=[x]; repr(x); cmp(x, {c: d})',
                           'x = functools.partial(a, b); x(c, k=d); x.__setstate__((a, b, c, d))', 'x = itertools.groupby(a, b); list(x)', 'x = itertools.izip_longest(a, b, fillvalue=c); list(itertools.islice(x, 5))', 'x = [a,b]; P.target = [x]; x.extend(c); repr(x)',
                           'x = array.array("i", [1,2,3]); P.target = [x]; x[a:b] = x; x.insert(a, b); x.index(c)', 'x = bytearray("abcdef"); P.target=[x]; x[a:b] = c; x.extend(d); x.insert(a, b); x.join([c, d])', 'x = bytearray("abc"); P.target=[x]; x[a] = b; x.find(c); x % (a, b)',
                           'x = io.BytesIO("abc"); P.target=[x]; x.readinto(a); x.write(b); x.writelines(c)', 'x = io.BufferedReader(a); x.read(3); x.readinto(b); x.peek(1)', 'x = io.TextIOWrapper(a); x.read(3); x.seek(b); x.tell()', 'x = io.BufferedWriter(a); x.write(b); x.flush()', 'x = io.BufferedRWPair(a, b); x.read(1); x.write(c)',
                           'x = cPickle.Pickler(a); x.dump(b); x.persistent_id = c; x.dump(d)', 'x = cPickle.Unpickler(a); x.load()', 'x = cStringIO.StringIO(a); x.read(b)', 'x = _json.make_scanner(a); x(b, c)', 'x = _csv.reader(a, b); list(x)', 'x = _csv.writer(a); x.writerow(b)',
                           'x = struct.Struct(a); x.pack(b, c); x.unpack(d); x.pack_into(a, b, c)', 'x = datetime.timezone(a) if 0 else datetime.datetime(2000, 1, 1, tzinfo=a); x.utcoffset(); repr(x)', 'class TZ(datetime.tzinfo):\n utcoffset = dst = tzname = lambda *z: a\nx = datetime.datetime(2000,1,1,tzinfo=TZ()); x.utctimetuple(); x == x.replace(tzinfo=None); x.astimezone(TZ())',
                           'x = xrange(a, b, c); list(x)[:1]; reversed(x)', 'x = weakref.proxy(a); x + b; x.y; x[c]; del a', 'x = property(a, b, c); x.__get__(d, a)', 'x = super(a, b); x.c', 'x = types.MethodType(a, b, c); x(d); hash(x); x == x', 'x = sys.exc_info(); x = a.tb_frame.f_back',
                           'x = re.compile("(a|b)*"); x.sub(a, b); x.split(c); x.match(d)', 'x = re.compile(u"a"); x.scanner(a, b, c).match(); x.finditer(d).next()', 'x = warnings.warn(a, b, c)', 'x = collections.OrderedDict(a); x[b] = c; x.popitem()', 'x = collections.defaultdict(a, b); x[c]; repr(x); copy.copy(x)',
                           'x = operator.itemgetter(a, b); x(c)', 'x = operator.attrgetter(a); x(b)', 'x = operator.methodcaller(a, b); x(c)', 'x = memoryview(a); x[b] = c; x == d; x.tolist(); x[a:b]', 'x = buffer(a, b, c); x[d]; hash(x); x + x'))
        d = dict((k, arg()) for k in 'bcd')
        d['a'] = a
        note('%s; %s' % (stmt, ', '.join('%s = %s' % (k, describe(d[k])) for k in 'abcd')))
        P.target = [a, d['b']]
        exec stmt in G, d
        return d.get('x')
    return fresh()

def case(rng, n):
    P.rng = rng
    P.depth = 0
    if len(P.objects) < 40:
        for _ in range(60):
            try:
                P.objects.append(fresh())
            except TimeOut:
                raise
            except Exception:
                P.objects.append(None)
    for _ in range(rng.randrange(1, 6)):
        try:
            result = act(rng)
        except TimeOut:
            raise
        except:  # also instances of classic classes
            result = None
        P.target = []
        if result is not None and rng.random() < .4:
            P.objects[rng.randrange(len(P.objects))] = result
        result = None
    if n % 50 == 49:
        note('renew')
        P.objects[:] = P.objects[:20]
    if n % 200 == 199:
        note('collect')
        gc.collect()
        del gc.garbage[:]

import _csv, _json, array, cPickle, cStringIO, collections, copy, copy_reg, datetime, functools, io, itertools, json, marshal, operator, re, struct, warnings
G.update(globals())
def print_to(a, b): print >>a, b
def import_from(a):
    sys.modules['evil_module'] = a
    try:
        from evil_module import x, y
        from evil_module import *
    finally:
        del sys.modules['evil_module']
G['print_to'], G['import_from'] = print_to, import_from
warnings.simplefilter('ignore')
sys.stdout = open(os.devnull, 'w')
sys.stderr_kept = sys.stderr
class Quiet(object):
    def write(self, s): pass
sys.stderr = Quiet()
P.objects = [None] * 3
run(case)
